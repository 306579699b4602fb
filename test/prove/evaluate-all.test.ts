import { expect, it } from 'vitest';
import { evaluateAll } from '../../src/prove/evaluate-all.js';

it('gives answers in the order of what was asked, whichever comes first', async () => {
  const turns = [40, 3, 20, 0, 1];
  const slow = async (count: number) => {
    for (let turn = 0; turn < count; turn += 1) await undefined;
    return `after ${count}`;
  };
  expect(await evaluateAll(turns, slow)).toEqual(['after 40', 'after 3', 'after 20', 'after 0', 'after 1']);
});
