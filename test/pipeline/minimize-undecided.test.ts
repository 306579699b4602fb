import { expect, test } from 'vitest';
import type { Answer, Bench } from '../../src/contract/prover.js';
import type { CaseResult } from '../../src/model/report.js';
import { minimizeFindings } from '../../src/pipeline/tune/minimize-findings.js';
import { post } from '../prove/word-engine.js';
import { wordNames } from '../prove/word-prover.js';

const field = { kind: 'form', name: 'note' } as const;
const hit = {
  ruleId: 'evil',
  message: '',
  tags: [],
  variable: { collection: 'form', key: 'note' },
  field,
  variableSource: 'logged',
} as const;
const request = post('/a', [['note', 'an evil word among others']]);
const whole = JSON.stringify(request.body);

const result: CaseResult = {
  id: 'a',
  suite: '',
  intent: 'legitimate',
  tags: [],
  at: { file: 'a' },
  request,
  correlationId: '',
  durationMs: 1,
  verdict: { kind: 'false-positive', detectedOnly: false },
  asExpected: false,
  hits: [hit],
};

async function minimalWith(elsewhere: (text: string) => Answer) {
  const evaluate: Bench['evaluate'] = async ({ body }) =>
    JSON.stringify(body) === whole ? { outcome: 'blocked', hits: [hit] } : elsewhere(JSON.stringify(body));
  const bench: Bench = { evaluate, close: async () => undefined };
  const names = { ...wordNames, fieldsIn: () => () => field, nameOf: () => hit.variable };
  const prover = { bare: bench, names, openFor: async () => bench, ruleGroup: String };
  const progress = { stage() {}, start() {}, done() {}, warn() {}, end() {} };
  const world = { progress, signal: new AbortController().signal };
  const { results } = await minimizeFindings({ results: [result], findings: [] }, prover, world);
  return results[0]?.minimal?.value;
}

test('an engine that decides every part of a request finds the smallest one', async () => {
  const decided = (text: string): Answer =>
    text.includes('evil') ? { outcome: 'blocked', hits: [hit] } : { outcome: 'passed', hits: [] };
  expect(await minimalWith(decided)).toBe('evil');
});

test.each<Answer>([
  { outcome: 'undecided', hits: [] },
  { outcome: 'blocked', hits: [] },
])('one that does not know which rule fires on a part has found none (%o)', async (answer) => {
  expect(await minimalWith(() => answer)).toBeUndefined();
});
