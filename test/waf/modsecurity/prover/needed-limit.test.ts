import { describe, expect, test } from 'vitest';
import type { RequestBody, RequestSpec } from '../../../../src/model/request.js';
import { neededLimit } from '../../../../src/waf/modsecurity/prover/needed-limit.js';
import { hitOf } from '../../../exclude/exclusions.js';
import { request } from '../../../exclude/searching.js';

const sent = (text: string): RequestSpec => ({ ...request, body: rawBody(text) });

function rawBody(text: string): RequestBody {
  return { kind: 'raw', content: { text } };
}

const limitFor = (reason: string, ...requests: readonly RequestSpec[]) =>
  neededLimit(hitOf(200_002, 'REQBODY_ERROR', { reason }), requests);

describe('the limit that requests need', () => {
  const nested = (levels: number) => sent(`${'['.repeat(levels)}"[[[[ \\" ]"${']'.repeat(levels)}`);

  test.each([
    ['JSON parsing error. Parsing depth limit exceeded', 1024],
    ['JSON parsing error: JSON depth limit exceeded', 1024],
    ['max recursion reached while reading json object', 1024],
  ])('is the depth of JSON where the engine says "%s"', (reason, value) => {
    expect(limitFor(reason, nested(600), nested(3))).toEqual({ effect: 'raise-limit', limit: 'json-depth', value });
  });

  test('has room for one level more', () => {
    expect(limitFor('depth limit exceeded', nested(511))).toMatchObject({ value: 512 });
    expect(limitFor('depth limit exceeded', nested(512))).toMatchObject({ value: 1024 });
  });

  test('is the number of arguments, those of the query among them', () => {
    const form = (count: number) => sent(Array.from({ length: count }, (_, i) => `a${i}=1`).join('&'));
    const json = sent(`[${'1,'.repeat(1500)}"a,b,c"]`);
    expect(limitFor('1000 arguments or more (SecArgumentsLimit)', form(1200), form(900))).toMatchObject({
      limit: 'arguments',
      value: 2000,
    });
    expect(limitFor('too many arguments (SecArgumentsLimit)', json)).toMatchObject({ value: 2000 });
    const query = Array.from({ length: 990 }, (_, i) => [`q${i}`, ''] as const);
    expect(limitFor('too many arguments (SecArgumentsLimit)', { ...form(1010), query })).toMatchObject({ value: 3000 });
  });

  test.each([
    ['Request body no files data length is larger than the configured limit (131072).', 'body-without-files'],
    ['Request body excluding files is bigger than the maximum expected.', 'body-without-files'],
    ['Request body (Content-Length) is larger than the configured limit (13107200).', 'body'],
  ])('is the length of the body where the engine says "%s"', (reason, limit) => {
    expect(limitFor(reason, sent('a'.repeat(140_000)))).toEqual({ effect: 'raise-limit', limit, value: 262_144 });
  });

  test.each(['', 'Invalid URL encoding', 'the boundary is quoted (BQ 1)'])('is none for "%s"', (reason) => {
    expect(limitFor(reason, sent('a'))).toBeUndefined();
    expect(neededLimit(hitOf(200_002, 'REQBODY_ERROR'), [sent('a')])).toBeUndefined();
  });
});
