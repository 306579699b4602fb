import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
// @ts-expect-error the scripts of the page are plain JavaScript
import { createFilter } from '../../../reports/templates/script/filter-cases.js';
// @ts-expect-error the scripts of the page are plain JavaScript
import { segmentText } from '../../../reports/templates/script/marked-text.js';
// @ts-expect-error the scripts of the page are plain JavaScript
import { readAddress, writeAddress } from '../../../reports/templates/script/page-address.js';
// @ts-expect-error the scripts of the page are plain JavaScript
import { createSearchTexts } from '../../../reports/templates/script/search-texts.js';
// @ts-expect-error the scripts of the page are plain JavaScript
import { createSorter } from '../../../reports/templates/script/sort-cases.js';
import { sampleReport } from '../sample-report.js';
import { dataOfReport } from './page-data.js';

const whole = dataOfReport(sampleReport());
const data = { ...whole, cases: whole.list };
const all = { q: '', verdict: '', suite: '', tag: '', outcome: '', finding: '' };

const store = {
  all: async function* () {
    yield { first: 0, cases: whole.packed };
  },
};
const texts = createSearchTexts(data, store);
await texts.complete();

describe('the filter', () => {
  const filter = createFilter(data, texts) as (criteria: typeof all) => readonly number[];
  const ids = (criteria: Partial<typeof all>) => filter({ ...all, ...criteria }).map((place) => data.cases[place]?.id);

  test('shows everything without criteria', () => {
    expect(ids({})).toHaveLength(data.cases.length);
  });

  test.each([
    [{ verdict: 'attack-missed' }, ['attacks/sqli#12']],
    [{ suite: 'Notes' }, ['notes/upload']],
    [{ tag: 'support' }, ['comments/sql-question']],
    [{ outcome: 'unexpected', suite: 'Attacks' }, ['attacks/sqli#12']],
    [{ q: 'TAUTOLOGY ARGS:q' }, ['search/names#3']],
    [{ q: 'rm -rf' }, ['comments/review']],
    [{ q: 'csrf' }, ['account/change-email']],
    [{ q: 'suites/graphql.yaml:3' }, ['graphql/query']],
    [{ finding: data.findings[0]?.id ?? '' }, ['comments/sql-question']],
    [{ finding: 'unknown' }, []],
    [{ q: 'nothing like this' }, []],
    [{ q: 'rule:942130' }, ['comments/sql-question', 'search/names#3']],
    [{ q: 'field:args:q verdict:false-positive' }, ['search/names#3']],
    [{ q: 'suite:notes -tag:none path:/api' }, ['notes/upload']],
    [{ q: 'rule:9421*  -rule:942130' }, []],
    [{ q: 'id:sql-question' }, ['comments/sql-question']],
    [{ q: 'endpoint:"GET /search" suite:search' }, ['search/names#3']],
    [{ q: 'endpoint:"GET /sear"' }, []],
    [{ q: 'score:3 suite:comments' }, ['comments/near-miss']],
    [{ q: 'score:1..4 suite:comments' }, ['comments/near-miss']],
    [{ q: 'score:..2' }, []],
    [{ q: 'score:1.. verdict:let' }, ['comments/near-miss']],
    [{ q: '"1 or 1=1; --"' }, ['comments/sql-question']],
    [{ q: 'nokey:x' }, []],
  ])('%j', (criteria, expected) => {
    expect(ids(criteria)).toEqual(expected);
  });
});

describe('the order', () => {
  const sort = createSorter(data) as (places: readonly number[], order: object) => readonly number[];
  const places = [...data.cases.keys()];
  const first = (key: string, descending = false) => data.cases[sort(places, { key, descending })[0] ?? -1]?.id;

  test('puts what needs attention first', () => {
    expect(first('verdict')).toBe('comments/sql-question');
    expect(first('case')).toBe('account/admin');
    expect(first('time', true)).toBe('account/slow');
    expect(first('score', true)).toBe('search/names#3');
    expect(first('rules', true)).toBe('search/names#3');
    expect(first('request')).toBe('account/avatar');
  });

  test('counts numbers in ids as numbers', () => {
    const sorted = sort(places, { key: 'case', descending: false }).map((place) => data.cases[place]?.id ?? '');
    expect(sorted.filter((id) => id.startsWith('prose/')).slice(0, 3)).toEqual([
      'prose/names#1',
      'prose/names#2',
      'prose/names#3',
    ]);
  });
});

test('an address says what the page shows', () => {
  const text = fc.string({ unit: 'grapheme' });
  const state = fc.record({
    criteria: fc.record({ q: text, verdict: text, suite: text, tag: text, outcome: text, finding: text }),
    order: fc.record({ key: fc.constantFrom('verdict', 'case', 'time'), descending: fc.boolean() }),
    selected: text,
    accepted: fc.array(fc.stringMatching(/^[0-9a-f]{6}$/)),
  });
  fc.assert(
    fc.property(state, (value) => {
      expect(readAddress(writeAddress(value))).toEqual(value);
    }),
  );
});

test('marks cut a text into pieces that make up the whole', () => {
  const range = fc.tuple(fc.nat(30), fc.nat(30)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
  const mark = fc
    .tuple(range, fc.boolean(), fc.constantFrom('1', '2'))
    .map(([at, exact, label]) => ({ ...at, exact, label }));
  fc.assert(
    fc.property(fc.nat(25), fc.array(mark), (length, marks) => {
      const segments = segmentText(length, marks) as readonly { start: number; end: number; label?: string }[];
      let at = 0;
      for (const { start, end, label } of segments) {
        expect(start).toBe(at);
        expect(end).toBeGreaterThan(start);
        const covering = marks.filter((one) => one.start <= start && one.end >= end);
        expect(label === undefined).toBe(covering.length === 0);
        at = end;
      }
      expect(at).toBe(length);
    }),
  );
});
