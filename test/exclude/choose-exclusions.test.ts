import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseExclusions, type ScoredCase } from '../../src/exclude/choose-exclusions.js';
import type { RuleHit } from '../../src/model/evidence.js';
import type { Exclusion } from '../../src/model/exclusion.js';
import { modsecurityFieldNames } from '../../src/waf/modsecurity/field-names.js';

const { includes } = modsecurityFieldNames;
const scope = { method: 'POST', path: '/a' };
const variable = { collection: 'ARGS', key: 'x' };

function exclusion(ruleIds: readonly number[]): Exclusion {
  return { id: 'x', findings: [], effect: 'remove-target', ruleIds, variable, scope };
}

function hit(ruleId: number, scoring = 5): RuleHit {
  return { ruleId, message: '', tags: [], variable, variableSource: 'logged', scoring };
}

function scored(...hits: RuleHit[]): ScoredCase {
  return { hits, exclusions: new Set(['x']) };
}

/** What it costs to hide a place from a rule, for each rule by itself. */
function costs(prices: Readonly<Record<number, number>>) {
  return (_exclusion: Exclusion, ruleIds: readonly number[]) =>
    ruleIds.reduce((sum, ruleId) => sum + (prices[ruleId] ?? 0), 0);
}

describe('the choice of exclusions', () => {
  it('leaves the dearest rule in force where the score allows it', () => {
    const choice = chooseExclusions([exclusion([1, 2])], [scored(hit(1, 3), hit(2, 3))], {
      allowed: 4,
      cost: costs({ 1: 10, 2: 200 }),
      includes,
    });
    expect(choice.exclusions).toMatchObject([{ ruleIds: [1] }]);
    expect(choice.left).toEqual([{ ruleId: 2, variable, scope, spares: 200 }]);
  });

  it('excludes everything where nothing may stay', () => {
    const all = [exclusion([1, 2])];
    const choice = chooseExclusions(all, [scored(hit(1), hit(2))], {
      allowed: 0,
      cost: costs({ 1: 1, 2: 1 }),
      includes,
    });
    expect(choice).toEqual({ exclusions: all, left: [] });
  });

  it('heeds every case at the endpoint', () => {
    const cases = [scored(hit(1, 2)), scored(hit(1, 2), hit(2, 2), hit(3, 2))];
    const choice = chooseExclusions([exclusion([1, 2, 3])], cases, {
      allowed: 2,
      cost: costs({ 1: 3, 2: 2, 3: 1 }),
      includes,
    });
    expect(choice.exclusions).toMatchObject([{ ruleIds: [2, 3] }]);
  });

  it('never leaves a case beyond what it may score', () => {
    const rules = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
    const points = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(
        rules,
        fc.array(points, { minLength: 9, maxLength: 9 }),
        fc.integer({ min: 0, max: 12 }),
        (ids, of, allowed) => {
          const hits = ids.map((id) => hit(id, of[id - 1] ?? 1));
          const { exclusions } = chooseExclusions([exclusion(ids)], [scored(...hits)], {
            allowed,
            cost: costs({}),
            includes,
          });
          const kept = new Set(exclusions.flatMap(({ ruleIds }) => ruleIds));
          const left = hits.filter(({ ruleId }) => !kept.has(Number(ruleId)));
          expect(left.reduce((sum, { scoring = 0 }) => sum + scoring, 0)).toBeLessThanOrEqual(allowed);
        },
      ),
    );
  });
});
