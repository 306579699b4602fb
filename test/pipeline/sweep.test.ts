import { expect, test } from 'vitest';
import { check } from '../../src/pipeline/check.js';
import { sweep } from '../../src/pipeline/sweep.js';
import { worldOf } from '../../src/pipeline/world.js';
import { folderOf } from '../suite/suite-folder.js';

/** Prose, names, code and markup, attacks, a body that no engine can read, and a request that nothing has to do with. */
const suite = `suite: Sweep
defaults: { path: /api/comments }
cases:
  - { id: prose, form: { comment: !each { from: wafproof:legitimate, take: 20, seed: 3 } } }
  - { id: as-json, json: { comment: !each { from: wafproof:legitimate, take: 10, seed: 4 } } }
  - { id: in-query, method: GET, query: { q: !each { from: wafproof:legitimate, take: 8, seed: 5 } } }
  - { id: attack, intent: attack, form: { comment: !each { from: wafproof:attacks, take: 20, seed: 6 } } }
  - { id: in-header, intent: attack, headers: { X-Note: !each { from: wafproof:attacks/sqli-generic, take: 8, seed: 7 } } }
  - { id: broken, headers: { Content-Type: application/json }, body: "{" }
  - { id: house, form: { q: house } }
  - { id: house-two, form: { q: two } }
  - { id: plain, method: GET }
`;

/** A rule of the user's that refuses by itself, and one that gives points of no level. */
const own = `SecRule ARGS:q "@streq house" "id:1001,phase:2,deny,status:403,log,msg:'House'"
SecRule ARGS:q "@streq two" "id:1002,phase:2,pass,log,msg:'Two',setvar:tx.anomaly_score=+7"
`;
/** A rule that does another thing at each level. */
const byLevel = `SecRule TX:paranoia_level "@ge 3" "id:1003,phase:2,deny,status:403,log,msg:'Level',chain"
  SecRule ARGS:q "@streq two" ""
`;

const parameters = new Map([
  ['paranoia', [1, 2, 3, 4]],
  ['threshold', [5, 12]],
]);

test.each([
  ['the rule set alone', {}],
  ['with rules of the user that refuse by themselves and give points', { 'own.conf': own }],
  ['with a rule that asks for the level', { 'own.conf': own, 'level.conf': byLevel }],
])('what is computed is what an evaluation of each setting says: %s', async (_, files) => {
  const cwd = await folderOf({ 's.yaml': suite, ...files });
  const world = worldOf({ cwd });
  const engine = { rulesBefore: Object.keys(files).map((name) => `${cwd}/${name}`) };
  const report = await sweep({ suites: ['s.yaml'], engine, parameters }, world);
  const [ruleSet] = report.ruleSets;
  expect(ruleSet?.settings).toHaveLength(8);
  for (const { values, falsePositives, detected, undecided } of ruleSet?.settings ?? []) {
    const { results } = await check({ suites: ['s.yaml'], engine: { ...engine, ...values } }, world);
    const count = (kind: string) => results.filter(({ verdict }) => verdict.kind === kind).length;
    expect({ values, falsePositives, detected }).toEqual({
      values,
      falsePositives: count('false-positive'),
      detected: count('attack-blocked'),
    });
    expect(undecided).toEqual({ legitimate: 0, attacks: 0 });
  }
  const cases = report.cases.legitimate + report.cases.attacks;
  const isByLevel = 'level.conf' in files;
  if (isByLevel) expect(ruleSet?.evaluated).toBe(4 * cases);
  else expect(ruleSet?.evaluated).toBeLessThan(cases + 8);
});

test('what is not swept is as the options say, or the settings of the rule set', async () => {
  const cwd = await folderOf({ 's.yaml': 'suite: S\ncases: [{ id: a, form: { q: x } }]\n' });
  const swept = async (name: string, values: readonly number[], engine = {}) => {
    const { ruleSets } = await sweep(
      { suites: ['s.yaml'], engine, parameters: new Map([[name, values]]) },
      worldOf({ cwd }),
    );
    return ruleSets[0]?.settings.map((one) => one.values);
  };
  expect(await swept('paranoia', [2])).toEqual([{ paranoia: 2, threshold: 5 }]);
  expect(await swept('threshold', [9, 3])).toEqual([
    { paranoia: 1, threshold: 9 },
    { paranoia: 1, threshold: 3 },
  ]);
  expect(await swept('threshold', [9], { paranoia: 3 })).toEqual([{ paranoia: 3, threshold: 9 }]);
});
