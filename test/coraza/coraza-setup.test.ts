import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { setupParts } from '../../src/waf/modsecurity/setup-advice.js';
import { diagnose, statuses, targetAt } from '../pipeline/doctor-target.js';
import { runAgainst } from '../pipeline/run-against.js';
import { logWith, send, testFolder } from '../waf/modsecurity/lab/server-fixture.js';
import { buildTimeoutMs, builtCaddy, leaveOutCoraza } from './caddy-build.js';
import { type CorazaServer, startCoraza } from './coraza-server.js';
import { cases, longCases, suiteOf } from './coraza-suite.js';

const attack = '/?wafproof=%3Cscript%3Ealert(1)%3C%2Fscript%3E';

describe.skipIf(leaveOutCoraza())('what is advised for Coraza', () => {
  let program = '';

  beforeAll(async () => {
    program = await builtCaddy();
  }, buildTimeoutMs);

  const advised = async (): Promise<CorazaServer> => {
    const folder = testFolder();
    const server = await startCoraza(program, { directives: (auditLog) => advisedDirectives(folder, auditLog) });
    onTestFinished(() => server.close());
    return server;
  };

  test('makes a target ready', async () => {
    const { url, auditLog } = await advised();
    const diagnosis = await diagnose(targetAt(url, auditLog));
    const { body, ...others } = statuses(diagnosis);
    expect(body).toBe('skipped');
    expect(new Set(Object.values(others))).toEqual(new Set(['ok']));
  });

  test.each(['auditLog', 'errorLog'] as const)('makes every case of a run joinable: %s', async (log) => {
    const server = await advised();
    const suite = suiteOf([...cases, ...longCases]);
    const { results } = await runAgainst({ url: server.url, log: server[log] }, suite);
    expect(results).toHaveLength(cases.length + longCases.length);
    expect(results.filter(({ verdict }) => verdict.kind === 'inconclusive')).toEqual([]);
    expect(results.filter(({ hits }) => hits.length > 0)).toHaveLength(cases.length + longCases.length - 2);
  });

  test('logs every request of ours, no harmless one of others, and nothing of ours with an attack of others', async () => {
    const { url, auditLog } = await advised();
    for (let number = 0; number < 5; number++) {
      expect((await fetch(`${url}/of-others/${number}`)).status).toBe(200);
      expect((await send({ url }, { path: `/ours/${number}` }, `w7-test-${number}-x`)).status).toBe(200);
    }
    expect((await fetch(`${url}${attack}&of=others`)).status).toBe(403);
    expect((await send({ url }, { path: attack }, 'w7-test-9-x')).status).toBe(403);
    const entries = (await logWith(auditLog, 'w7-test-9-x')).trimEnd().split('\n');
    expect(entries).toHaveLength(7);
    const [others = ''] = entries.filter((entry) => entry.includes('of=others'));
    expect(others).toContain('941100');
    expect(others).not.toContain('wafproof ');
    expect(entries.at(-1)).toContain('wafproof score=20 threshold=5');
    expect(readFileSync(auditLog, 'utf8')).not.toContain('/of-others/');
  });
});

/** Exactly what is advised; only the paths are others, and the engine refuses. */
function advisedDirectives(folder: string, auditLog: string): string {
  const parts = new Map(setupParts('coraza').map(({ kind, text }) => [kind, text]));
  const files = {
    before: join(folder, 'wafproof-setup-before.conf'),
    after: join(folder, 'wafproof-setup-after.conf'),
  };
  writeFileSync(
    files.before,
    (parts.get('rules before') ?? '').replace(/^SecAuditLog .*$/m, `SecAuditLog ${auditLog}`),
  );
  appendFileSync(files.after, parts.get('rules after') ?? '');
  const directives = parts.get('server') ?? '';
  return `${directives.replaceAll(/\/etc\/caddy(?=\/wafproof-)/g, folder)}\nSecRuleEngine On\n`;
}
