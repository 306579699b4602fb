import { describe, expect, it } from 'vitest';
import type { Prover } from '../../src/contract/prover.js';
import { askFor } from '../../src/prove/ask-for.js';
import { judged, post, removal, wordEngine } from './word-engine.js';

const rules = [{ id: 1, word: 'select' }];
const exclusion = removal('note', [1]);

/** Questions to a prover that writes down which engines it opens and closes. */
function asked() {
  const log: string[] = [];
  const prover: Pick<Prover, 'open'> = {
    async open(exclusions) {
      const names = exclusions.map(({ id }) => id).join();
      log.push(`open ${names}`);
      return { ...wordEngine(rules, exclusions), close: async () => void log.push(`close ${names}`) };
    },
  };
  return { ask: askFor(prover), log };
}

describe('what a prover is asked', () => {
  it('is the hits of cases under exclusions, of which all else stays as it was', async () => {
    const { ask } = asked();
    const other = await judged('other', post('/b', [['note', 'select']]), rules);
    const cases = [await judged('case', post('/a', [['note', 'select']]), rules), { ...other, hits: [] }];
    expect(await ask([exclusion], cases)).toEqual([{ ...cases[0], hits: [] }, other]);
  });

  it('is asked of engines that have the exclusions of the endpoint only, and are closed then', async () => {
    const { ask, log } = asked();
    const request = (path: string) => post(path, [['note', 'select']]);
    const cases = await Promise.all(['/a', '/a?again', '/b'].map((path) => judged(path, request(path), rules)));
    const elsewhere = removal('note', [1], { id: 'elsewhere', scope: { method: 'POST', path: '/c' } });
    const everywhere = removal('other', [1], { id: 'everywhere', scope: {} });
    await ask([exclusion, elsewhere, everywhere], cases);
    expect(log.toSorted()).toEqual([
      'close everywhere',
      'close note 1,everywhere',
      'open everywhere',
      'open note 1,everywhere',
    ]);
  });
});
