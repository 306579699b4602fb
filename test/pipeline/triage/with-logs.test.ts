import { appendFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Pair, RequestSpec } from '../../../src/model/request.js';
import { triageTarget } from '../../../src/pipeline/triage/triage-target.js';
import { worldOf } from '../../../src/pipeline/world.js';
import { leaveOut } from '../../waf/modsecurity/lab/server-fixture.js';
import { type RealServer, realServer } from '../real-server.js';

const headers: readonly Pair[] = [
  ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64)'],
  ['Accept', '*/*'],
  ['Content-Type', 'application/x-www-form-urlencoded'],
];

function post(path: string, text: string): RequestSpec {
  const body = { kind: 'raw', content: { text } } as const;
  return { method: 'POST', path, query: [], headers, cookies: [], body, omittedHeaders: [] };
}

function ask(server: RealServer, request: RequestSpec, logs = [server.log]) {
  const question = {
    request,
    destination: { url: server.url, host: 'app.example.com' },
    timeoutMs: 20_000,
    rate: 1000,
    credentials: [],
    logs,
    permit: async () => true,
  };
  return triageTarget(question, worldOf({ cwd: '/' }));
}

const injection = 'q=1%27+UNION+SELECT+password+FROM+users--+-';
const probes = ({ evidence }: Awaited<ReturnType<typeof ask>>) => evidence.filter(({ from }) => from === 'experiment');

describe.each(['apache', 'nginx'] as const)('%s, with the log of its WAF', (name) => {
  test.skipIf(leaveOut(name))('proves a block by the id of the request, and sends nothing more', async () => {
    const server = await realServer(name, {});
    const triage = await ask(server, post('/save', injection));
    expect(triage).toMatchObject({ layer: 'waf', cause: 'waf-rule', system: 'modsecurity', confidence: 'proved' });
    expect(probes(triage)).toEqual([]);
  });

  test.skipIf(leaveOut(name))('takes no entry of another request for its own', async () => {
    const server = await realServer(name, {});
    await ask(server, post('/save', injection));
    const triage = await ask(server, post('/save', 'q=hello'));
    expect(triage).toMatchObject({ cause: 'not-refused' });
  });

  test.skipIf(leaveOut(name))('says so where the log has nothing of it', async () => {
    const server = await realServer(name, {});
    const other = await realServer(name, {});
    const { evidence, confidence } = await ask(server, post('/save', injection), [other.log]);
    expect(confidence).not.toBe('proved');
    expect(evidence).toContainEqual(
      expect.objectContaining({ from: 'log', says: expect.stringContaining('no entry of this request') }),
    );
  });
});

test.skipIf(leaveOut('apache'))('a WAF that let it pass is cleared, whatever the request holds', async () => {
  const server = await realServer('apache', { server: '<Location /closed>\n Require all denied\n</Location>' });
  const triage = await ask(server, post('/closed', 'q=hello'));
  expect(triage.ruledOut).toContain('ModSecurity has this request and let it pass');
  expect(triage.layer).not.toBe('waf');
  expect(triage.alternatives.map(({ layer }) => layer)).not.toContain('waf');
});

test.skipIf(leaveOut('nginx'))('what came into the log before is of other requests', async () => {
  const server = await realServer('nginx', {});
  appendFileSync(server.log, 'not of this time\n');
  expect(await ask(server, post('/save', 'q=hello'))).toMatchObject({ cause: 'not-refused' });
});

test.skipIf(leaveOut('nginx'))('a log that is not there is named', async () => {
  const server = await realServer('nginx', {});
  await expect(ask(server, post('/', 'a=1'), ['/nowhere/audit.log'])).rejects.toMatchObject({
    code: 'TRIAGE_UNREADABLE',
  });
});
