import { describe, expect, it } from 'vitest';
import type { Bench, ExclusionForRule } from '../../src/contract/prover.js';
import type { Exclusion } from '../../src/model/exclusion.js';
import { dropIdle, type LeavingOut } from '../../src/prove/idle.js';
import { asWritten, judged, post, type Reading, removal, wordEngine } from './word-engine.js';

const rules = [
  { id: 1, word: 'select' },
  { id: 'named', word: 'script' },
];

/** Asks engines that are functions, and counts the engines and what they are asked. */
function leavingOut(reading: Reading, isSwitchable = (_part: ExclusionForRule) => true) {
  const asked: string[] = [];
  const count = { switches: 0, engines: 0 };
  const leaving: LeavingOut = {
    isSwitchable,
    async with(exclusions, use) {
      count.engines += 1;
      return use(wordEngine(rules, exclusions, reading));
    },
    async withSwitch(parts, use) {
      count.switches += 1;
      return use({
        async evaluateWithout(left, request) {
          if (!isSwitchable(left)) throw new Error(`${left.exclusion.id} cannot be left out of a request`);
          asked.push(`${left.exclusion.id} at ${request.path}`);
          return without(parts, left, reading).evaluate(request);
        },
        async close() {},
      });
    },
  };
  return { leaving, asked, count };
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
    const { leaving, count } = leavingOut(asWritten, ({ exclusion }) => exclusion.scope.path !== undefined);
    const fixed = removal('note', [1], { id: 'fixed', scope: {} });
    const useless = removal('other', [1], { id: 'useless', scope: {} });
    const { exclusions } = await dropped([fixed, useless], leaving);
    expect(exclusions.map(({ id }) => id)).toEqual(['fixed']);
    expect(count.engines).toBe(3);
  });

  it('does not keep the rest from being left out by one engine', async () => {
    const { leaving, asked, count } = leavingOut(asWritten, ({ exclusion }) => exclusion.scope.path !== undefined);
    const fixed = removal('title', ['named'], { id: 'fixed', scope: {} });
    const { exclusions, idle } = await dropped([removal('note', [1]), fixed], leaving);
    expect(exclusions.map(({ id }) => id)).toEqual(['note 1', 'fixed']);
    expect(idle).toEqual([]);
    expect(asked).toEqual(['note 1 at /a']);
    expect(count).toEqual({ switches: 1, engines: 1 });
  });
});

describe('what is asked to find what does nothing', () => {
  it('is first the case that had the hit, and no case of another endpoint', async () => {
    const { leaving, asked } = leavingOut(asWritten);
    const cases = await Promise.all(
      [
        post('/a?fine', [['note', 'fine']]),
        post('/b', [['note', 'a select']]),
        post('/a?blocked', [['note', 'a select']]),
      ].map((request) => judged(request.path, request, rules)),
    );
    await dropIdle([removal('note', [1])], cases, leaving);
    expect(asked).toEqual(['note 1 at /a?blocked']);
  });

  it('is every case of its endpoint, until one shows that it is needed', async () => {
    const { leaving, asked } = leavingOut(asWritten);
    const fine = await judged('fine', post('/a', [['note', 'fine']]), rules);
    const { exclusions } = await dropIdle([removal('note', [1])], [fine, fine], leaving);
    expect(exclusions).toEqual([]);
    expect(asked).toEqual(['note 1 at /a', 'note 1 at /a']);
  });

  it('is asked once more for all that cannot stand in for one another', async () => {
    const { leaving, count } = leavingOut(asWritten);
    const useless = [
      removal('other', [1]),
      removal('other', [1], { id: 'elsewhere', scope: { method: 'POST', path: '/b' } }),
      removal('other', ['named']),
    ];
    const fine = post('/a', [['note', 'fine']]);
    expect((await dropped(useless, leaving, fine)).exclusions).toEqual([]);
    expect(count.switches).toBe(2);
  });

  it('has an end: what does nothing still is told', async () => {
    const { leaving } = leavingOut(asWritten);
    const twins = Array.from({ length: 11 }, (_, index) => removal('note', [1], { id: `twin ${index}` }));
    const { exclusions, idle } = await dropped(twins, leaving);
    expect(exclusions).toHaveLength(3);
    expect(idle.map(({ exclusion }) => exclusion)).toEqual(exclusions);
  });
});
