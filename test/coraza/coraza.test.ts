import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { formatVariable, type RuleHit } from '../../src/model/evidence.js';
import type { CaseResult, RunReport } from '../../src/model/report.js';
import type { LogPlace } from '../../src/model/target-options.js';
import { createLogReader } from '../../src/waf/modsecurity/logs/log-reader.js';
import { resultOf, runAgainst } from '../pipeline/run-against.js';
import { buildTimeoutMs, builtCaddy, leaveOutCoraza } from './caddy-build.js';
import { type CorazaServer, type CorazaWish, startCoraza } from './coraza-server.js';
import { cases, hostileCases, longCases, type SuiteCase, suiteOf } from './coraza-suite.js';

/**
 * A real Coraza, and what it does in another way than libmodsecurity 3:
 * - The line of a rule names no variable. Its data does, where a rule has the usual `logdata` of the Core Rule Set; 920350
 *   and its like have another, and their variable stays unknown.
 * - Several variables of one rule are one line, with `[data_match_1 "…"]` and so on, in no particular order.
 * - Items of a JSON array are `json.tags.1`, not `json.tags.array_1`.
 * - Data is cut at 280 bytes without a mark; only audit log part K has it whole.
 * - Header names are in lower case, and `response` is there only with part F.
 * - `%{tx.paranoia_level}` that does not exist expands to its own name.
 */
describe.skipIf(leaveOutCoraza())('run against Coraza in Caddy', () => {
  let program = '';

  beforeAll(async () => {
    program = await builtCaddy();
  }, buildTimeoutMs);

  /** A server that ends with the test. */
  const coraza = async (wish?: CorazaWish): Promise<CorazaServer> => {
    const server = await startCoraza(program, wish);
    onTestFinished(() => server.close());
    return server;
  };

  test.each<CorazaWish>([
    {},
    { auditParts: 'ABCFIHKZ' },
    { auditParts: 'ABKZ' },
    { auditFormat: 'Native' },
    { auditFormat: 'Native', auditParts: 'ABCFIHKZ' },
  ])('verdicts, scores, rules and variables: %j', async (wish) => {
    const report = await runAll(await coraza(wish), cases);
    expect(report.results.map(outcomeOf)).toEqual(cases.map(({ outcome }) => outcome));
  });

  test.each(['JSON', 'Native'] as const)(
    'concurrent entries, by their index and by their folder: %s',
    async (format) => {
      const server = await coraza({ auditType: 'Concurrent', auditFormat: format });
      const expected = cases.map(({ outcome }) => outcome);
      expect((await runAll(server, cases)).results.map(outcomeOf)).toEqual(expected);
      expect((await runAll(server, cases, server.auditFolder)).results.map(outcomeOf)).toEqual(expected);
    },
  );

  test('the WAF tells what it is', async () => {
    const { target } = await runAll(await coraza(), cases);
    expect(target.waf).toEqual({
      kind: 'modsecurity',
      name: 'ModSecurity',
      version: 'Coraza',
      ruleset: 'OWASP_CRS/4.25.0',
      paranoia: 1,
      threshold: 5,
      mode: 'block',
      facts: [
        { label: 'Paranoia level', value: '1' },
        { label: 'Threshold', value: '5' },
      ],
    });
  });

  test.each<CorazaWish>([{}, { auditParts: 'ABFHZ' }, { auditFormat: 'Native' }])(
    'an engine that only detects: %j',
    async (wish) => {
      const report = await runAll(await coraza({ ...wish, engine: 'DetectionOnly' }), cases);
      expect(report.results.map(({ status }) => status)).toEqual(cases.map(() => 200));
      const wouldBe = cases.map(({ outcome }) =>
        outcome.replace(/^(false-positive|attack-blocked) \d+/, '$1 (detected) 200'),
      );
      expect(report.results.map(outcomeOf)).toEqual(wouldBe);
    },
  );

  test('rules that refuse by themselves', async () => {
    const rulesBefore = `
SecRule ARGS:house "@streq status" "id:10001,phase:2,deny,status:406,log,msg:'House rule'"
SecRule ARGS:house "@streq silent" "id:10002,phase:2,deny,status:403,nolog"
SecRule ARGS:house "@streq redirect" "id:10003,phase:2,redirect:'http://staging.test/no',log,msg:'House rule'"
`;
    const house = ['status', 'silent', 'redirect'].map((id) => ({ id, form: { house: id } }));
    const report = await runAll(await coraza({ rulesBefore }), house);
    expect(report.results.map(outcomeOf)).toEqual([
      'false-positive 406 without score: 10001 UNKNOWN',
      'false-positive 403 without score:',
      // The HTTP middleware of Coraza answers a redirection with 200, which nothing tells from the application's.
      'near-miss 200 without score: 10003 UNKNOWN',
    ]);
    expect(report.results.map(({ contradiction }) => contradiction !== undefined)).toEqual([false, false, true]);
  });

  test('data that Coraza cuts is told as cut, and is whole with part K', async () => {
    const cut = await runAll(await coraza(), longCases);
    expect(variablesOf(resultOf(cut, 's/value'), 942100)).toEqual(['ARGS:comment']);
    expect(matchOf(resultOf(cut, 's/value'), 942100)).toMatchObject({ matchedTruncated: true });
    expect(variablesOf(resultOf(cut, 's/value'), 942270)).toEqual(['UNKNOWN']);
    expect(variablesOf(resultOf(cut, 's/name'), 942270)).toEqual(['UNKNOWN']);

    const whole = await runAll(await coraza({ auditParts: 'ABHKZ' }), longCases);
    expect(matchOf(resultOf(whole, 's/value'), 942100)?.matched).toBe(longCases[0]?.form?.['comment']);
    expect(matchOf(resultOf(whole, 's/value'), 942100)).not.toHaveProperty('matchedTruncated');
    expect(variablesOf(resultOf(whole, 's/value'), 942270)).toEqual(['ARGS:comment']);
    expect(variablesOf(resultOf(whole, 's/name'), 942270)).toEqual([`ARGS:${'n'.repeat(300)}`]);
  });

  describe.each<CorazaWish>([
    { auditParts: 'ABCFIHKZ' },
    { auditParts: 'ABCFIHKZ', auditFormat: 'Native', errorFormat: 'console' },
  ])('what a payload writes is no record and no hit: %j', (wish) => {
    test.each(['auditLog', 'errorLog'] as const)('%s', async (log) => {
      const server = await coraza({ severity: 'INFO', ...wish });
      const report = await runAll(server, hostileCases, server[log]);
      const ids = report.results.flatMap(({ hits }) => hits.map(({ ruleId }) => Number(ruleId)));
      expect(ids.filter((id) => id < 200_000 || (id >= 666_000 && id < 667_000))).toEqual([]);
      expect(report.results.map(({ hits }) => hits.length > 0)).toEqual(hostileCases.map(() => true));
      expect(await strangers(server[log], report)).toEqual([]);
    });
  });

  /**
   * coraza-caddy writes no line for a rule without a severity: neither for Wafproof's rules nor for 949110, which refuses.
   * So Caddy's log alone can tell which rules matched, if Wafproof's are given a severity, and not that they refused.
   */
  describe("Caddy's own log", () => {
    test('beside the audit log changes nothing', async () => {
      const server = await coraza();
      const report = await runAll(server, cases, [server.auditLog, server.errorLog]);
      expect(report.results.map(outcomeOf)).toEqual(cases.map(({ outcome }) => outcome));
    });

    test('alone has nothing by which a line could be joined', async () => {
      const server = await coraza();
      await expect(runAll(server, cases, server.errorLog)).rejects.toMatchObject({ code: 'EVIDENCE_NONE' });
    });

    test.each(['json', 'console'] as const)(
      'alone tells rules and scores where the markers have a severity: %s',
      async (errorFormat) => {
        const server = await coraza({ severity: 'INFO', errorFormat });
        const { results, target } = await runAll(server, cases, server.errorLog);
        expect(target.waf).toMatchObject({ ruleset: 'OWASP_CRS/4.25.0', paranoia: 1, threshold: 5 });
        expect(results.map(matchesOf)).toEqual(cases.map(({ outcome }) => outcome.replace(/^\S+ /, '')));
      },
    );
  });
});

/** All cases that were sent, joined with what these logs say; by default the audit log. */
function runAll(
  server: CorazaServer,
  of: readonly SuiteCase[],
  log: LogPlace | readonly LogPlace[] = server.auditLog,
): Promise<RunReport> {
  return runAgainst({ url: server.url, log: server.auditLog }, suiteOf(of), {
    target: { waf: { kind: 'modsecurity', log }, logWaitMs: 3000 },
  });
}

function outcomeOf(result: CaseResult): string {
  const { verdict } = result;
  const kind = 'nearMiss' in verdict && verdict.nearMiss ? 'near-miss' : verdict.kind;
  return `${kind}${'detectedOnly' in verdict && verdict.detectedOnly ? ' (detected)' : ''} ${matchesOf(result)}`;
}

function matchesOf({ status, score, hits }: CaseResult): string {
  const of = score === undefined ? 'without score' : `${score.inbound}/${score.threshold}`;
  const named = hits.map(({ ruleId, variable }) => `${ruleId} ${formatVariable(variable)}`);
  return `${status} ${of}: ${named.sort().join(', ')}`.trimEnd();
}

function variablesOf({ hits }: CaseResult, rule: number): readonly string[] {
  return hits.filter(({ ruleId }) => ruleId === rule).map(({ variable }) => formatVariable(variable));
}

function matchOf({ hits }: CaseResult, rule: number): RuleHit | undefined {
  return hits.find(({ ruleId }) => ruleId === rule);
}

/** Correlation ids in a log, read as a whole, that nothing was sent with. */
async function strangers(log: string, { results }: RunReport): Promise<readonly string[]> {
  const reader = createLogReader();
  const items = [...reader.push(await readFile(log)), ...reader.end()];
  const sent = new Set(results.map(({ correlationId }) => correlationId));
  const ids = items.flatMap((item) => ('correlationId' in item ? (item.correlationId ?? []) : []));
  return ids.filter((id) => !sent.has(id) && !id.endsWith('-info'));
}
