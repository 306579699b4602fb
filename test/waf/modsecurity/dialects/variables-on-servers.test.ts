import { describe, expect, onTestFinished, test } from 'vitest';
import type { Variable } from '../../../../src/model/evidence.js';
import type { Exclusion } from '../../../../src/model/exclusion.js';
import { modsecurityDialect } from '../../../../src/waf/modsecurity/dialects/modsecurity-dialect.js';
import { type EngineName, engineNames } from '../../../../src/waf/modsecurity/dialects/rule-dialect.js';
import { buildTimeoutMs } from '../../../coraza/caddy-build.js';
import { formType, type Sent } from '../lab/server-fixture.js';
import { notes } from './scenario.js';
import { leaveOutEngine, startEngine, statuses } from './servers.js';

/** A variable as libmodsecurity 3 names it, what a rule calls it, and a request that has a word there. */
interface Place {
  readonly variable: Variable;
  readonly target: string;
  readonly sent: (word: string) => Sent;
  readonly isJson?: true;
  readonly elements?: number;
}

const path = '/places';
const at = (target: string, key: string, sent: Place['sent']): Place => ({
  target,
  variable: { collection: target.replace(/:.*/, ''), key },
  sent,
});
const whole = (collection: string, sent: Place['sent']): Place => ({
  target: collection,
  variable: { collection },
  sent,
});
const get = (more: Partial<Sent>): Sent => ({ method: 'GET', path, ...more });
const form = (body: string): Sent => ({ method: 'POST', path, body, headers: formType });
const xml = (body: string): Sent => ({ method: 'POST', path, body, headers: { 'Content-Type': 'text/xml' } });
const part = (name: string, more: string): Sent => ({
  method: 'POST',
  path,
  body: `--B\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\nx\r\n--B--\r\n`,
  headers: { 'Content-Type': 'multipart/form-data; boundary=B' },
});

function json(key: string, valueWith: (word: string) => unknown, elements?: number): Place {
  return {
    target: 'ARGS',
    variable: { collection: 'ARGS', key },
    isJson: true,
    ...(elements !== undefined && { elements }),
    sent: (word) => ({
      method: 'POST',
      path,
      body: JSON.stringify(valueWith(word)),
      headers: { 'Content-Type': 'application/json' },
    }),
  };
}

const places: readonly Place[] = [
  at('ARGS', 'q', (word) => form(`q=${word}`)),
  at('ARGS_GET', 'q', (word) => get({ path: `${path}?q=${word}` })),
  at('ARGS_POST', 'q', (word) => form(`q=${word}`)),
  { ...at('ARGS_NAMES', '', (word) => form(`${word}=1`)), variable: { collection: 'ARGS_NAMES', key: 'WORD' } },
  at('REQUEST_COOKIES', 'prefs', (word) => get({ headers: { Cookie: `prefs=${word}` } })),
  at('REQUEST_COOKIES', 'a.b-c', (word) => get({ headers: { Cookie: `a.b-c=${word}` } })),
  {
    ...at('REQUEST_COOKIES_NAMES', '', (word) => get({ headers: { Cookie: `${word}=1` } })),
    variable: { collection: 'REQUEST_COOKIES_NAMES', key: 'WORD' },
  },
  at('REQUEST_HEADERS', 'Referer', (word) => get({ headers: { Referer: word } })),
  at('REQUEST_HEADERS', 'Referer', (word) => get({ headers: { referer: word } })),
  at('REQUEST_HEADERS', 'X-Filter', (word) => get({ headers: { 'X-Filter': word } })),
  at('REQUEST_HEADERS:Referer', 'Referer', (word) => get({ headers: { Referer: word } })),
  at('FILES', 'photo', (word) => part('photo', `; filename="${word}.txt"`)),
  {
    ...at('FILES_NAMES', '', (word) => part(word, '; filename="a.txt"')),
    variable: { collection: 'FILES_NAMES', key: 'WORD' },
  },
  at('MULTIPART_PART_HEADERS', 'photo', (word) => part('photo', `\r\nX-Note: ${word}`)),
  at('XML:/*', '/*', (word) => xml(`<a><b>${word}</b></a>`)),
  at('XML://@*', '//@*', (word) => xml(`<a b="${word}">fine</a>`)),
  json('json.a', (word) => ({ a: word })),
  json('json.a.b', (word) => ({ a: { b: word } })),
  json('json.items.array_*.note', (word) => ({ items: [{ note: 'fine' }, { note: word }] }), 2),
  json('json.items.array_*.note', (word) => ({ items: [{ note: word }, { note: word }] }), 2),
  json('json.tags.array_*', (word) => ({ tags: [word, 'fine', word] }), 3),
  json('json.array_*.k', (word) => [{ k: word }], 2),
  json('json.array_*', (word) => ['fine', word], 2),
  json('json.n.array_*.array_*', (word) => ({ n: [['fine', word], [word]] }), 2),
  json('json.rows.array_*.cells.array_*.text', (word) => ({ rows: [{ cells: [{ text: word }] }] }), 2),
  json('json.a.empty-key', (word) => ({ a: { '': word } })),
  json('json.User.Name', (word) => ({ User: { Name: word } })),
  json('json', (word) => word),
  whole('REQUEST_BODY', (word) => form(`q=${word}`)),
  whole('REQUEST_URI', (word) => get({ path: `${path}?${word}` })),
  whole('QUERY_STRING', (word) => get({ path: `${path}?${word}` })),
  whole('REQUEST_LINE', (word) => get({ path: `${path}?${word}` })),
];

/** Each place has a rule and a word of its own, so that one server answers for all of them. */
const words = places.map((_, i) => `evil${i}x`);
const ruleOf = (i: number) => 942_500 + i;
const rules = `${places
  .map(({ target }, i) => `SecRule ${target} "@contains ${words[i]}" "id:${ruleOf(i)},phase:2,deny,status:403"`)
  .join('\n')}\n`;

function exclude({ variable, isJson, elements }: Place, i: number, scope: Exclusion['scope']): Exclusion {
  const { key, ...others } = variable;
  const named = { ...others, ...(key !== undefined && { key: key.replace('WORD', words[i] ?? '') }) };
  return {
    id: `${i} ${variable.collection}:${key}`,
    findings: [],
    effect: 'remove-target',
    ruleIds: [ruleOf(i)],
    variable: named,
    scope,
    ...(isJson && { json: true }),
    ...(elements !== undefined && { elements }),
  };
}

/** What is refused at an endpoint, and in every request. Whole variables never are excluded everywhere. */
const refused: Readonly<Record<EngineName, readonly (readonly string[])[]>> = {
  modsecurity2: [
    ['XML://@*', 'ARGS:json'],
    ['FILES_NAMES:WORD', 'ARGS:json'],
  ],
  modsecurity3: [['XML://@*'], []],
  coraza: [
    ['FILES:photo', 'FILES_NAMES:WORD'],
    ['FILES:photo', 'FILES_NAMES:WORD'],
  ],
};
const wholes = ['REQUEST_BODY', 'REQUEST_URI', 'QUERY_STRING', 'REQUEST_LINE'];

describe.each(engineNames)('variables on %s', (engine) => {
  describe.skipIf(leaveOutEngine(engine))('', () => {
    test(
      'are all found where nothing is excluded',
      async () => {
        expect(await answers(engine, [engine], [])).toEqual(places.map(() => 403));
      },
      buildTimeoutMs,
    );

    test.each([
      { where: 'at an endpoint', scope: { method: 'POST', path }, row: 0, never: [] },
      { where: 'in every request', scope: {}, row: 1, never: wholes },
    ])(
      'are excluded $where, or refused',
      async ({ scope, row, never }) => {
        const dialect = modsecurityDialect([engine]);
        const all = places.map((place, i) => exclude(place, i, scopeFor(place, i, scope)));
        const impossible = all.filter((one) => dialect.obstacle(one) !== undefined);
        const expected = [...(refused[engine][row] ?? []), ...never];
        expect(impossible.map(({ id }) => id.replace(/^\d+ /, '').replace(/:undefined$/, '')).sort()).toEqual(
          [...expected].sort(),
        );
        const possible = all.filter((one) => !impossible.includes(one));
        expect(await answers(engine, [engine], possible)).toEqual(
          all.map((one) => (possible.includes(one) ? 200 : 403)),
        );
      },
      buildTimeoutMs,
    );

    test(
      'are excluded by what is written for every engine',
      async () => {
        const dialect = modsecurityDialect(engineNames);
        const all = places.map((place, i) => exclude(place, i, scopeFor(place, i, { method: 'POST', path })));
        const possible = all.filter((one) => dialect.obstacle(one) === undefined);
        expect(possible.length).toBe(places.length - 4);
        expect(await answers(engine, engineNames, possible)).toEqual(
          all.map((one) => (possible.includes(one) ? 200 : 403)),
        );
      },
      buildTimeoutMs,
    );
  });
});

function scopeFor(place: Place, i: number, scope: Exclusion['scope']): Exclusion['scope'] {
  return scope.method === undefined ? scope : { ...scope, method: place.sent(words[i] ?? '').method ?? 'GET' };
}

async function answers(on: EngineName, writtenFor: readonly EngineName[], exclusions: readonly Exclusion[]) {
  const [before = '', after = ''] = modsecurityDialect(writtenFor)
    .write(exclusions, notes)
    .files.map(({ content }) => content);
  const server = await startEngine(on, { before: [before], after: [after], rules });
  onTestFinished(() => server.close());
  expect(server.said()).not.toMatch(/Error parsing rule targets/);
  return statuses(
    server,
    places.map(({ sent }, i) => sent(words[i] ?? '')),
  );
}
