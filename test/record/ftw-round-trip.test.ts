import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeRequest } from '../../src/request/encode-request.js';
import { importFtw, testOf } from './import-ftw.js';

const formType = 'application/x-www-form-urlencoded';

interface Input {
  readonly method: string;
  readonly uri: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: string;
  readonly autocomplete_headers: boolean;
}

const ascii = fc.string({ unit: 'grapheme-ascii' });
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  ascii,
  fc.constantFrom('a=1&b=%20', 'a=b+c', 'x=<b>&y=é', '{"a":1}'),
);
const value = ascii.filter((given) => !/[\r\n\0]/.test(given));

const input: fc.Arbitrary<Input> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS'),
  uri: fc.stringMatching(/^\/[!-~]{0,20}$/),
  headers: fc.record(
    {
      Host: fc.constantFrom('localhost', 'example.com'),
      Accept: value,
      Referer: value,
      Cookie: value,
      'Content-Type': fc.constantFrom(formType, 'application/json', 'text/xml', ''),
    },
    { requiredKeys: [] },
  ),
  data: text.filter((given) => !given.includes('{{')),
  autocomplete_headers: fc.boolean(),
});

/** Go's `url.QueryEscape`. */
function queryEscape(part: string): string {
  const escapes = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return part.replace(/[^A-Za-z0-9_.~-]/gu, (char) =>
    char === ' ' ? '+' : [...Buffer.from(char)].map(escapes).join(''),
  );
}

/** What go-ftw sends, as its source says (ftwhttp/request.go). */
function sentByGoFtw({ headers, data, autocomplete_headers }: Input) {
  const type = headers['Content-Type'] || (autocomplete_headers && data !== '' ? formType : headers['Content-Type']);
  const encodes = autocomplete_headers && type === formType && !/[%+]/.test(data);
  const tokens = data
    .replace(/&$/, '')
    .split('&')
    .map((token) => token.split(/=(.*)/s).slice(0, 2).map(queryEscape).join('='));
  return { type, encodes, body: encodes ? tokens.join('&') : data };
}

test('a suite sends what go-ftw sends', async () => {
  await fc.assert(
    fc.asyncProperty(input, async (given) => {
      const { cases } = await importFtw({ '942100.yaml': testOf(given) });
      const [{ request } = { request: undefined }] = cases;
      if (request === undefined) throw new Error('nothing was imported');
      const wire = encodeRequest(request);
      const expected = sentByGoFtw(given);
      expect([wire.method, wire.target]).toEqual([given.method, given.uri]);
      const kept = Object.entries(given.headers).filter(
        ([name, text]) => name !== 'Content-Type' && text !== 'localhost',
      );
      const type = expected.type === undefined ? [] : [['Content-Type', expected.type]];
      const framing = ['Content-Length', 'Transfer-Encoding'];
      const sent = wire.headers.filter(([name]) => !framing.includes(name));
      expect(new Map(sent.map(([name, text]) => [name, text]))).toEqual(
        new Map([...kept, ...type] as [string, string][]),
      );
      expect(wire.omitsHost ?? false).toBe(given.headers['Host'] === undefined);
      const body = Buffer.from(wire.body).toString();
      // Go and browsers escape "~" and "*" differently.
      if (expected.encodes) expect([...new URLSearchParams(body)]).toEqual([...new URLSearchParams(expected.body)]);
      else expect(body).toBe(expected.body);
    }),
    { numRuns: 150 },
  );
});
