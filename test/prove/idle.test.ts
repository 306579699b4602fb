import { describe, expect, it } from 'vitest';
import type { Bench, ExclusionForRule } from '../../src/contract/prover.js';
import type { Exclusion } from '../../src/model/exclusion.js';
import { dropIdle, type LeavingOut } from '../../src/prove/idle.js';
import { asWritten, judged, post, type Reading, removal, wordEngine } from './word-engine.js';

const rules = [
  { id: 1, word: 'select' },
  { id: 'named', word: 'script' },
];

/** Asks engines that are functions, and counts how many are started for a part that cannot be switched. */
function leavingOut(reading: Reading, isSwitchable = (_part: ExclusionForRule) => true) {
  let engines = 0;
  const leaving: LeavingOut = {
    isSwitchable,
    async with(exclusions, use) {
      engines += 1;
      return use(wordEngine(rules, exclusions, reading));
    },
    withSwitch: (parts, use) =>
      use({
        evaluateWithout: (left, request) => without(parts, left, reading).evaluate(request),
        async close() {},
      }),
  };
  return { leaving, engines: () => engines };
}

function without(parts: readonly ExclusionForRule[], left: ExclusionForRule, reading: Reading): Bench {
  const kept = parts.filter(({ exclusion, ruleId }) => exclusion !== left.exclusion || ruleId !== left.ruleId);
  const single = kept.map(({ exclusion, ruleId }): Exclusion => ({ ...exclusion, ruleIds: [ruleId] }));
  return wordEngine(rules, single, reading);
}

const twoFields = post('/a', [
  ['note', 'a select'],
  ['title', 'a script'],
]);

async function dropped(exclusions: readonly Exclusion[], leaving: LeavingOut, request = twoFields) {
  return dropIdle(exclusions, [await judged('case', request, rules)], leaving);
}

describe('an exclusion without effect', () => {
  const needed = removal('note', [1]);

  it('is dropped, and one that brings a hit back stays', async () => {
    const { exclusions, idle } = await dropped(
      [needed, removal('title', ['named']), removal('other', [1])],
      leavingOut(asWritten).leaving,
    );
    expect(exclusions.map(({ id }) => id)).toEqual(['note 1', 'title named']);
    expect(idle).toEqual([]);
  });

  it('loses the rules only that do nothing', async () => {
    const both = [removal('note', [1, 'named'])];
    const { exclusions } = await dropped(both, leavingOut(asWritten).leaving, post('/a', [['note', 'a select']]));
    expect(exclusions.map(({ ruleIds }) => ruleIds)).toEqual([[1]]);
  });

  it('is one that the engine makes nothing of', async () => {
    const { exclusions } = await dropped([needed], leavingOut(() => false).leaving);
    expect(exclusions).toEqual([needed]);
    const deaf: Reading = (one, seen, request) => one.id !== needed.id && asWritten(one, seen, request);
    const both = [needed, removal('note', [1], { id: 'same' })];
    expect((await dropped(both, leavingOut(deaf).leaving)).exclusions.map(({ id }) => id)).toEqual(['same']);
  });
});

describe('two exclusions that do the same', () => {
  const narrow = removal('note', [1]);
  const twin = removal('note', [1], { id: 'twin' });
  const wide = removal('note', [1], { id: 'wide', scope: {} });

  it('are not dropped both', async () => {
    const { exclusions, idle } = await dropped([narrow, twin], leavingOut(asWritten).leaving);
    expect(exclusions).toHaveLength(1);
    expect(idle).toEqual([]);
  });

  it('lose the one that is for every request', async () => {
    const { exclusions } = await dropped([wide, narrow], leavingOut(asWritten).leaving);
    expect(exclusions.map(({ id }) => id)).toEqual(['note 1']);
  });
});

describe('what changes the rules as they are loaded', () => {
  it('is left out by an engine of its own', async () => {
    const { leaving, engines } = leavingOut(asWritten, ({ exclusion }) => exclusion.scope.path !== undefined);
    const fixed = removal('note', [1], { id: 'fixed', scope: {} });
    const useless = removal('other', [1], { id: 'useless', scope: {} });
    const { exclusions } = await dropped([fixed, useless], leaving);
    expect(exclusions.map(({ id }) => id)).toEqual(['fixed']);
    expect(engines()).toBe(3);
  });
});
