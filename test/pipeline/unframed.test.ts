import { expect, test } from 'vitest';
import { check } from '../../src/pipeline/check.js';
import { run } from '../../src/pipeline/run.js';
import { leaveOut, type ServerName, testLab } from '../waf/modsecurity/lab/server-fixture.js';
import { caseFile } from './doctor-suites.js';
import { emptyLog, targetAt, world } from './doctor-target.js';

const bodies = [
  ['no body', {}],
  ['a form', { form: { text: 'hello' } }],
] as const;

test.each<ServerName>(['apache', 'nginx'])(
  'a POST without Content-Length is the same to check and to %s',
  async (server) => {
    if (leaveOut(server)) return;
    const log = await emptyLog();
    const { url } = await testLab(server, { auditLog: log });
    const target = targetAt(url, log, { timeoutMs: 20_000, logWaitMs: 10_000 });
    for (const [, body] of bodies) {
      const headers = { 'User-Agent': 'Mozilla/5.0', Accept: '*/*', 'Content-Length': null };
      const suites = [caseFile({ path: '/notes', headers, ...body })];
      const checked = told((await check({ suites }, world)).results[0]);
      expect(checked).toEqual(told((await run({ suites, target }, world)).results[0]));
      expect(checked?.verdict).toBe('let-through');
      expect(checked?.rules.includes(920180)).toBe(!('form' in body));
    }
  },
);

function told(result: Awaited<ReturnType<typeof run>>['results'][number] | undefined) {
  if (result === undefined) return undefined;
  const rules = result.hits.map(({ ruleId }) => ruleId);
  // Only requests to check have the name localhost.
  return { verdict: result.verdict.kind, rules: rules.filter((id) => id !== 920350).sort() };
}
