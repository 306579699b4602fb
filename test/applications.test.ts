import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { examples } from './apps/run-example.js';
import { falsePositives } from './apps/stated-verdicts.js';
import { reportIn, start } from './e2e/command.js';
import { folderOf } from './suite/suite-folder.js';

describe('the suites of applications', () => {
  test('are those for which it is said what a WAF refuses', async () => {
    expect((await readdir(examples)).sort()).toEqual(Object.keys(falsePositives).sort());
  });

  test.each(Object.entries(falsePositives))('of %s are many, and checked by one command', async (name, refused) => {
    const cwd = await folderOf({});
    const words = ['check', `wafproof:applications/${name}`, '-r', 'json', '-o', 'out'];
    const { code, stderr } = await start(words, { cwd }).ended;
    expect(code, stderr).toBe(1);
    const { results, target } = await reportIn(`${cwd}/out`);
    expect(results.length).toBeGreaterThanOrEqual(25);
    const ofKind = (kind: string) => results.filter(({ verdict }) => verdict.kind === kind).map(({ id }) => id);
    const positives = ofKind('false-positive');
    expect(positives.length + ofKind('let-through').length).toBe(results.length);
    // Other versions may refuse others.
    if (target.waf?.ruleset === 'OWASP_CRS/3.3.4') expect(positives).toEqual(refused.map((id) => `${name}/${id}`));
    const rules = new Set(results.flatMap(({ hits }) => hits.map(({ ruleId }) => ruleId)));
    expect(rules.size, [...rules].join(' ')).toBeGreaterThanOrEqual(10);
  });

  test('that ship are named so in a config too, and one that does not is told of with what may be meant', async () => {
    const cwd = await folderOf({ 'wafproof.config.yaml': 'suites: [wafproof:webhooks]\n' });
    const { stdout } = await start(['list'], { cwd }).ended;
    expect(stdout).toMatch(/^webhooks\//);
    const wrong = await start(['check', 'wafproof:applications/wordpres'], { cwd }).ended;
    expect(wrong.stderr).toBe(
      'SUITE_NOT_FOUND no suite that ships is called "wafproof:applications/wordpres"; did you mean "wafproof:applications/wordpress"?\n',
    );
    const outside = await start(['check', 'wafproof:../package'], { cwd }).ended;
    expect(outside.stderr).toMatch(/^SUITE_NOT_FOUND /);
  });
});
