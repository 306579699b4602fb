import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { measured } from '../../src/pipeline/tune/measured-prover.js';
import { proveExclusions } from '../../src/pipeline/tune/prove-exclusions.js';
import { evaluateReport } from '../../src/pipeline/tune/tuning.js';
import { MatchMatrix } from '../../src/prove/match-matrix.js';
import { asWritten, judged, post, type Reading } from '../prove/word-engine.js';
import { type WordProverOptions, wordDialect, wordProver } from '../prove/word-prover.js';
import { tuneSettings } from './tune-ground.js';

const rules = [
  { id: 'sqli', word: 'select' },
  { id: 'xss', word: 'script' },
];
const attacks = [
  { className: 'sqli', payload: 'select' },
  { className: 'xss', payload: 'script' },
];
const settings = { ...tuneSettings, attacks: [] };

interface Wish extends Omit<WordProverOptions, 'rules'> {
  readonly maxLoss?: number;
}

/** What is proved of a case that is blocked and one that passes, and what the user is told on the way. */
async function proved({ maxLoss, ...options }: Wish = {}) {
  const results = await Promise.all([
    judged('blocked', post('/a', [['note', 'how to select']]), rules),
    judged('fine', post('/b', [['note', 'fine']]), rules),
  ]);
  const report = { results, findings: [] } as Pick<RunReport, 'results' | 'findings'> as RunReport;
  const prover = measured(wordProver({ rules, ...options }), new AbortController().signal);
  const warnings: string[] = [];
  const progress = { stage() {}, start() {}, done() {}, warn: (text: string) => warnings.push(text), end() {} };
  const tuning = {
    evaluated: await evaluateReport(report, prover, [], progress),
    prover,
    matrix: new MatchMatrix(attacks, prover.bare, prover),
    settings: { ...settings, ...(maxLoss !== undefined && { maxLoss }) },
    progress,
  };
  return { ...(await proveExclusions(wordDialect, tuning)), warnings };
}

describe('the proof of exclusions', () => {
  it('is clean where the engine does what they say', async () => {
    const { exclusions, verification, warnings } = await proved();
    expect(exclusions).toMatchObject([{ ruleIds: ['sqli'], scope: { method: 'POST', path: '/a' } }]);
    expect(exclusions[0]?.detectionLoss).toMatchObject({ lost: 1, blockedBefore: 2 });
    expect(verification).toEqual({
      engine: 'Words 1.0',
      cleared: ['blocked'],
      stillBlocked: [],
      newlyBlocked: [],
      tooBroad: [],
      noEffect: [],
      notReproduced: [],
      attacksLost: ['sqli: select'],
      attacksBlockedBefore: 2,
    });
    expect(warnings).toEqual([]);
  });

  it('tells what is blocked newly', async () => {
    const rulesUnder = [...rules, { id: 'new', word: 'fine' }];
    const { verification } = await proved({ rulesUnder });
    expect(verification).toMatchObject({ cleared: ['blocked'], newlyBlocked: ['fine'] });
  });

  it('tells what takes away more than it says', async () => {
    const everywhere: Reading = (one, seen, request) => asWritten({ ...one, scope: {} }, seen, request);
    const { exclusions, verification } = await proved({ reading: everywhere });
    expect(verification.tooBroad).toEqual(exclusions.map(({ id }) => id));
    expect(verification.tooBroad).toHaveLength(1);
  });

  it('climbs to what the engine heeds, and warns of what nothing clears', async () => {
    const wholeRules: Reading = (one, seen, request) => one.effect === 'remove-rule' && asWritten(one, seen, request);
    expect((await proved({ reading: wholeRules })).exclusions).toMatchObject([
      { effect: 'remove-rule', widerBecause: 'rule sqli still fires when it is taken from it' },
    ]);
    const deaf = await proved({ reading: () => false });
    expect(deaf.verification).toMatchObject({ cleared: [], stillBlocked: ['blocked'] });
    expect(deaf.warnings).toEqual(['blocked is still blocked by rule sqli: rule sqli still fires when it is removed']);
  });

  it('leaves out what costs more than is allowed, and says that its case stays blocked', async () => {
    const { exclusions, verification } = await proved({ maxLoss: 10 });
    expect(exclusions).toEqual([]);
    expect(verification).toMatchObject({ cleared: [], stillBlocked: ['blocked'], attacksLost: [] });
    expect(verification.refused).toMatchObject([
      { reason: 'it lets 50.0 % of the attacks through, and 10 % are allowed' },
    ]);
    expect((await proved({ maxLoss: 50 })).verification).not.toHaveProperty('refused');
  });
});
