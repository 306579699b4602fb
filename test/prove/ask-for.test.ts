import { describe, expect, it } from 'vitest';
import type { Prover } from '../../src/contract/prover.js';
import { askFor } from '../../src/prove/ask-for.js';
import { judged, post, removal, wordEngine } from './word-engine.js';

const rules = [{ id: 1, word: 'select' }];
const exclusion = removal('note', [1]);
const part = { exclusion, ruleId: 1 };

/** Questions to a prover that writes down which engines it opens and closes. */
function asked() {
  const log: string[] = [];
  const closing = (name: string) => async () => void log.push(`close ${name}`);
  const prover: Pick<Prover, 'open' | 'openSwitch' | 'isSwitchable'> = {
    isSwitchable: ({ ruleId }) => ruleId === 1,
    async open(exclusions) {
      log.push(`open ${exclusions.map(({ id }) => id).join()}`);
      return { ...wordEngine(rules, exclusions), close: closing('engine') };
    },
    async openSwitch(parts) {
      log.push(`switch ${parts.map(({ ruleId }) => ruleId).join()}`);
      return { evaluateWithout: (_left, request) => wordEngine(rules).evaluate(request), close: closing('switch') };
    },
  };
  return { questions: askFor(prover), log };
}

describe('what a prover is asked', () => {
  it('is the hits of cases under exclusions, of which all else stays as it was', async () => {
    const { questions, log } = asked();
    const other = await judged('other', post('/b', [['note', 'select']]), rules);
    const cases = [await judged('case', post('/a', [['note', 'select']]), rules), { ...other, hits: [] }];
    expect(await questions.hits([exclusion], cases)).toEqual([{ ...cases[0], hits: [] }, other]);
    expect(log).toEqual(['open note 1', 'close engine']);
  });

  it('is answered by an engine of its own, closed when the answer is there', async () => {
    const { questions, log } = asked();
    const { request } = await judged('case', post('/a', [['note', 'select']]), rules);
    expect(await questions.with([], (bench) => bench.evaluate(request))).toMatchObject({ outcome: 'blocked' });
    expect(await questions.withSwitch([part], (bench) => bench.evaluateWithout(part, request))).toMatchObject({
      outcome: 'blocked',
    });
    expect(log).toEqual(['open ', 'close engine', 'switch 1', 'close switch']);
  });

  it('is whether a part can be left out of a request', () => {
    const { questions } = asked();
    expect([part, { exclusion, ruleId: 2 }].map((one) => questions.isSwitchable(one))).toEqual([true, false]);
  });
});
