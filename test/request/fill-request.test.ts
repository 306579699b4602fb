import { describe, expect, it } from 'vitest';
import type { RequestBody, RequestSpec } from '../../src/model/request.js';
import { fillerOf, fillRequest } from '../../src/request/fill-request.js';

const fill = fillerOf([
  { token: 'TOKEN', value: 'x$&' },
  { token: 'OTHER', value: 'y' },
]);

function filled(body: RequestBody, more: Partial<RequestSpec> = {}): RequestSpec {
  const rest = { method: 'POST', path: '/', query: [], headers: [], cookies: [], omittedHeaders: ['host'] };
  return fillRequest({ ...rest, body, ...more }, fill);
}

describe('a filled text', () => {
  it('has a value in the place of each token, wherever and however often it stands there', () => {
    expect(fill('TOKEN, OTHER and TOKEN')).toBe('x$&, y and x$&');
    expect(fill('none')).toBe('none');
  });
});

describe('a filled request', () => {
  it('has values in its path, query, headers and cookies, names among them, and is the same otherwise', () => {
    const pair = [['a-TOKEN', 'OTHER!']] as const;
    expect(filled({ kind: 'none' }, { path: '/TOKEN', query: pair, headers: pair, cookies: pair })).toEqual({
      method: 'POST',
      path: '/x$&',
      query: [['a-x$&', 'y!']],
      headers: [['a-x$&', 'y!']],
      cookies: [['a-x$&', 'y!']],
      body: { kind: 'none' },
      omittedHeaders: ['host'],
    });
  });

  it.each<[string, RequestBody, RequestBody]>([
    ['a form', { kind: 'form', fields: [['TOKEN', 'OTHER']] }, { kind: 'form', fields: [['x$&', 'y']] }],
    [
      'JSON, of which numbers stay numbers',
      { kind: 'json', value: { TOKEN: ['OTHER', 1, null, true, []] } },
      { kind: 'json', value: { 'x$&': ['y', 1, null, true, []] } },
    ],
    ['text', { kind: 'raw', content: { text: 'TOKEN' } }, { kind: 'raw', content: { text: 'x$&' } }],
    ['no bytes', { kind: 'raw', content: { base64: 'TOKE' } }, { kind: 'raw', content: { base64: 'TOKE' } }],
    [
      'the parts of a multipart body',
      {
        kind: 'multipart',
        boundary: 'TOKEN',
        parts: [
          { name: 'TOKEN', content: { text: 'OTHER' } },
          { name: 'f', filename: 'OTHER.txt', type: 'text/plain', content: { base64: 'AAEC' } },
        ],
      },
      {
        kind: 'multipart',
        boundary: 'TOKEN',
        parts: [
          { name: 'x$&', content: { text: 'y' } },
          { name: 'f', filename: 'y.txt', type: 'text/plain', content: { base64: 'AAEC' } },
        ],
      },
    ],
  ])('has values in %s', (_what, body, expected) => {
    expect(filled(body).body).toStrictEqual(expected);
  });
});
