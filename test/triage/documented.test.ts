import { describe, expect, test } from 'vitest';
import type { Triage } from '../../src/model/triage.js';
import { readResponse } from '../../src/triage/saved/read-response.js';
import { systems } from '../../src/triage/systems.js';
import { createDecider, type Decider, triage } from '../../src/triage/triage.js';
import { refuser } from './capture.js';
import type { CaptureLabel } from './capture-labels.js';
import { type CitedAnswer, citedAnswers, documentedAnswers } from './cited.js';

interface Answered {
  readonly label: CaptureLabel;
  readonly answer: Triage;
}

const answeredBy =
  (decide: Decider) =>
  ({ label, text, lines }: CitedAnswer): Answered => ({ label, answer: decide({ ...readResponse(text), lines }) });

const rightOf = ({ truth, also }: CaptureLabel) => [truth, ...also];
const isTold = ({ label, answer }: Answered) => rightOf(label).includes(refuser(answer));

/** Left open, with the truth among the first three. */
const isNear = ({ label, answer: { layer, cause, alternatives } }: Answered) =>
  (layer === 'unknown' || cause === 'unknown') &&
  alternatives.slice(0, 3).some((one) => rightOf(label).includes(refuser(one)));

const isBlamed = ({ label, answer }: Answered) =>
  answer.cause.startsWith('waf-') && !rightOf(label).some((one) => /\/waf-/.test(one));

const names = (found: readonly Answered[]) =>
  found.map(({ label, answer }) => `${label.capture}: ${label.truth}, not ${refuser(answer)}`);
const share = (some: readonly Answered[], all: readonly Answered[]) => some.length / all.length;

describe('answers as products document them', () => {
  const answers = documentedAnswers.map(answeredBy(triage));

  test('are many, each with its source', () => {
    expect(documentedAnswers.length).toBeGreaterThanOrEqual(360);
    for (const { source } of documentedAnswers) expect(source).toMatch(/^https:\/\//);
    expect(new Set(answers.map(({ label }) => label.capture)).size).toBe(documentedAnswers.length);
  });

  test('are told, or left open with the truth among the first three', () => {
    expect(names(answers.filter((one) => !isTold(one) && !isNear(one)))).toEqual([]);
  });

  test('are told in 19 of 20, where they tell it', () => {
    const telling = answers.filter(({ label }) => label.told);
    expect(share(telling.filter(isTold), telling)).toBeGreaterThanOrEqual(0.95);
  });

  test('are never put on a WAF that did not refuse', () => {
    expect(names(answers.filter(isBlamed))).toEqual([]);
  });
});

describe('a product that the table does not know', () => {
  const all = [...citedAnswers, ...documentedAnswers];
  const known = new Map<string | undefined, CitedAnswer[]>();
  for (const one of all) {
    const { system } = triage({ ...readResponse(one.text), lines: one.lines });
    known.set(system, [...(known.get(system) ?? []), one]);
  }
  const answers = [...known]
    .filter(([id]) => id !== undefined && id !== 'http')
    .flatMap(([id, ones]) => ones.map(answeredBy(createDecider(systems.filter((system) => system.id !== id)))));

  test('is not put on a WAF', () => {
    expect(answers.length).toBeGreaterThanOrEqual(350);
    expect(names(answers.filter(isBlamed))).toEqual([]);
  });

  test('is named in few, near in most, and called another in few', () => {
    const near = answers.filter((one) => isTold(one) || isNear(one));
    const isOpen = ({ answer }: Answered) => answer.layer === 'unknown' || answer.cause === 'unknown';
    const misnamed = answers.filter((one) => !isTold(one) && !isOpen(one));
    expect(share(answers.filter(isTold), answers)).toBeGreaterThanOrEqual(0.1);
    expect(share(near, answers)).toBeGreaterThanOrEqual(0.62);
    expect(share(misnamed, answers)).toBeLessThanOrEqual(0.09);
  });

  test('is left open where nothing tells of it, rather than called another', () => {
    const proved = answers.filter(({ answer }) => answer.confidence === 'proved' && answer.cause !== 'unknown');
    expect(
      share(
        proved.filter((one) => !isTold(one)),
        answers,
      ),
    ).toBeLessThanOrEqual(0.05);
  });
});
