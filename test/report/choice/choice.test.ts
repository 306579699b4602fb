import { describe, expect, test } from 'vitest';
import { choiceMarkdown } from '../../../src/report/choice/choice-markdown.js';
import { choiceOutcome, chosenIn } from '../../../src/report/choice/choice-outcome.js';
import { choiceSentences } from '../../../src/report/choice/choice-sentences.js';
import { gatherChoice } from '../../../src/report/choice/gather-choice.js';
import { decisionSentences } from '../../../src/report/decision-texts.js';
import { draftedReport } from '../drafted-report.js';
import { sampleReport } from '../sample-report.js';

function gathered(report = draftedReport()) {
  const data = gatherChoice(report);
  if (data === undefined) throw new Error('nothing to choose');
  return data;
}

const data = gathered();
const placeOf = (id: string) => data.exclusions.findIndex((one) => one.id === id);
const outcomeOf = (...ids: readonly string[]) => choiceOutcome(data, new Set(ids.map(placeOf)));

test('a report without exclusions has nothing to choose', () => {
  expect(gatherChoice(sampleReport())).toBeUndefined();
});

test('an address has the beginning of an id, and all of it where two begin alike', () => {
  expect(data.exclusions.map(({ key }) => key)).toContain('046b5a');
  const report = draftedReport();
  const [first, second, ...others] = report.exclusions ?? [];
  if (first === undefined || second === undefined) throw new Error('too few exclusions');
  const alike = [{ ...first, id: '046b5affff' }, second, ...others, first];
  expect(gathered({ ...report, exclusions: alike }).exclusions.map(({ key }) => key)).toEqual(
    expect.arrayContaining(['046b5a66f9', '046b5affff']),
  );
});

describe('the sentences', () => {
  test('of all exclusions are the decision of the report', () => {
    const all = outcomeOf(...data.exclusions.map(({ id }) => id));
    expect(choiceSentences(data, all).at(-1)).toBe(decisionSentences(draftedReport()).join(' '));
    expect(all.left).toBe(0);
  });

  test('of some count what surely passes, and each attack once', () => {
    const outcome = outcomeOf('046b5a66f9', '7a4fcfc581');
    const text = choiceSentences(data, outcome).join(' ');
    expect(text).toMatch(
      /^2 of 7 exclusions are accepted\. They clear at least \d+ of \d+ false positives; the other \d+ may stay blocked\./,
    );
    expect(text).toContain('They let at most 4 of 2,618 attacks through');
  });

  test('are exact where no other exclusion frees the same field', () => {
    expect(choiceSentences(data, outcomeOf('046b5a66f9')).join(' ')).toContain(
      'It lets 3 of 2,618 attacks through that were blocked there.',
    );
  });

  test('of none say so', () => {
    expect(choiceSentences(data, outcomeOf())).toEqual(['None of 7 exclusions is accepted.']);
  });
});

test('no case counts as cleared of which a finding needs what is not chosen', () => {
  const report = draftedReport();
  const chosen = outcomeOf('046b5a66f9');
  const needs = new Map(report.findings.flatMap(({ id, cases }) => cases.map((one) => [one, id] as const)));
  for (const id of chosen.clearedFirst) expect(needs.get(id)).toMatch(/ARGS:comment/);
});

describe('another dialect', () => {
  const dialect = {
    name: 'apache-location',
    draft: {
      exclusions: [
        { id: '046b5a66f9', findings: ['f1'] },
        { id: 'wider', findings: [...(data.exclusions[0]?.findings ?? [])] },
        { id: 'wider-still', findings: data.exclusions.slice(0, 2).flatMap(({ findings }) => findings) },
        { id: 'for nothing', findings: [] },
      ],
      files: [],
    },
  };

  test('has what is chosen, and a form of its own only where all that it opens is', () => {
    expect([...chosenIn(dialect, data, outcomeOf('046b5a66f9'))]).toEqual(['046b5a66f9', 'wider']);
    expect([...chosenIn(dialect, data, outcomeOf())]).toEqual([]);
  });
});

describe('the text of a pull request', () => {
  const outcome = outcomeOf('046b5a66f9', '7a4fcfc581');
  const text = choiceMarkdown(data, outcome, [{ name: 'modsecurity/x.conf', content: '# a `file`\n' }]);

  test.each([
    '### What is opened',
    '### Why',
    '### Proof',
    '### Price by class of attack',
    '### Cases cleared',
    '### What stays blocked',
    'modsecurity/x.conf',
    'Wider than one field at one endpoint',
    'nobody has asked the engine what they come to by themselves',
  ])('has %s', (part) => expect(text).toContain(part));

  test('counts the attacks of a class once', () => {
    expect(text).toContain('| sqli | 2 |');
    expect(text).toContain('| xss | 1 |');
  });

  test('names what was not accepted', () => {
    expect(text.match(/- not accepted: /g)).toHaveLength(5);
  });
});
