import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeRequest } from '../../../src/model/encode-request.js';
import { formatVariable } from '../../../src/model/evidence.js';
import type { JsonValue, Pair, RequestBody, WireRequest } from '../../../src/model/request.js';
import type { EmbeddedEngine } from '../../../src/waf/modsecurity/embedded-engine.js';
import { requestVariables } from '../../../src/waf/modsecurity/request-variables.js';
import { browserHeaders, ruleFolder, startTestEngine } from './engine-fixture.js';

const collections = [
  'ARGS',
  'ARGS_NAMES',
  'REQUEST_COOKIES',
  'REQUEST_COOKIES_NAMES',
  'REQUEST_HEADERS',
  'FILES',
  'FILES_NAMES',
  'QUERY_STRING',
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

  it('have the names that the engine gives to multipart', async () => {
    const parts = [
      { name: 'title', content: { text: 'Notes "v2"' } },
      { name: 'file', filename: 'a b.txt', type: 'text/plain', content: { text: 'x\r\n--y' } },
    ];
    const wire = request({ kind: 'multipart', boundary: '----b', parts }, [], []);
    const names = requestVariables(wire).map(({ variable, length }) => `${formatVariable(variable)} ${length}`);
    const seen = (await asTheEngineSees(wire)).map((one) => one.replace(/ \d+,/, ' '));
    for (const one of seen.filter((each) => /^(?:ARGS|FILES)/.test(each))) expect(names).toContain(one);
    expect(seen).toContain('ARGS:title 10');
    expect(seen).toContain('FILES:file 7');
  });
});
