import { describe, expect, test } from 'vitest';
import { ruleSets } from '../../../src/waf/modsecurity/rule-sets.js';
import { ruleFolder } from './engine-fixture.js';

const rule = (id: number, ver: string) => `SecRule ARGS "@rx x" "id:${id},phase:2,pass,msg:'Own',ver:'${ver}'"\n`;

describe('the rules that a log speaks of', () => {
  const catalog = ruleSets({ crs: ruleFolder(rule(1000, 'shop/1.0')) });

  test('are those that the options name, where the log names none or the same', () => {
    for (const named of [undefined, 'shop/1.0']) expect(catalog(named).get(1000)?.message).toBe('Own');
  });

  test('are those of the installed rule set, where the log names that', () => {
    const installed = [...ruleSets({})(undefined).values()].find(({ ruleset }) => ruleset !== undefined)?.ruleset;
    const found = catalog(installed);
    expect(found.has(1000)).toBe(false);
    expect([...found.values()].some(({ ruleset }) => ruleset === installed)).toBe(true);
  });

  test('are those that the options name, where nothing is of the version in the log', () => {
    expect(catalog('OWASP_CRS/9.9.9').has(1000)).toBe(true);
  });
});
