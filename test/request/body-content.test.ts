import { deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pair, RequestBody, RequestSpec } from '../../src/model/request.js';
import { withTextInBody } from '../../src/request/attack-body.js';
import { bodyContent } from '../../src/request/body-content.js';
import { encodeRequest } from '../../src/request/encode-request.js';

function sent(body: string | Buffer, headers: readonly Pair[] = []): RequestSpec {
  const content = typeof body === 'string' ? { text: body } : { base64: body.toString('base64') };
  const raw: RequestBody = { kind: 'raw', content };
  return { method: 'POST', path: '/a', query: [], headers, cookies: [], body: raw, omittedHeaders: [] };
}

const bytesOf = (request: RequestSpec) => Buffer.from(encodeRequest(request).body);
const carried = (request: RequestSpec, text: string) => bytesOf(withTextInBody(request)(text)).toString();

describe('what a body is', () => {
  test.each([
    ['', 'none'],
    ['{"a":1}', 'json'],
    ['[[[1]]]', 'json'],
    ['{"a":1}\n{"b":2}\n', 'json-lines'],
    ['{"a":1}\nno JSON', 'text'],
    ['<?xml version="1.0"?><a/>', 'xml'],
    ['a=1&b=%27', 'form'],
    ['--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--b--\r\n', 'parts'],
    ['-----BEGIN CERTIFICATE-----\nMI\n-----END CERTIFICATE-----\n', 'text'],
    ['BEGIN:VCARD\r\nFN:A\r\nEND:VCARD\r\n', 'text'],
    ['caf\u00e9', 'text'],
  ])('%j is %s', (body, content) => {
    expect(bodyContent(sent(body))).toBe(content);
  });

  test('is told of bytes too', () => {
    expect(bodyContent(sent(gzipSync('{}')))).toBe('compressed');
    expect(bodyContent(sent(deflateSync('{}')))).toBe('compressed');
    expect(bodyContent(sent('x', [['content-encoding', 'br']]))).toBe('compressed');
    expect(bodyContent(sent(Buffer.from([1, 2, 0xff])))).toBe('binary');
  });

  test('is told of any bytes, and text goes into all of them', () => {
    const any = fc.oneof(fc.uint8Array(), fc.string(), fc.json());
    fc.assert(
      fc.property(any, fc.string(), (body, text) => {
        const request = sent(typeof body === 'string' ? body : Buffer.from(body));
        expect(bodyContent(request)).toBeTypeOf('string');
        expect(bytesOf(withTextInBody(request)(text)).length).toBeGreaterThanOrEqual(bytesOf(request).length);
      }),
    );
  });
});

describe('a text in a body', () => {
  test('leaves several documents several, and a member more', () => {
    expect(carried(sent('{"a":1}\n{}'), '"<x>')).toBe('{"wafproof":"\\"<x>","a":1}\n{}');
    expect(carried(sent('[]'), 'x')).toBe('["x"]');
  });

  test('stays in the part, behind the odd boundary', () => {
    const part = '\r\n--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n';
    expect(carried(sent(`${part}old\r\n--b--\r\n`), '<x>')).toBe(`${part}<x>old\r\n--b--\r\n`);
  });

  test('is compressed where the body was', () => {
    const zipped = withTextInBody(sent(gzipSync('{"a":1}')))('<x>');
    expect(gunzipSync(bytesOf(zipped)).toString()).toBe('{"wafproof":"<x>","a":1}');
    const torn = Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.from('torn')]);
    expect(bytesOf(withTextInBody(sent(torn))('<x>'))).toEqual(Buffer.concat([torn, Buffer.from('<x>')]));
  });

  test('is a field of a form, an element of a document, and a line of other text', () => {
    expect(carried(sent('a=1'), "' or é")).toBe("a=1&wafproof='%20or%20%C3%A9");
    expect(carried(sent('<a><b>1</b></a>'), '<x>')).toBe('<a>&lt;x><b>1</b></a>');
    expect(carried(sent('plain'), '<x>é')).toBe('plain\n<x>é');
  });
});
