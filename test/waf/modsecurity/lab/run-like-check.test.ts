import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatVariable, type RuleHit } from '../../../../src/model/evidence.js';
import type { CaseResult, RunReport } from '../../../../src/model/report.js';
import { check } from '../../../../src/pipeline/check.js';
import { run } from '../../../../src/pipeline/run.js';
import type { World } from '../../../../src/pipeline/world.js';
import { packageRoot } from '../../../../src/util/package-root.js';
import { leaveOut, ruleFile, testFolder, testLab } from './server-fixture.js';

const suites = ['comments', 'search', 'rest-api', 'uploads', 'cookies-and-headers', 'xml-and-soap'].map((name) =>
  join(packageRoot, 'suites', `${name}.yaml`),
);
const select = { tags: [] };

const world: World = {
  cwd: packageRoot,
  env: {},
  signal: new AbortController().signal,
  progress: { stage() {}, start() {}, done() {}, warn() {}, end() {} },
};

describe.skipIf(leaveOut('nginx'))('run against ModSecurity 3 on nginx', () => {
  test('gives what check gives for the same rules: verdicts, scores and hits', async () => {
    const after = await ruleFile('SecRuleUpdateTargetById 942100 "!ARGS:comment"\n');
    const engine = { rulesBefore: [], rulesAfter: [after], paranoia: 2 };
    const auditLog = join(testFolder(), 'audit.log');
    const lab = await testLab('nginx', { auditLog, engine });
    const served = await run(
      { suites, select, target: { ...target, url: lab.url, waf: { kind: 'modsecurity', log: auditLog } } },
      world,
    );
    const checked = await check({ suites, select, engine, timeoutMs: 30_000 }, world);
    expect(served.target.waf).toMatchObject(lab.waf);
    expect(served.target.waf).toEqual(checked.target.waf);
    expect(byId(served)).toEqual(byId(checked));
    expect(served.summary.verdicts['false-positive']).toBeGreaterThan(3);
    expect(served.summary.verdicts['let-through']).toBeGreaterThan(3);
  });
});

const target = {
  name: 'lab',
  host: 'localhost',
  connections: 8,
  timeoutMs: 30_000,
  logWaitMs: 5000,
  attacks: true,
  insecure: false,
};

function byId({ results }: RunReport): Readonly<Record<string, unknown>> {
  return Object.fromEntries(results.map((result) => [result.id, essence(result)]));
}

/** What does not depend on who asked: the rest is ids and times. */
/** What passes has the status of the application, and none in `check`, where nobody answers. */
function essence({ verdict, score, hits, status }: CaseResult) {
  return {
    verdict,
    score,
    status: status === 200 ? undefined : status,
    hits: [...new Set(hits.map(essenceOfHit))].sort(),
  };
}

function essenceOfHit({ ruleId, variable }: RuleHit): string {
  return `${ruleId} ${formatVariable(variable)}`;
}
