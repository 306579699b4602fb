import { describe, expect, test } from 'vitest';
import { readResponse } from '../../src/triage/saved/read-response.js';
import { triage } from '../../src/triage/triage.js';
import { refuser } from './capture.js';
import { citedAnswers } from './cited.js';

const answers = citedAnswers.map(({ label, text, lines }) => ({
  label,
  answer: triage({ ...readResponse(text), lines }),
}));

/** Those that say nothing by which any system is known. */
const untold: readonly string[] = ['custom/transaction-200'];

describe('answers as public pages show them', () => {
  test('each has a source of its own kind, and a name', () => {
    expect(citedAnswers.length).toBeGreaterThanOrEqual(140);
    for (const { label, source } of citedAnswers) {
      expect(source).toMatch(/^https:\/\//);
      expect(label.truth).toMatch(/^[a-z-]+\/[a-z-]+$/);
    }
    expect(new Set(citedAnswers.map(({ label }) => label.capture)).size).toBe(citedAnswers.length);
  });

  test('each is told, or left open with the truth among the first three', () => {
    const wrong = answers.filter(({ label: { truth, also }, answer }) => {
      const right = [truth, ...also];
      const isOpen = answer.cause === 'unknown' || answer.layer === 'unknown';
      const near = answer.alternatives.slice(0, 3).map(refuser);
      return !right.includes(refuser(answer)) && !(isOpen && near.some((one) => right.includes(one)));
    });
    expect(wrong.map(({ label }) => label.capture)).toEqual(untold);
  });

  test('nine of ten of those that tell who refused are told, and none is put on a WAF by mistake', () => {
    const telling = answers.filter(({ label }) => label.told);
    const right = telling.filter(({ label, answer }) => [label.truth, ...label.also].includes(refuser(answer)));
    expect(right.length / telling.length).toBeGreaterThanOrEqual(0.9);
    const blamed = answers.filter(
      ({ label, answer }) =>
        answer.cause.startsWith('waf-') && ![label.truth, ...label.also].some((one) => /\/waf-/.test(one)),
    );
    expect(blamed.map(({ label }) => label.capture)).toEqual([]);
  });

  test.each(['proved', 'likely'] as const)('what is called %s is right in at least nine of ten', (grade) => {
    const graded = answers.filter(({ answer }) => answer.confidence === grade && answer.cause !== 'unknown');
    const wrong = graded.filter(({ label, answer }) => {
      const right = [label.truth, ...label.also];
      const sameCause = answer.layer === 'unknown' && right.some((one) => one.endsWith(`/${answer.cause}`));
      return !right.includes(refuser(answer)) && !sameCause;
    });
    expect(wrong.length / graded.length).toBeLessThanOrEqual(0.1);
  });
});
