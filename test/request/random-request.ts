import fc from 'fast-check';
import type { JsonValue, Pair, Part, RequestBody, RequestSpec } from '../../src/model/request.js';

const text = fc.string({ maxLength: 8 });
/** Plain names: what looks like another engine's name for something else has two meanings. */
const names = (prefix: string) => fc.nat({ max: 9 }).map((n) => `${prefix}${n}`);
const pairs = (prefix: string, value = text) =>
  fc.uniqueArray(fc.tuple(names(prefix), value), { maxLength: 4, selector: ([name]) => name });

const scalar = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
const json = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
    fc.dictionary(names('m'), tie('value'), { minKeys: 1, maxKeys: 3 }),
  ),
})).value;

const part: fc.Arbitrary<Part> = fc.record(
  { name: names('p'), filename: names('file'), type: fc.constant('text/plain'), content: fc.record({ text }) },
  { requiredKeys: ['name', 'content'] },
);

const body: fc.Arbitrary<RequestBody> = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  pairs('f').map((fields) => ({ kind: 'form' as const, fields })),
  json.map((value) => ({ kind: 'json' as const, value })),
  fc
    .uniqueArray(part, { maxLength: 3, selector: ({ name }) => name })
    .map((parts) => ({ kind: 'multipart' as const, boundary: 'b', parts })),
  fc.string({ minLength: 1, maxLength: 8 }).map((raw) => ({ kind: 'raw' as const, content: { text: raw } })),
  json.map((value) => ({ kind: 'raw' as const, content: { text: JSON.stringify(value) } })),
);

/** Requests of all kinds, in which no name is there twice. */
export const randomRequest: fc.Arbitrary<RequestSpec> = fc
  .record({
    query: pairs('q'),
    headers: pairs('X-H'),
    cookies: pairs('c', fc.constantFrom('1', 'a b', 'x=y')),
    body,
    isJson: fc.boolean(),
  })
  .map(({ isJson, headers, ...rest }) => ({
    method: 'POST',
    path: '/a',
    ...rest,
    headers: isJson && rest.body.kind === 'raw' ? [...headers, ['Content-Type', 'application/json'] as Pair] : headers,
    omittedHeaders: [],
  }));

/** JSON of so many objects and arrays in one another. */
export function nestedJson(levels: number): JsonValue {
  let value: JsonValue = 'x';
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? { a: value } : [value];
  return value;
}
