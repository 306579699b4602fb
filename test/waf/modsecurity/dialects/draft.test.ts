import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConfigurationDraft } from '../../../../src/model/draft.js';
import type { Exclusion, ExclusionChange } from '../../../../src/model/exclusion.js';
import { joinDraft } from '../../../../src/model/join-draft.js';
import { numberKeys } from '../../../../src/model/number-keys.js';
import { dialectNames, dialectOf } from '../../../../src/waf/modsecurity/dialects/dialects.js';
import { type EngineName, engineNames } from '../../../../src/waf/modsecurity/dialects/rule-dialect.js';
import { narrowest, needs, notes } from './scenario.js';

/** Few places and rules, so that exclusions meet: in an endpoint, a location, a limit, an action. */
const changes: fc.Arbitrary<ExclusionChange> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('q', 'text', 'a b', 'ü', 'x'.repeat(900)).map(withoutField) },
  fc.constant({ effect: 'remove-rule' } as const),
  fc
    .constantFrom('GET POST', 'GET PUT')
    .map((value) => ({ effect: 'change-setting', setting: { name: 'allowed_methods', value } }) as const),
  fc
    .record({ insteadOf: fc.constantFrom(200_000, 200_001), reading: fc.constantFrom('form', 'json') })
    .map(({ insteadOf, reading }) => ({ effect: 'read-body-as', reading, insteadOf }) as const),
  fc.constant({ effect: 'leave-body-unread' } as const),
  fc
    .record({
      limit: fc.constantFrom('body', 'arguments', 'json-depth', 'matching'),
      value: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ limit, value }) => ({ effect: 'raise-limit', limit, value }) as const),
);

function withoutField(key: string): ExclusionChange {
  return { effect: 'remove-target', variable: { collection: 'ARGS', key } };
}

const exclusions: fc.Arbitrary<readonly Exclusion[]> = fc
  .array(
    fc.record({
      change: changes,
      path: fc.constantFrom(undefined, '/a', '/a%62', '/ab', '/{number}/b', '/7/b', '/8/b'),
      method: fc.constantFrom(undefined, 'POST', 'PUT'),
      ruleIds: fc.uniqueArray(fc.constantFrom(942_100, 942_190, 933_110, 200_002), { minLength: 1 }),
      findings: fc.uniqueArray(fc.constantFrom('f1', 'f2', '/profile')),
    }),
    { maxLength: 14 },
  )
  .map((list) =>
    list.map(({ change, path, method, ...rest }, place): Exclusion => {
      const scope = { ...(path !== undefined && { path }), ...(method !== undefined && { method }) };
      return { id: `x${place}`, scope, ...rest, ...change };
    }),
  );

const engines: readonly (readonly EngineName[])[] = [...engineNames.map((engine) => [engine]), engineNames];

/** As who has the report gets it. */
function saved(draft: ConfigurationDraft | undefined): ConfigurationDraft {
  if (draft === undefined) throw new Error('no draft');
  return JSON.parse(JSON.stringify(draft));
}

describe.each(dialectNames)('the draft of %s', (name) => {
  test.each(engines)('for some of the exclusions is what is written for them alone, on %s', (...on) => {
    const dialect = dialectOf(name, on);
    fc.assert(
      fc.property(exclusions, fc.func(fc.boolean()), (all, isChosen) => {
        const possible = all.filter((one) => dialect?.obstacle(one) === undefined);
        const some = possible.filter(({ id }) => isChosen(id));
        const isPart = some.length < possible.length;
        const alone = dialect?.write(some, isPart ? { ...notes, partOf: possible.length } : notes);
        const draft = saved(dialect?.write(possible, notes).draft);
        expect(joinDraft(draft, new Set(some.map(({ id }) => id))).files).toEqual(alone?.files);
      }),
      { numRuns: 150 },
    );
  });

  test('for all exclusions is what is written', () => {
    const dialect = dialectOf(name, ['modsecurity3']);
    if (dialect === undefined) throw new Error(`no dialect ${name}`);
    const written = dialect.write(
      needs.map((need) => narrowest(dialect, need)),
      notes,
    );
    const draft = saved(written.draft);
    expect(joinDraft(draft, new Set(draft.exclusions.map(({ id }) => id))).files).toEqual(written.files);
  });

  test('for some of them says that they are a part', () => {
    const dialect = dialectOf(name, ['modsecurity3']);
    if (dialect === undefined) throw new Error(`no dialect ${name}`);
    const draft = saved(
      dialect.write(
        needs.slice(0, 3).map((need) => narrowest(dialect, need)),
        notes,
      ).draft,
    );
    const [first = ''] = draft.exclusions.map(({ id }) => id);
    const text = joinDraft(draft, new Set([first]))
      .files.map(({ content }) => content)
      .join('');
    expect(text).toContain(
      '# A part of 3 exclusions that were verified together: what needs the others stays blocked.',
    );
    expect(text).not.toContain('With all files of this folder');
  });
});

test('two rules of which each wants the same number have different ones, in any subset', () => {
  const numbering = {
    first: 10,
    range: 3,
    taken: [],
    hashes: [
      ['a', 1],
      ['b', 1],
      ['c', 4],
    ],
  } as const;
  expect([...numberKeys(['c', 'a', 'b'], numbering)]).toEqual([
    ['a', 11],
    ['b', 12],
    ['c', 14],
  ]);
  expect([...numberKeys(['b'], numbering)]).toEqual([['b', 11]]);
});
