import { describe, expect, it } from 'vitest';
import type { Exclusion } from '../../../../src/model/exclusion.js';
import { recogniseNames } from '../../../../src/request/recognise-names.js';
import { dialectOf } from '../../../../src/waf/modsecurity/dialects/dialects.js';
import { numbered } from '../../../../src/waf/modsecurity/dialects/rule-dialect.js';
import { generaliseNames } from '../../../../src/waf/modsecurity/prover/generalise-names.js';
import {
  endpoint,
  hitOf,
  inWords,
  ladderInWords,
  type Removal,
  variableOf,
  withoutRules,
  withoutVariable,
} from '../../../exclude/exclusions.js';
import { request, search, subject } from '../../../exclude/searching.js';

const dialect = dialectOf('modsecurity', ['modsecurity3']);

function generalise(exclusions: readonly Exclusion[], elements?: number, readBy = dialect): readonly Exclusion[] {
  if (readBy === undefined) throw new Error('no such dialect');
  const how = { dialect: numbered(readBy, 1), elements, recognise: recogniseNames([]) };
  return generaliseNames(exclusions, how);
}

const scope = { method: 'POST', path: '/a' };

function exclusion(key: string, ruleIds: readonly number[] = [1], more: Partial<Removal> = {}): Exclusion {
  const variable = { collection: 'ARGS', key };
  return { id: key, findings: [], effect: 'remove-target', ruleIds, variable, scope, json: true, ...more };
}

describe('exclusions for elements of an array', () => {
  it('become one, for ten elements at least', () => {
    const merged = generalise([exclusion('json.a.array_0.b', [1]), exclusion('json.a.array_3.b', [2])]);
    expect(merged).toMatchObject([
      { variable: { key: 'json.a.array_*.b' }, elements: 10, ruleIds: [1, 2], json: true },
    ]);
  });

  it('become one where one element only was seen, and for all up to the last', () => {
    expect(generalise([exclusion('json.a.array_0.b')])).toMatchObject([{ elements: 10 }]);
    expect(generalise([exclusion('json.a.array_11.b')])).toMatchObject([{ elements: 12 }]);
    expect(generalise([exclusion('json.a.array_0.array_0.array_1')])).toMatchObject([{ elements: 5 }]);
  });

  it('are good for as many elements as the user says', () => {
    expect(generalise([exclusion('json.a.array_1')], 5)).toMatchObject([{ elements: 5 }]);
    expect(generalise([exclusion('json.a.array_7')], 5)).toMatchObject([{ elements: 8 }]);
  });

  it('do not mix endpoints, or fields of elements', () => {
    const apart = [
      exclusion('json.a.array_0.b'),
      exclusion('json.a.array_1.c'),
      exclusion('json.a.array_1.b', [1], { scope: { ...scope, path: '/b' } }),
    ];
    expect(generalise(apart).map((one) => variableOf(one)?.key)).toHaveLength(3);
  });

  it('stay single where so many elements would need more rules than a reader can check', () => {
    const far = [exclusion('json.a.array_0'), exclusion('json.a.array_5000000')];
    expect(generalise(far)).toHaveLength(2);
    expect(generalise(far)[0]?.looksGenerated).toEqual(['ARGS:json.a.array_0']);
    expect(generalise([exclusion('json.a.array_0.array_0.array_0')], 50)).toHaveLength(1);
    expect(generalise([exclusion('json.a.array_0.array_0.array_0')], 50)[0]).not.toHaveProperty('elements');
  });

  it('have the forms that were considered for each, where any were', () => {
    const rung = (key: string) =>
      ({
        effect: 'remove-target',
        ruleIds: [1],
        variables: [{ collection: 'ARGS', key }],
        scope,
        outcome: 'chosen',
      }) as const;
    const keys = ['json.a.array_0', 'json.a.array_1'];
    const [merged] = generalise(keys.map((key) => ({ ...exclusion(key), ladder: [rung(key)] })));
    expect(merged?.ladder?.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))).toEqual(
      keys.map(rung),
    );
    expect(generalise(keys.map((key) => exclusion(key)))).toMatchObject([{ ladder: [] }]);
  });

  it('have the rules of each, in order and each once', () => {
    const some = [exclusion('json.a.array_0', [30, 4]), exclusion('json.a.array_2', [100, 4])];
    expect(generalise(some)).toMatchObject([{ ruleIds: [4, 30, 100] }]);
  });

  it('have the same id whichever elements were seen, and another one than those of another array', () => {
    const idsOf = (field: string, ...indices: readonly number[]) =>
      generalise(indices.map((index) => exclusion(`json.items.array_${index}.${field}`))).map(({ id }) => id);
    expect(idsOf('text', 0, 1)).toHaveLength(1);
    expect(idsOf('text', 2, 5)).toEqual(idsOf('text', 0, 1));
    expect(idsOf('title', 0, 1)).not.toEqual(idsOf('text', 0, 1));
  });

  it('may be as many as a reader can check, and no more', () => {
    expect(generalise([exclusion('json.a.array_0')], 200)).toMatchObject([{ elements: 200 }]);
    expect(generalise([exclusion('json.a.array_0')], 201)[0]).not.toHaveProperty('elements');
  });
});

it('leaves what is no element as it is, in the order of ids', () => {
  const others = ['c', 'a', 'b'].map((id) => exclusion('q', [7], { id, scope: { path: `/${id}` } }));
  const sorted = others.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(generalise(others, 10)).toEqual(sorted);
  expect(generalise(others.toReversed())).toEqual(sorted);
});

const element = (index: number, field: string) => `ARGS:json.items.array_${index}.${field}`;

describe('the exclusion for all elements of an array', () => {
  it('has the rules of each, in their order', () => {
    const some = [withoutVariable(element(0, 'text'), [30, 4]), withoutVariable(element(2, 'text'), [100, 4])];
    const [merged, ...others] = generalise(some);
    expect(merged && inWords(merged)).toBe('4, 30, 100 without ARGS:json.items.array_*.text at POST /a');
    expect(others).toEqual([]);
  });

  it('has the forms that were considered for each', () => {
    const hits = [hitOf(7, element(0, 'text')), hitOf(7, element(1, 'text'))];
    const body = { kind: 'json', value: { items: [{ text: 'a' }, { text: 'b' }] } } as const;
    const { exclusions } = search([{ ...subject('s', ...hits), request: { ...request, body } }], () => []);
    const [merged] = generalise(exclusions);
    expect(
      merged &&
        ladderInWords(merged)
          .filter((rung) => rung.startsWith('chosen'))
          .toSorted(),
    ).toEqual([
      `chosen: 7 without ${element(0, 'text')} at POST /a`,
      `chosen: 7 without ${element(1, 'text')} at POST /a`,
    ]);
    expect(merged).toMatchObject({ effect: 'remove-target', json: true, elements: 10 });
  });

  it('has the same id whichever elements were seen, and another one than that of another array', () => {
    const idOf = (field: string, ...indices: readonly number[]) =>
      generalise(indices.map((index) => withoutVariable(element(index, field), [7]))).map(({ id }) => id);
    expect(idOf('text', 0, 1)).toHaveLength(1);
    expect(idOf('text', 2, 5)).toEqual(idOf('text', 0, 1));
    expect(idOf('title', 0, 1)).not.toEqual(idOf('text', 0, 1));
  });

  it('has no forms where none were considered', () => {
    const some = [0, 1].map((index) => withoutVariable(element(index, 'text'), [7]));
    expect(generalise(some)).toMatchObject([{ ladder: [] }]);
  });

  it('may have as many elements as a reader can check, and no more', () => {
    expect(generalise([withoutVariable(element(0, 'text'), [7])], 200)).toMatchObject([{ elements: 200 }]);
    expect(generalise([withoutVariable(element(0, 'text'), [7])], 201)[0]).not.toHaveProperty('elements');
  });
});

describe('what is no element of an array', () => {
  const others = [
    withoutVariable('ARGS:q', [7], { id: 'c' }),
    withoutRules([7], { id: 'a' }),
    withoutVariable('REQUEST_HEADERS:Referer', [7], { id: 'b' }),
  ];

  it('stays as it is, whatever number of elements the user names', () => {
    expect(generalise(others, 10).map(inWords).toSorted()).toEqual(others.map(inWords).toSorted());
  });

  it('is in the order of its ids, whatever order it had', () => {
    const ids = (some: readonly (typeof others)[number][]) => generalise(some).map(({ id }) => id);
    expect(ids(others)).toEqual(['a', 'b', 'c']);
    expect(ids(others.toReversed())).toEqual(['a', 'b', 'c']);
  });
});

describe('exclusions for names with a generated part', () => {
  const custom = (row: number, ruleIds: readonly number[] = [7]) =>
    withoutVariable(`ARGS:custom[${row}][name]`, ruleIds);

  it('become one for every request where an engine takes a pattern only there', () => {
    expect(generalise([custom(47, [7, 9]), custom(48)])).toMatchObject([
      {
        variable: { collection: 'ARGS', key: 'custom[{number}][name]' },
        scope: {},
        ruleIds: [7, 9],
        widerBecause: 'a rule for single requests takes no pattern for names such as ARGS:custom[{number}][name]',
      },
    ]);
  });

  it('become one at their endpoint in Coraza, and at their path in a location of nginx', () => {
    expect(generalise([custom(47)], undefined, dialectOf('coraza', ['coraza']))).toMatchObject([{ scope: endpoint }]);
    expect(generalise([custom(47)], undefined, dialectOf('nginx-location', ['modsecurity3']))).toMatchObject([
      { scope: { path: endpoint.path } },
    ]);
  });

  it('become one though they are for several endpoints', () => {
    const other = withoutVariable('ARGS:custom[1][name]', [8], { scope: { method: 'POST', path: '/b' } });
    expect(generalise([custom(47), other])).toMatchObject([{ scope: {}, ruleIds: [7, 8] }]);
  });

  it('keep their name, and say what looks generated, where no pattern can be told', () => {
    const apache = dialectOf('apache-location', ['modsecurity2']);
    const names = withoutVariable('ARGS_NAMES:custom[47][name]', [7]);
    expect(generalise([names])).toEqual([{ ...names, looksGenerated: ['ARGS_NAMES:custom[47][name]'] }]);
    expect(generalise([custom(47)], undefined, apache)).toMatchObject([{ looksGenerated: ['ARGS:custom[47][name]'] }]);
  });

  it('keep their name, and say so, where it may be a fixed one', () => {
    const line = withoutVariable('ARGS:address_line_1', [7]);
    expect(generalise([line])).toEqual([{ ...line, looksGenerated: ['ARGS:address_line_1'] }]);
    const plain = ['ARGS:address2', 'ARGS:q1', 'ARGS:utf8', 'REQUEST_HEADERS:X-17', 'TX:1'].map((name) =>
      withoutVariable(name, [7]),
    );
    expect(generalise(plain)).toEqual(expect.arrayContaining(plain));
  });

  it('have the name as it is among the forms that will not do', () => {
    const hits = [hitOf(7, 'ARGS:custom[47][name]')];
    const { exclusions } = search([subject('s', ...hits)], () => []);
    const [merged] = generalise(exclusions);
    expect(merged && ladderInWords(merged)).toEqual([
      'insufficient: 7 without ARGS:custom[47][name] at POST /a',
      'impossible: 7 without ARGS:custom[{number}][name] at POST /a',
      'impossible: 7 without ARGS:custom[{number}][name] at /a',
      'chosen: 7 without ARGS:custom[{number}][name] everywhere',
      'wider: 7 removed at POST /a',
    ]);
  });
});
