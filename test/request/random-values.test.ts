import { expect, test } from 'vitest';
import type { RandomForm } from '../../src/model/case.js';
import { encodeRequest } from '../../src/request/encode-request.js';
import { withRandomValues } from '../../src/request/random-values.js';
import { caseOf } from '../pipeline/cases.js';
import { casesOf, suiteOf } from '../suite/suite-folder.js';

function draw(form: RandomForm, length: number, seed = 1, turn = 0, token = 'TOKEN'): string {
  const request = { ...caseOf('a').request, path: `/${token}` };
  return withRandomValues(caseOf('a', { request, randomValues: [{ form, length, token }] }), {
    seed,
    turn,
  }).request.path.slice(1);
}

test.each<[RandomForm, number, RegExp]>([
  ['uuid', 36, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/],
  ['hex', 1, /^[\da-f]$/],
  ['hex', 33, /^[\da-f]{33}$/],
  ['base64', 4, /^[A-Za-z\d+/]{4}$/],
  ['base64', 1000, /^[A-Za-z\d+/]{1000}$/],
  ['token', 1, /^[\w-]$/],
  ['token', 999, /^[\w-]{999}$/],
])('%s of %i characters', (form, length, pattern) => {
  const values = Array.from({ length: 200 }, (_, turn) => draw(form, length, 1, turn));
  for (const value of values) expect(value).toMatch(pattern);
  if (length > 30) expect(new Set(values).size).toBe(200);
});

test('seed, turn and place make the value, and nothing else does', () => {
  const value = draw('hex', 32);
  expect(draw('hex', 32)).toBe(value);
  expect(draw('hex', 32, 2)).not.toBe(value);
  expect(draw('hex', 32, 1, 1)).not.toBe(value);
  expect(draw('hex', 32, 1, 0, 'OTHER')).not.toBe(value);
});

test('a case without random values is sent as it is', () => {
  const plain = caseOf('a');
  expect(withRandomValues(plain, { seed: 1, turn: 0 })).toBe(plain);
  const none = caseOf('a', { randomValues: [] });
  expect(withRandomValues(none, { seed: 1, turn: 0 })).toBe(none);
});

test('values go on as random as they begin, however long they are', () => {
  const long = draw('hex', 640);
  const blocks = Array.from({ length: 10 }, (_, index) => long.slice(index * 64, (index + 1) * 64));
  expect(new Set(blocks).size).toBe(10);
  expect(draw('hex', 64)).toBe(blocks[0]);
});

test('the length of the body is that of what is sent', async () => {
  const [one] = await casesOf({ 's.yaml': suiteOf('form: { a: !random hex 1000, b: !random base64 40 }') });
  if (one === undefined) throw new Error('no case');
  const { body, headers } = encodeRequest(withRandomValues(one, { seed: 1, turn: 0 }).request);
  expect(new Map(headers).get('Content-Length')).toBe(`${body.length}`);
  expect(new URLSearchParams(Buffer.from(body).toString()).get('a')).toHaveLength(1000);
  expect(new URLSearchParams(Buffer.from(body).toString()).get('b')).toHaveLength(40);
});
