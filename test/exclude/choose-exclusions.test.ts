import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseExclusions, type FalsePositive } from '../../src/exclude/choose-exclusions.js';
import type { RuleHit, RuleId } from '../../src/model/evidence.js';
import type { Exclusion } from '../../src/model/exclusion.js';

const scope = { method: 'POST', path: '/a' };
const variable = { collection: 'ARGS', key: 'x' };

function exclusion(ruleIds: readonly number[]): Exclusion {
  return { id: 'x', findings: [], effect: 'remove-target', ruleIds, variable, scope };
}

function hit(ruleId: number, scoring = 5): RuleHit {
  return { ruleId, message: '', tags: [], variable, variableSource: 'logged', scoring };
}

function scored(...hits: RuleHit[]): FalsePositive {
  return { hits, exclusions: new Set(['x']) };
}

/** A request passes as long as its hits score no more than that. */
function upTo(allowed: number) {
  return (hits: readonly RuleHit[]) => hits.reduce((sum, { scoring = 0 }) => sum + scoring, 0) <= allowed;
}

/** What it costs to hide a place from a rule, for each rule by itself. */
function costs(prices: Readonly<Record<number, number>>) {
  return (_exclusion: Exclusion, ruleIds: readonly RuleId[]) =>
    ruleIds.reduce<number>((sum, ruleId) => sum + (prices[Number(ruleId)] ?? 0), 0);
}

describe('the choice of exclusions', () => {
  it('leaves the dearest rule in force where the score allows it', () => {
    const choice = chooseExclusions([exclusion([1, 2])], [scored(hit(1, 3), hit(2, 3))], {
      passes: upTo(4),
      cost: costs({ 1: 10, 2: 200 }),
    });
    expect(choice.exclusions).toMatchObject([{ ruleIds: [1] }]);
    expect(choice.left).toEqual([{ ruleId: 2, variable, scope, spares: 200 }]);
  });

  it('excludes everything where nothing may stay', () => {
    const all = [exclusion([1, 2])];
    const choice = chooseExclusions(all, [scored(hit(1), hit(2))], { passes: upTo(0), cost: costs({ 1: 1, 2: 1 }) });
    expect(choice).toEqual({ exclusions: all, left: [] });
  });

  it('heeds every case at the endpoint', () => {
    const cases = [scored(hit(1, 2)), scored(hit(1, 2), hit(2, 2), hit(3, 2))];
    const choice = chooseExclusions([exclusion([1, 2, 3])], cases, {
      passes: upTo(2),
      cost: costs({ 1: 3, 2: 2, 3: 1 }),
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
            passes: upTo(allowed),
            cost: costs({}),
          });
          const kept = new Set(exclusions.flatMap(({ ruleIds }) => ruleIds));
          const left = hits.filter(({ ruleId }) => !kept.has(Number(ruleId)));
          expect(left.reduce((sum, { scoring = 0 }) => sum + scoring, 0)).toBeLessThanOrEqual(allowed);
        },
      ),
    );
  });
});
