import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { untouchable } from '../../../src/waf/modsecurity/rule-ids.js';
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
    expect(scoring.filter(([id]) => untouchable(id) === undefined)).toEqual([]);
  });

  test('are all that write nothing to the log: what they do is done for other rules', () => {
    const silent = rules.filter(([, line]) => /[",\s]nolog\b/.test(line));
    expect(silent.length).toBeGreaterThan(200);
    expect(silent.filter(([id]) => untouchable(id) === undefined)).toEqual([]);
  });

  test('are none that find attacks', () => {
    const finding = rules.filter(
      ([id, line]) => /[",\s]tag:'attack-/.test(line) && /anomaly_score_pl/.test(line) && id < 949_000,
    );
    expect(finding.length).toBeGreaterThan(150);
    expect(finding.filter(([id]) => untouchable(id) !== undefined)).toEqual([]);
  });

  test.each([949_110, 900_990, 901_100, 905_100, 942_013, 980_130, 9_900_011, 200_000])('%d is one', (id) => {
    expect(untouchable(id)).toBeDefined();
  });

  test('are those that have a name instead of a number', () => {
    expect(untouchable('AWS#Core#GenericLFI_BODY')).toBe('the rule has no number');
  });

  test('are those that refuse bodies, as a whole and in part', () => {
    expect(untouchable(200_002)).toContain('no rule looks at what is in them');
    expect(untouchable(200_007)).toContain('refuses bodies');
    expect(untouchable(200_005)).toContain('could not be finished');
    expect(untouchable(200_001)).toBe('rule 200001 decides how the body is parsed');
  });
});
