import { expect, test } from 'vitest';
import { fillerOf, fillRequest } from '../../src/request/fill-request.js';
import { casesOf, load, problemListOf, problemsOf, suiteOf } from './suite-folder.js';

const everywhere = `path: /
query: { q: !random uuid }
headers: { H: !random hex }
cookies: [[c, !random token 12]]
json: { a: [!random base64 8, { b: !random hex 3 }] }`;

test('!random stands wherever a value may, and each place has a value of its own', async () => {
  const [one] = await casesOf({ 's.yaml': suiteOf(everywhere) });
  const values = one?.randomValues ?? [];
  expect(values.map(({ form, length }) => `${form} ${length}`)).toEqual(
    expect.arrayContaining(['uuid 36', 'hex 32', 'token 12', 'base64 8', 'hex 3']),
  );
  expect(new Set(values.map(({ token }) => token)).size).toBe(5);
  const fill = fillerOf(values.map(({ token, form, length }) => ({ token, value: `${form}${length}` })));
  expect(one && fillRequest(one.request, fill)).toMatchObject({
    query: [['q', 'uuid36']],
    headers: expect.arrayContaining([['H', 'hex32']]),
    cookies: [['c', 'token12']],
    body: { kind: 'json', value: { a: ['base648', { b: 'hex3' }] } },
  });
});

test('in parts and bodies', async () => {
  for (const request of ['body: !random hex', 'multipart: [{ name: a, filename: !random hex, value: !random uuid }]']) {
    const [one] = await casesOf({ 's.yaml': suiteOf(request) });
    for (const { token } of one?.randomValues ?? [{ token: 'none' }])
      expect(JSON.stringify(one?.request)).toContain(token);
  }
});

test('an alias stands for the same value; of the defaults, each case has another', async () => {
  const suite = `suite: S
defaults: { headers: { X: !random hex } }
cases:
  - { id: a, form: { x: &v !random hex, y: *v } }
  - { id: b }`;
  const cases = await casesOf({ 's.yaml': suite });
  expect(cases.map(({ randomValues }) => randomValues?.length)).toEqual([2, 1]);
  expect(new Set(cases.flatMap(({ randomValues = [] }) => randomValues.map(({ token }) => token))).size).toBe(3);
});

test('a case without it says nothing of it', async () => {
  const files = { 's.yaml': suiteOf('path: /') };
  expect((await casesOf(files))[0]).not.toHaveProperty('randomValues');
  expect([(await load(files)).random, (await load({ 's.yaml': suiteOf('body: !random hex') })).random]).toEqual([
    false,
    true,
  ]);
});

test.each([
  ['hexx', /not "hexx"; did you mean "hex"/],
  ['""', /not nothing/],
  ['hex 0', /from 1 to 1000000/],
  ['hex 1000001', /from 1 to 1000000/],
  ['hex 1e3', /from 1 to 1000000/],
  ['hex -3', /from 1 to 1000000/],
  ['hex 3 4', /from 1 to 1000000/],
  ['uuid 36', /always has 36/],
  ['base64 7', /4, 8, 12/],
  ['[hex, 3]', /not a list/],
])('!random %s is a problem, with its place', async (words, message) => {
  const files = { 's.yaml': suiteOf(`form: { x: !random ${words} }`) };
  expect(await problemsOf(files)).toEqual(['SUITE_INVALID s.yaml:4:16']);
  expect((await problemListOf(files))[0]?.message).toMatch(message);
});

test('a misspelt tag is recognized', async () => {
  expect((await problemListOf({ 's.yaml': suiteOf('body: !randm hex') }))[0]?.message).toContain('"!random"');
});
