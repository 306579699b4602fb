import { describe, expect, test } from 'vitest';
import { CandidateIndex } from '../../src/triage/candidates.js';
import { causeTexts } from '../../src/triage/cause-texts.js';
import type { Sign } from '../../src/triage/sign.js';
import { systems } from '../../src/triage/systems.js';
import { captureLabels } from './capture-labels.js';

const patterns = systems.flatMap((system) => system.refusals.map((refusal) => ({ system, refusal })));
const nameOf = ({ system, refusal }: (typeof patterns)[number]) => `${system.id} ${refusal.id}`;
const duplicates = (names: readonly string[]) => names.filter((name, at) => names.indexOf(name) !== at);

/** A place at which a text has to stand; the status by itself is none. */
function placeOf(sign: Sign): readonly string[] {
  if (sign.at === 'not' || sign.at === 'status') return [];
  if (sign.at === 'header') return [`header ${sign.name}`];
  if (sign.at === 'json') return [`json ${sign.path}`];
  return sign.at === 'markup' ? [`markup ${String(sign.is)}`] : [sign.at];
}

describe('the table', () => {
  test('knows more than a hundred systems, with hundreds of ways to refuse', () => {
    expect(systems.length).toBeGreaterThanOrEqual(110);
    expect(patterns.length).toBeGreaterThanOrEqual(300);
  });

  test('names each of them once', () => {
    expect(duplicates(systems.map(({ id }) => id))).toEqual([]);
    expect(duplicates(patterns.map(nameOf))).toEqual([]);
  });

  test('reads at least 25 kinds of log line', () => {
    const kinds = patterns.flatMap(({ refusal }) =>
      refusal.all.flatMap((sign) => (sign.at === 'log' ? [sign.kind] : [])),
    );
    expect(new Set(kinds).size).toBeGreaterThanOrEqual(25);
  });

  test('calls nothing a page by a single text that anybody may write', () => {
    const thin = patterns.filter(({ refusal }) => {
      const places = new Set(refusal.all.flatMap(placeOf));
      const isWeak = refusal.all.every(({ at }) => at === 'markup' || at === 'status' || at === 'not');
      return refusal.by === 'page' && isWeak && places.size < 2 && !refusal.all.some((sign) => sign.at === 'status');
    });
    expect(thin.map(nameOf)).toEqual([]);
  });

  test('stands what it replaces in the same system', () => {
    for (const { system, refusal } of patterns) {
      const ids = system.refusals.map(({ id }) => id);
      for (const id of refusal.instead ?? []) expect(ids).toContain(id);
    }
  });

  test('names captures that there are', () => {
    const known = captureLabels.map(({ capture }) => capture);
    for (const { refusal } of patterns) for (const capture of refusal.seen ?? []) expect(known).toContain(capture);
  });

  test('tries few patterns on an answer that has none of their texts', () => {
    const answer = { status: 403, headerNames: ['server', 'content-type'], raw: 'x'.repeat(1000) };
    const { candidates } = new CandidateIndex(systems).inAnswer(answer);
    expect(candidates.length).toBeLessThan(patterns.length / 12);
  });
});

describe('a fix', () => {
  const fixes = [
    ...Object.values(causeTexts).map(({ fix }) => fix),
    ...systems.flatMap(({ fixes: own = {} }) => Object.values(own)),
    ...patterns.flatMap(({ refusal }) => refusal.fix ?? []),
  ];

  test('never opens a door for everybody', () => {
    for (const fix of fixes) {
      expect(fix).not.toMatch(/777|setenforce 0|SELINUX=disabled|a\+w/i);
      expect(fix).not.toMatch(
        /(?:disable|turn off|switch off|deactivate) (?:the |your )?(?:WAF|firewall|rule set|SELinux|AppArmor)/i,
      );
      expect(fix).not.toMatch(/\b(?:unban|unbanip)\b(?!ned)/i);
    }
  });

  test('is there for each system and each cause for which it refuses, and is that system’s own', () => {
    const general = new Set(Object.values(causeTexts).map(({ fix }) => fix));
    const told = patterns.filter(({ system, refusal }) => refusal.cause !== 'unknown' && system.id !== 'http');
    const fixOf = ({ system, refusal }: (typeof patterns)[number]) => refusal.fix ?? system.fixes?.[refusal.cause];
    expect(told.filter((pattern) => fixOf(pattern) === undefined).map(nameOf)).toEqual([]);
    expect(told.filter((pattern) => general.has(fixOf(pattern) ?? '')).map(nameOf)).toEqual([]);
  });

  test('is of one product, and of what is derived from it', () => {
    const texts = systems.flatMap(({ fixes: own = {} }) => [...new Set(Object.values(own))]);
    const shared = [...new Set(texts)].filter((text) => texts.filter((other) => other === text).length > 4);
    expect(shared).toEqual([]);
  });

  test('is a sentence that ends without a stop', () => {
    for (const fix of fixes) expect(fix).not.toMatch(/[.\s]$/);
  });
});
