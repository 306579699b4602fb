import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { opensMore, untouchable } from '../../../src/waf/modsecurity/rule-ids.js';
import { crsFolder } from '../../../src/waf/modsecurity/rule-plan.js';

/** Rules of the installed Core Rule Set as they are written, each on one line, by id. */
function installedRules(): ReadonlyMap<number, string> {
  const folder = join(crsFolder({}), 'rules');
  const files = readdirSync(folder).filter((name) => name.endsWith('.conf'));
  const text = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const lines = text
    .replace(/^\s*#.*$/gm, '')
    .replaceAll(/\\\r?\n\s*/g, ' ')
    .split('\n');
  return new Map(
    lines.flatMap((line) => (/["\s]id:(\d+)/.exec(line) ? [[Number(/["\s]id:(\d+)/.exec(line)?.[1]), line]] : [])),
  );
}

describe('rules that no exclusion may touch', () => {
  const rules = [...installedRules()];

  test('are all that initialise, decide, report or skip others by the paranoia level', () => {
    const scoring = rules.filter(([, line]) =>
      /"@lt [1-4]".*skipAfter|TX:(?:ANOMALY_SCORE|OUTBOUND_ANOMALY_SCORE) "@ge/i.test(line),
    );
    expect(scoring.length).toBeGreaterThan(100);
    expect(scoring.filter(([id]) => untouchable(id, false) === undefined)).toEqual([]);
  });

  test('are all that write nothing to the log: what they do is done for other rules', () => {
    const silent = rules.filter(([, line]) => /[",\s]nolog\b/.test(line));
    expect(silent.length).toBeGreaterThan(200);
    expect(silent.filter(([id]) => untouchable(id, false) === undefined)).toEqual([]);
  });

  test('are none that find attacks', () => {
    const finding = rules.filter(
      ([id, line]) => /[",\s]tag:'attack-/.test(line) && /anomaly_score_pl/.test(line) && id < 949_000,
    );
    expect(finding.length).toBeGreaterThan(150);
    expect(finding.filter(([id]) => untouchable(id, true) !== undefined)).toEqual([]);
  });

  test.each([
    [949_110, true],
    [900_990, false],
    [901_100, false],
    [905_100, true],
    [942_013, true],
    [980_130, true],
    [9_900_011, true],
    [200_000, false],
  ])('%d is one', (id, whole) => {
    expect(untouchable(id, whole)).toBeDefined();
  });

  test('are those that have a name instead of a number', () => {
    expect(untouchable('AWS#Core#GenericLFI_BODY', false)).toBe('the rule has no number');
    expect(untouchable('AWS#Core#GenericLFI_BODY', true)).toBe('the rule has no number');
  });

  test('of a parser rule one variable may be excluded, and not the rule', () => {
    expect(untouchable(200_002, true)).toBeDefined();
    expect(untouchable(200_002, false)).toBeUndefined();
  });

  test('what a parser rule loses opens the whole body', () => {
    expect(opensMore(200_003)).toContain('no rule looks at their fields');
    expect(opensMore(942_100)).toBeUndefined();
  });
});
