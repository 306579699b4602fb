import { expect, test } from 'vitest';
import type { Triage } from '../../src/model/triage.js';
import { CandidateIndex } from '../../src/triage/candidates.js';
import { findHits } from '../../src/triage/find-hits.js';
import { systems } from '../../src/triage/systems.js';
import { isRight, materialOf, refuser, triageOfCapture } from './capture.js';
import { type CaptureLabel, captureLabels } from './capture-labels.js';

interface Answered {
  readonly label: CaptureLabel;
  readonly answer: Triage;
}

async function answers(without?: RegExp): Promise<readonly Answered[]> {
  const found: Answered[] = [];
  for (const label of captureLabels) found.push({ label, answer: await triageOfCapture(label.capture, without) });
  return found;
}

const all = await answers();
const withoutLogs = await answers(/^log-/);
const answersAlone = await answers(/^(?:log-|command)/);

test('every capture is told by what it holds, or left open with the truth among the first three', () => {
  const wrong = all.filter(({ label, answer }) => !isRight(answer, label));
  expect(wrong.map(({ label, answer }) => `${label.capture}: ${label.truth}, not ${refuser(answer)}`)).toEqual([]);
});

/** Those of which it is known that a WAF refused them. */
const ofWaf = (label: CaptureLabel) => [label.truth, ...label.also].some((one) => /\/waf-/.test(one));

test.each([
  ['with all that there is', all],
  ['without logs', withoutLogs],
  ['by the answer alone', answersAlone],
])('no refusal is put on a rule of a WAF that no WAF made, %s', (_, found) => {
  const blamed = found.filter(({ label, answer }) => answer.cause.startsWith('waf-') && !ofWaf(label));
  expect(blamed.map(({ label }) => label.capture)).toEqual([]);
});

const engines = captureLabels.filter(({ capture, truth }) => /^modsec/.test(capture) && truth.startsWith('waf/'));

test.each(engines.map(({ capture }) => capture))(
  "%s is the WAF's by its log, and never proved without it",
  (capture) => {
    const [by, without] = [all, withoutLogs].map(
      (found) => found.find(({ label }) => label.capture === capture)?.answer,
    );
    expect(by).toMatchObject({
      layer: 'waf',
      confidence: expect.stringMatching(/proved|likely/),
      system: 'modsecurity',
    });
    expect(without?.layer === 'waf' && without.confidence === 'proved').toBe(false);
  },
);

test.each(['proved', 'likely'] as const)('what is called %s is right in at least nine of ten', (grade) => {
  const graded = [...all, ...withoutLogs].filter(
    ({ answer }) => answer.confidence === grade && answer.cause !== 'unknown',
  );
  const wrong = graded.filter(({ label, answer }) => ![label.truth, ...label.also].includes(refuser(answer)));
  expect(graded.length).toBeGreaterThan(50);
  expect(wrong.length / graded.length).toBeLessThanOrEqual(0.1);
});

test('the captures that the table names prove what it says of them', async () => {
  const named = systems.flatMap((system) =>
    system.refusals.flatMap((refusal) => (refusal.seen ?? []).map((capture) => ({ capture, system, refusal }))),
  );
  const index = new CandidateIndex(systems);
  const missed: string[] = [];
  for (const capture of new Set(named.map((one) => one.capture))) {
    const { hits } = findHits(await materialOf(capture), systems, index);
    const seen = new Set(hits.map(({ refusal }) => refusal));
    missed.push(
      ...named
        .filter((one) => one.capture === capture && !seen.has(one.refusal))
        .map((one) => `${capture}: ${one.system.id} ${one.refusal.id}`),
    );
  }
  expect(missed).toEqual([]);
});
