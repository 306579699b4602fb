import { describe, expect, it } from 'vitest';
import type { Exclusion } from '../../src/model/exclusion.js';
import type { OpenBench } from '../../src/prove/ask-for.js';
import { dropIdle } from '../../src/prove/idle.js';
import type { Removal } from '../exclude/exclusions.js';
import { asWritten, judged, post, type Reading, removal, wordEngine } from './word-engine.js';

const rules = [
  { id: 1, word: 'select' },
  { id: 'named', word: 'script' },
];

/** Asks engines that are functions, and writes down under which exclusions each request is evaluated. */
function leavingOut(reading: Reading) {
  const asked: string[] = [];
  const open: OpenBench = async (exclusions) => {
    const engine = wordEngine(rules, exclusions, reading);
    return {
      ...engine,
      evaluate(request) {
        asked.push(`${request.path} under ${exclusions.map(({ id }) => id).join() || 'nothing'}`);
        return engine.evaluate(request);
      },
    };
  };
  return { open, asked };
}

const twoFields = post('/a', [
  ['note', 'a select'],
  ['title', 'a script'],
]);

async function dropped(exclusions: readonly Exclusion[], open: OpenBench, request = twoFields) {
  return dropIdle(exclusions, [await judged('case', request, rules)], open);
}

describe('an exclusion without effect', () => {
  const needed = removal('note', [1]);

  it('is dropped, and one that brings a hit back stays', async () => {
    const { exclusions, idle } = await dropped(
      [needed, removal('title', ['named']), removal('other', [1])],
      leavingOut(asWritten).open,
    );
    expect(exclusions.map(({ id }) => id)).toEqual(['note 1', 'title named']);
    expect(idle).toEqual([]);
  });

  it('loses the rules only that do nothing', async () => {
    const both = [removal('note', [1, 'named'])];
    const { exclusions } = await dropped(both, leavingOut(asWritten).open, post('/a', [['note', 'a select']]));
    expect(exclusions.map(({ ruleIds }) => ruleIds)).toEqual([[1]]);
  });

  it('is left out as a whole where it is for all of its rules at once', async () => {
    const read: Exclusion = {
      id: 'read',
      findings: [],
      ruleIds: [1, 'named'],
      scope: { method: 'POST', path: '/a' },
      effect: 'read-body-as',
      reading: 'json',
    };
    const whole: Reading = (one) => one.effect === 'read-body-as';
    expect((await dropped([read], leavingOut(whole).open)).exclusions).toEqual([read]);
    const { exclusions } = await dropped([read], leavingOut(whole).open, post('/a', [['note', 'a script']]));
    expect(exclusions).toEqual([read]);
    expect((await dropped([read], leavingOut(() => false).open, post('/b', []))).exclusions).toEqual([]);
  });

  it('is one that the engine makes nothing of', async () => {
    const { exclusions } = await dropped([needed], leavingOut(() => false).open);
    expect(exclusions).toEqual([needed]);
    const deaf: Reading = (one, seen, request) => one.id !== needed.id && asWritten(one, seen, request);
    const both = [needed, removal('note', [1], { id: 'same' })];
    expect((await dropped(both, leavingOut(deaf).open)).exclusions.map(({ id }) => id)).toEqual(['same']);
  });
});

describe('two exclusions that do the same', () => {
  const narrow = removal('note', [1]);
  const twin = removal('note', [1], { id: 'twin' });
  const wide = removal('note', [1], { id: 'wide', scope: {} });

  it('are not dropped both', async () => {
    const { exclusions, idle } = await dropped([narrow, twin], leavingOut(asWritten).open);
    expect(exclusions).toHaveLength(1);
    expect(idle).toEqual([]);
  });

  it('lose the one that is for every request', async () => {
    const { exclusions } = await dropped([wide, narrow], leavingOut(asWritten).open);
    expect(exclusions.map(({ id }) => id)).toEqual(['note 1']);
  });
});

describe('what is asked to find what does nothing', () => {
  const at = (path: string, more: Partial<Removal> = {}) =>
    removal('note', [1], { id: `note at ${path}`, scope: { method: 'POST', path }, ...more });

  it('is first the case that had the hit, and no case of another endpoint', async () => {
    const { open, asked } = leavingOut(asWritten);
    const cases = await Promise.all(
      [
        post('/a?fine', [['note', 'fine']]),
        post('/b', [['note', 'a select']]),
        post('/a?blocked', [['note', 'a select']]),
      ].map((request) => judged(request.path, request, rules)),
    );
    await dropIdle([removal('note', [1])], cases, open);
    expect(asked).toEqual(['/a?blocked under nothing']);
  });

  it('is every case of its endpoint, until one shows that it is needed', async () => {
    const { open, asked } = leavingOut(asWritten);
    const fine = await judged('fine', post('/a', [['note', 'fine']]), rules);
    const { exclusions } = await dropIdle([removal('note', [1])], [fine, { ...fine, id: 'again' }], open);
    expect(exclusions).toEqual([]);
    expect(asked).toEqual(['/a under nothing', '/a under nothing']);
  });

  it('is asked under what acts on a case, and no engine has more than that', async () => {
    const { open, asked } = leavingOut(asWritten);
    const paths = Array.from({ length: 30 }, (_, index) => `/page-${index}`);
    const cases = await Promise.all(paths.map((path) => judged(path, post(path, [['note', 'a select']]), rules)));
    const everywhere = removal('title', ['named'], { id: 'title', scope: {} });
    const { exclusions } = await dropIdle([...paths.map((path) => at(path)), everywhere], cases, open);
    expect(exclusions).toHaveLength(paths.length);
    const apart = paths.flatMap((path) => [
      `${path} under title`,
      `${path} under note at ${path}`,
      `${path} under nothing`,
    ]);
    expect(asked.toSorted()).toEqual(apart.toSorted());
  });

  it('is asked again only where something was dropped that acts on the same case', async () => {
    const { open, asked } = leavingOut(asWritten);
    const cases = await Promise.all(
      ['/a', '/b'].map((path) => judged(path, post(path, [['note', 'a select']]), rules)),
    );
    await dropIdle([at('/a'), at('/a', { id: 'twin' }), at('/b')], cases, open);
    expect(asked).toEqual(['/a under twin', '/a under note at /a', '/b under nothing', '/a under nothing']);
  });

  it('has an end: what does nothing still is told', async () => {
    const { open } = leavingOut(asWritten);
    const twins = Array.from({ length: 11 }, (_, index) => removal('note', [1], { id: `twin ${index}` }));
    const { exclusions, idle } = await dropped(twins, open);
    expect(exclusions).toHaveLength(3);
    expect(idle.map(({ exclusion }) => exclusion)).toEqual(exclusions);
  });
});
