import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DraftRequest, SuiteDraft } from '../../src/record/suite-draft.js';
import { writeSuite } from '../../src/record/write-suite.js';
import { casesOf } from '../suite/suite-folder.js';

const plain: DraftRequest = {
  method: 'GET',
  path: '/',
  query: [],
  headers: [
    ['User-Agent', 'a'],
    ['Accept', 'b'],
  ],
  cookies: [],
  body: { kind: 'none' },
  omittedHeaders: [],
};

function suiteOf(requests: readonly DraftRequest[], tags: readonly (readonly string[])[] = []): SuiteDraft {
  const cases = requests.map((request, i) => ({ id: `${i}`, because: 'why', tags: tags[i] ?? [], request }));
  return { file: 's.yaml', title: 'S', source: 'a\nb', intent: 'attack', cases };
}

describe('a written suite', () => {
  test('says once what all cases share', async () => {
    const other: DraftRequest = { ...plain, path: '/b', headers: [...plain.headers, ['X', '1']] };
    const draft = suiteOf(
      [plain, other],
      [
        ['t', 'u'],
        ['v', 't'],
      ],
    );
    expect(writeSuite(draft)).toBe(`# Imported from a\\nb
suite: S
intent: attack
defaults:
  tags: [t]
  headers:
    User-Agent: a
    Accept: b
cases:
  - id: "0"
    because: why
    tags: [u]
    path: /
  - id: "1"
    because: why
    tags: [v]
    path: /b
    headers:
      X: "1"
`);
    const [first] = await casesOf({ 's.yaml': writeSuite(draft) });
    expect(first).toMatchObject({ id: 's/0', because: 'why', intent: 'attack', tags: ['t', 'u'] });
  });

  test('keeps a header that comes twice out of the defaults', async () => {
    const twice: DraftRequest = { ...plain, headers: [...plain.headers, ['accept', 'c']] };
    const loaded = await casesOf({ 's.yaml': writeSuite(suiteOf([plain, twice])) });
    expect(loaded.map(({ request }) => request)).toEqual([plain, twice]);
  });

  const text = fc.string({ unit: 'grapheme' });
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,5}$/);
  const headerValue = text.filter((value) => !/[\r\n\0]/.test(value));
  const pairs = fc.array(fc.tuple(text, text), { maxLength: 3 });
  const own = fc
    .array(fc.tuple(fc.oneof(name, fc.constantFrom('Host', 'Cookie', 'Content-Type')), headerValue), { maxLength: 4 })
    .filter((headers) => headers.every(([header]) => !/^(user-agent|accept)$/i.test(header)));
  const body = fc.oneof(
    fc.constant({ kind: 'none' as const }),
    pairs.map((fields) => ({ kind: 'form' as const, fields })),
    text.map((content) => ({ kind: 'raw' as const, content: { text: content } })),
    fc.constant({ kind: 'raw' as const, content: { base64: '/wD+' } }),
  );
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PATCH', 'X-Y'),
    path: text.map((rest) => `/${rest}`),
    query: pairs,
    headers: own.map((headers) => [...plain.headers, ...headers]),
    cookies: fc.array(fc.tuple(text, headerValue), { maxLength: 2 }),
    body,
    omittedHeaders: fc.constantFrom<readonly string[]>([], ['content-length', 'x-omitted']),
  });

  test('loads to the requests that were written, whatever is in them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 3 }), async (requests) => {
        const loaded = await casesOf({ 's.yaml': writeSuite(suiteOf(requests)) });
        expect(loaded.map((one) => one.request)).toEqual(requests);
      }),
      { numRuns: 100 },
    );
  });
});
