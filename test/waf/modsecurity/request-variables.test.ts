import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatVariable } from '../../../src/model/evidence.js';
import type { JsonValue, Pair, Part, RequestBody, WireRequest } from '../../../src/model/request.js';
import { encodeRequest } from '../../../src/request/encode-request.js';
import type { EmbeddedEngine } from '../../../src/waf/modsecurity/embedded-engine.js';
import { requestVariables } from '../../../src/waf/modsecurity/request-variables.js';
import { browserHeaders, ruleFolder, startTestEngine } from './engine-fixture.js';

const collections = [
  'ARGS',
  'ARGS_NAMES',
  'ARGS_GET',
  'ARGS_GET_NAMES',
  'ARGS_POST',
  'ARGS_POST_NAMES',
  'REQUEST_COOKIES',
  'REQUEST_COOKIES_NAMES',
  'REQUEST_HEADERS',
  'FILES',
  'FILES_NAMES',
  'MULTIPART_PART_HEADERS',
  'QUERY_STRING',
  'REQUEST_LINE',
  'REQUEST_URI',
  'REQUEST_URI_RAW',
  'REQUEST_FILENAME',
  'REQUEST_BASENAME',
  'REQUEST_BODY',
];

/** Logs every variable that holds anything, with its offset: a multiMatch rule writes a line for each. */
const tellAll = `SecRule ${collections.join('|')} "@rx (?s)." "id:100,phase:2,pass,log,t:none,multiMatch,msg:'seen'"\n`;

let engine: EmbeddedEngine;
beforeAll(async () => {
  engine = await startTestEngine({ crs: ruleFolder(tellAll) });
});
afterAll(() => engine.close());

async function asTheEngineSees(request: WireRequest): Promise<readonly string[]> {
  const { record } = await engine.evaluate(request, 'w7-test');
  const lines = record?.hits ?? [];
  return lines.flatMap(({ variable, matches }) => {
    const seen = matches.at(-1)?.variable;
    return variable === undefined || seen === undefined
      ? []
      : [`${formatVariable(variable)} ${seen.offset},${seen.length}`];
  });
}

function asWeSee(request: WireRequest): readonly string[] {
  return requestVariables(request)
    .filter(({ variable }) => collections.includes(variable.collection))
    .map(({ variable, offset, length }) => `${formatVariable(variable)} ${offset},${length}`);
}

function request(body: RequestBody, query: readonly Pair[], cookies: readonly Pair[]): WireRequest {
  return encodeRequest({
    method: 'POST',
    path: '/shop/cart;v=1/add.do',
    query,
    headers: browserHeaders,
    cookies,
    body,
    omittedHeaders: [],
  });
}

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((value) => !/[\0\p{Cs}]/u.test(value));
const name = text.filter((value) => value !== '');
const pairs = fc.array(fc.tuple(name, text), { maxLength: 5 });
const cookie = fc.tuple(fc.stringMatching(/^[a-z]{1,6}$/), fc.stringMatching(/^[a-zA-Z0-9%_.-]{0,8}$/));

describe('variables of a request', () => {
  it('lie where the engine says: form, query and cookies', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, pairs, fc.array(cookie, { maxLength: 3 }), async (fields, query, cookies) => {
        const wire = request({ kind: 'form', fields }, query, cookies);
        expect([...asWeSee(wire)].sort()).toEqual(
          expect.arrayContaining([...new Set(await asTheEngineSees(wire))].sort()),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('have their length in bytes, where they are no text too', async () => {
    const encoded = fc
      .uint8Array({ minLength: 1, maxLength: 20 })
      .map((bytes) => [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
    const noFields = { kind: 'form', fields: [] } as const;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('a', '%ffb'), encoded), { minLength: 1 }), async (fields) => {
        const body = Buffer.from(fields.map((field) => field.join('=')).join('&'));
        const headers = request(noFields, [], []).headers.filter(([name]) => name !== 'Content-Length');
        const wire = { ...request(noFields, [], []), headers, body };
        const args = (await asTheEngineSees(wire)).filter((one) => one.startsWith('ARGS'));
        expect(asWeSee(wire)).toEqual(expect.arrayContaining(args));
        expect(args.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it('have the names that the engine gives to JSON', async () => {
    const key = fc.stringMatching(/^[a-zA-Z_-]{1,8}$/);
    const { tree } = fc.letrec<{ tree: JsonValue }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(tree, async (value) => {
        const wire = request({ kind: 'json', value }, [], []);
        const ours = asWeSee(wire);
        for (const seen of await asTheEngineSees(wire)) expect(ours).toContain(seen);
      }),
      { numRuns: 150 },
    );
  });

  it('lie where the engine says: multipart, whatever lines it has', async () => {
    const line = fc.oneof(
      text.map((value) => value.replaceAll(/[\r\n]/g, '')),
      fc.constantFrom('--', '--y', 'l'.repeat(4095), 'l'.repeat(4096), `${'l'.repeat(4095)}\r`, 'l'.repeat(9000)),
    );
    const content = fc
      .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { minLength: 1, maxLength: 4 })
      .map((lines) => ({
        text: lines
          .map((one) => one.join(''))
          .join('')
          .replace(/\r?\n$/, ''),
      }));
    const partName = fc.constantFrom('a', 'b', 'item[0][note]', 'say "a"', 'back\\slash', 'été');
    const filename = fc.constantFrom('a b.txt', 'b\\"c.png', 'ß.pdf');
    const part: fc.Arbitrary<Part> = fc.oneof(
      { weight: 2, arbitrary: fc.record({ name: partName, content }) },
      fc.record({ name: partName, filename, type: fc.constant('text/plain'), content }),
    );
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), async (parts) => {
        const wire = request({ kind: 'multipart', boundary: '----b', parts }, [], []);
        const ours = requestVariables(wire).flatMap(({ variable, offset, length, otherLength }) =>
          [length, otherLength ?? length].map((bytes) => `${formatVariable(variable)} ${offset},${bytes}`),
        );
        for (const seen of await asTheEngineSees(wire)) {
          // The engine says of a part's header that it lies where there is none.
          expect(ours).toContain(seen.replace(/^(MULTIPART_PART_HEADERS.*) \d+,/, '$1 undefined,'));
          compared += 1;
        }
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it('takes an upload without a file name for a field, as the engine does', async () => {
    const parts = [{ name: 'photo', filename: '', content: { text: 'nothing' } }];
    const wire = request({ kind: 'multipart', boundary: '----b', parts }, [], []);
    const seen = await asTheEngineSees(wire);
    expect(seen.some((one) => one.startsWith('ARGS:photo '))).toBe(true);
    expect(asWeSee(wire)).toEqual(expect.arrayContaining(seen.filter((one) => !one.startsWith('MULTIPART'))));
  });
});
