import { expect, test } from 'vitest';
import type { Case } from '../../src/model/case.js';
import { fail } from '../../src/model/error.js';
import type { CaseResult } from '../../src/model/report.js';
import { witnessEach } from '../../src/pipeline/witness-each.js';
import { casesOf, passed, watchedWorld } from './cases.js';

/** What was handed on, in its order, and why no more. */
async function witnessAll(
  cases: Parameters<typeof witnessEach>[0],
  atOnce: number,
  witness: (sent: Case) => Promise<CaseResult>,
  world: ReturnType<typeof watchedWorld>,
) {
  const results: CaseResult[] = [];
  return { results, ...(await witnessEach(cases, atOnce, witness, world, (result) => results.push(result))) };
}

const idsOf = ({ results }: { readonly results: readonly CaseResult[] }) => results.map(({ id }) => id);

test('results are in the order of the suites, whatever the order in which they are ready', async () => {
  const world = watchedWorld();
  const waiting = new Map<string, () => void>();
  const answers = new Map<string, string>([
    ['c', 'b'],
    ['b', 'a'],
  ]);
  const witness = async (sent: Case): Promise<CaseResult> => {
    if (sent.id !== 'c') await new Promise<void>((resolve) => waiting.set(sent.id, resolve));
    waiting.get(answers.get(sent.id) ?? '')?.();
    return passed(sent);
  };
  const collected = await witnessAll(casesOf('a', 'b', 'c'), 3, witness, world);
  expect(idsOf(collected)).toEqual(['a', 'b', 'c']);
  expect(world.told).toEqual(['c', 'b', 'a']);
  expect(collected).not.toHaveProperty('interrupted');
});

test('an error in the middle ends the job and keeps what is done', async () => {
  const witness = (sent: Case) =>
    sent.id === 'c' ? Promise.reject(fail('SESSION_FAILED', { reason: 'gone' })) : passed(sent);
  const collected = await witnessAll(casesOf('a', 'b', 'c', 'd'), 1, witness, watchedWorld());
  expect(idsOf(collected)).toEqual(['a', 'b']);
  expect(collected.interrupted).toMatch(/^SESSION_FAILED .*gone$/);
});

test('so does a corpus that changes while it is read', async () => {
  async function* breaking() {
    yield* casesOf('a');
    throw fail('CORPUS_INVALID', { message: 'changed' });
  }
  const collected = await witnessAll(breaking(), 1, passed, watchedWorld());
  expect(idsOf(collected)).toEqual(['a']);
  expect(collected.interrupted).toBe('CORPUS_INVALID changed');
});

test('an error before anything is done is thrown', async () => {
  const witness = () => Promise.reject(fail('SUITE_NONE', {}));
  await expect(witnessAll(casesOf('a'), 1, witness, watchedWorld())).rejects.toMatchObject({ code: 'SUITE_NONE' });
});

test('an error of our own is never taken for an interruption', async () => {
  const witness = (sent: Case) => (sent.id === 'b' ? Promise.reject(new TypeError('bug')) : passed(sent));
  await expect(witnessAll(casesOf('a', 'b'), 1, witness, watchedWorld())).rejects.toThrow(new TypeError('bug'));
});

test('an interruption takes no new case and keeps what is under way', async () => {
  const world = watchedWorld();
  const begun: string[] = [];
  const witness = (sent: Case) => {
    begun.push(sent.id);
    if (sent.id === 'b') world.interrupt.abort();
    return passed(sent);
  };
  const collected = await witnessAll(casesOf('a', 'b', 'c', 'd'), 1, witness, world);
  expect(begun).toEqual(['a', 'b']);
  expect(idsOf(collected)).toEqual(['a', 'b']);
  expect(collected.interrupted).toMatch(/before all cases were done/);
});

test('an interruption before the first case is no error', async () => {
  const world = watchedWorld();
  world.interrupt.abort();
  expect(await witnessAll(casesOf('a'), 1, passed, world)).toEqual({
    results: [],
    interrupted: expect.stringMatching(/interrupted/),
  });
});

test('no cases are no results', async () => {
  expect(await witnessAll(casesOf(), 4, passed, watchedWorld())).toEqual({ results: [] });
});
