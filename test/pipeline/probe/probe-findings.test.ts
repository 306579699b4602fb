import { expect, test } from 'vitest';
import type { RunReport } from '../../../src/model/report.js';
import { probeFindings } from '../../../src/pipeline/probe/probe-findings.js';
import { watchedWorld } from '../cases.js';
import { runAgainst } from '../run-against.js';
import { type Behave, type Received, serveWaf } from '../waf-server.js';

const suite = `suite: S
cases:
  - { id: note, path: /api/notes, form: { title: a plain title, q: "we talk of union all select now and then" } }
`;

const refuses = ({ body }: Received) => /union.*select/.test(body);
const stand: Behave = (one) => ({ waf: refuses(one) ? 'blocked' : 'passed' });

/** A stand-in that refuses by a rule of its own, and what it was sent after the run. */
async function probed(behave: Behave, options: { readonly here?: boolean; readonly probes?: number } = {}) {
  let isRun = true;
  const server = await serveWaf((one, earlier) => (isRun ? stand(one, earlier) : behave(one, earlier)));
  const report = await runAgainst(server, suite);
  isRun = false;
  const before = server.received.length;
  const world = watchedWorld();
  const waf = { kind: 'modsecurity', log: server.log };
  const place = { name: 't', url: server.url, waf, connections: 1, rate: 200, timeoutMs: 9000, logWaitMs: 2000 };
  const target = { ...place, attacks: false, insecure: false };
  const after: RunReport = await probeFindings(
    report,
    { target, ...options },
    { cwd: server.folder, env: {}, signal: world.signal, progress: world.progress },
  );
  return { after, sent: server.received.slice(before) };
}

test('the trigger is found by the answers alone, aside from the path of the request', async () => {
  const { after, sent } = await probed(stand);
  expect(after.findings[0]?.minimal?.value.trim().split(/\s+/)).toEqual(['union', 'select']);
  expect(after.results[0]?.minimal?.value).toBe(after.findings[0]?.minimal?.value);
  expect(after.findings[0]?.field).toEqual({ kind: 'form', name: 'q' });
  expect(sent.length).toBeLessThanOrEqual(40);
  expect(after.findings[0]?.minimal?.probes).toBe(sent.length);
  expect(sent.every(({ url }) => url.startsWith('/api/wafproof-probe-'))).toBe(true);
});

test('probes are never more than is allowed', async () => {
  const { sent } = await probed(stand, { probes: 12 });
  expect(sent.length).toBeLessThanOrEqual(12);
});

test('the path of the request is left alone where nobody allows it', async () => {
  const pathRule: Behave = (one) => ({ waf: one.url === '/api/notes' && refuses(one) ? 'blocked' : 'passed' });
  const refused = await probed(pathRule);
  expect(refused.sent.filter(({ url }) => url === '/api/notes')).toEqual([]);
  expect(refused.after.findings[0]?.minimal).toBeUndefined();
  const allowed = await probed(pathRule, { here: true });
  expect(allowed.after.findings[0]?.minimal?.value.trim().split(/\s+/)).toEqual(['union', 'select']);
});

test('the first answer that counts requests ends all probing', async () => {
  let count = 0;
  const { sent } = await probed((one) =>
    ++count > 5 ? { status: 429 } : { waf: refuses(one) ? 'blocked' : 'passed' },
  );
  expect(sent).toHaveLength(6);
});

test('answers that contradict one another give no trigger', async () => {
  const seen = new Set<string>();
  const { after } = await probed((one) => {
    const isNew = !seen.has(one.body);
    seen.add(one.body);
    return { waf: isNew && refuses(one) ? 'blocked' : 'passed' };
  });
  expect(after.findings[0]?.minimal).toBeUndefined();
});
