import { expect, test } from 'vitest';
import type { RequestSpec } from '../../../src/model/request.js';
import { applySession } from '../../../src/replay/session/apply-session.js';
import { encodeRequest } from '../../../src/request/encode-request.js';

const session = {
  cookies: [
    ['sid', 'abc'],
    ['theme', 'light'],
  ],
  headers: [['X-Token', 'T$&1']],
} as const;
const values = [
  { token: '\u0001csrf\u0001', value: 'T$&1' },
  { token: '\u0001user\u0001', value: 'ada' },
];
const spec: RequestSpec = {
  method: 'POST',
  path: '/u/\u0001user\u0001',
  query: [['t', '\u0001csrf\u0001']],
  headers: [['X-CSRF', '\u0001csrf\u0001']],
  cookies: [
    ['theme', 'dark'],
    ['own', '\u0001user\u0001'],
  ],
  body: { kind: 'form', fields: [['csrf', '\u0001csrf\u0001']] },
  omittedHeaders: ['accept'],
};

test('tokens become values everywhere, and cookies of the case win', () => {
  expect(applySession(spec, values, session)).toEqual({
    method: 'POST',
    path: '/u/ada',
    query: [['t', 'T$&1']],
    headers: [
      ['X-CSRF', 'T$&1'],
      ['X-Token', 'T$&1'],
    ],
    cookies: [
      ['sid', 'abc'],
      ['theme', 'dark'],
      ['own', 'ada'],
    ],
    body: { kind: 'form', fields: [['csrf', 'T$&1']] },
    omittedHeaders: ['accept'],
  });
  expect(encodeRequest(applySession(spec, values, session)).headers).toContainEqual([
    'Cookie',
    'sid=abc; theme=dark; own=ada',
  ]);
});

test.each([
  [
    { kind: 'json', value: { a: ['\u0001csrf\u0001', 1, null, true], '\u0001user\u0001': {} } },
    { kind: 'json', value: { a: ['T$&1', 1, null, true], ada: {} } },
  ],
  [
    {
      kind: 'multipart',
      boundary: 'b',
      parts: [
        { name: '\u0001user\u0001', filename: '\u0001user\u0001.txt', content: { text: '\u0001csrf\u0001' } },
        { name: 'x', type: 'a/b', content: { base64: 'AAAA' } },
      ],
    },
    {
      kind: 'multipart',
      boundary: 'b',
      parts: [
        { name: 'ada', filename: 'ada.txt', content: { text: 'T$&1' } },
        { name: 'x', type: 'a/b', content: { base64: 'AAAA' } },
      ],
    },
  ],
  [
    { kind: 'raw', content: { text: '<\u0001csrf\u0001>' } },
    { kind: 'raw', content: { text: '<T$&1>' } },
  ],
  [{ kind: 'none' }, { kind: 'none' }],
] as const)('in a body of each kind %#', (body, expected) => {
  expect(applySession({ ...spec, body }, values, session).body).toEqual(expected);
});

test('a JSON key named __proto__ stays a key', () => {
  const value = JSON.parse('{"__proto__": {"a": "\\u0001csrf\\u0001"}}');
  const { body } = applySession({ ...spec, body: { kind: 'json', value } }, values, session);
  expect(JSON.stringify(body)).toContain('{"__proto__":{"a":"T$&1"}}');
});

test('a case that writes or drops the Cookie header itself gets no cookies of the session', () => {
  const writing = applySession({ ...spec, cookies: [], headers: [['cookie', 'a=1']] }, [], session);
  const dropping = applySession({ ...spec, cookies: [], omittedHeaders: ['cookie'] }, [], session);
  expect([writing.cookies, dropping.cookies]).toEqual([[], []]);
});
