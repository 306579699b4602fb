import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Secret } from '../../src/model/case.js';
import type { CaseResult } from '../../src/model/report.js';
import type { Pair, RequestBody, RequestSpec } from '../../src/model/request.js';
import { redact, unredacted } from '../../src/pipeline/redact.js';
import { hit, request, result } from '../report/sample-report.js';

const password: Secret = { name: 'PASSWORD', value: `P4ss (w)"örd'/+!` };

function sent(parts: Partial<RequestSpec>): CaseResult {
  return result({ id: 's/a', request: request(parts) });
}

function matching(matched: string): CaseResult {
  return result({ id: 's/a', hits: [hit({ matched })] });
}

/** What became of a text that a rule matched. */
function matchedAfter(matched: string, secret = password): string | undefined {
  return redact(matching(matched), [secret]).hits[0]?.matched;
}

function reasonAfter(reason: string, ...secrets: readonly Secret[]): string {
  const { verdict } = redact(result({ id: 's/a', verdict: { kind: 'inconclusive', reason } }), secrets);
  return verdict.kind === 'inconclusive' ? verdict.reason : '';
}

describe('a value from the environment', () => {
  const { value } = password;

  test.each<[string, RequestBody]>([
    [
      'form',
      {
        kind: 'form',
        fields: [
          ['user', 'ada'],
          ['password', value],
        ],
      },
    ],
    ['json', { kind: 'json', value: { id: value, kind: [value], file: { suite: value }, n: 1 } }],
    [
      'multipart',
      { kind: 'multipart', boundary: 'X', parts: [{ name: 'p', filename: value, content: { text: value } }] },
    ],
    ['raw', { kind: 'raw', content: { text: `<p>${value}</p>` } }],
    ['base64', { kind: 'raw', content: { base64: Buffer.from(value).toString('base64') } }],
  ])('is replaced in a body: %s', (_, body) => {
    const text = JSON.stringify(redact(sent({ body }), [password]));
    expect(text).toContain('[PASSWORD]');
    expect(text).not.toContain('P4ss');
    expect(text).not.toContain(Buffer.from('P4ss').toString('base64').slice(0, 5));
  });

  test('is replaced in path, query, header fields and cookies', () => {
    const parts = {
      path: `/reset/${encodeURIComponent(value)}`,
      query: [['token', value]] as Pair[],
      headers: [['X-Api-Key', value]] as Pair[],
      cookies: [['sid', value]] as Pair[],
    };
    expect(redact(sent(parts), [password]).request).toMatchObject({
      path: '/reset/[PASSWORD]',
      query: [['token', '[PASSWORD]']],
      headers: [['X-Api-Key', '[PASSWORD]']],
      cookies: [['sid', '[PASSWORD]']],
    });
  });

  test.each([
    ['as it is', value],
    ['in lower case', value.toLowerCase()],
    ['in upper case', value.toUpperCase()],
    ['percent-encoded', encodeURIComponent(value)],
    ['percent-encoded in lower case', encodeURIComponent(value).toLowerCase()],
    ['percent-encoded, with + for spaces', encodeURIComponent(value).replaceAll('%20', '+')],
    ['form-encoded', new URLSearchParams([['a', value]]).toString().slice(2)],
    ['in JSON', JSON.stringify(value).slice(1, -1)],
    ['in base64', Buffer.from(value).toString('base64')],
  ])('is replaced %s', (_, spelled) => {
    expect(reasonAfter(`before "${spelled}" after`, password)).toMatch(/^before "\[PASSWORD\]=*" after$/);
  });

  test('is replaced where its lower case is longer than it is', () => {
    expect(reasonAfter('sent İstanbul, read i̇stanbul', { name: 'CITY', value: 'İstanbul' })).toBe(
      'sent [CITY], read [CITY]',
    );
  });

  test('is replaced wherever it is, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 4 }), fc.string({ unit: 'binary' }), (secret, before) => {
        const text = `${before}|${secret}|${encodeURIComponent(secret.toWellFormed())}`;
        expect(reasonAfter(text, { name: 'N', value: secret })).not.toContain(secret);
      }),
    );
  });
});

describe('what a rule matched', () => {
  const secret = { name: 'TOKEN', value: "correct horse' OR 'battery" };

  test.each([
    ['a part of the secret', "horse' OR"],
    ['a part, transformed', 'horseor'],
    ['more than the secret, transformed', 'x=correcthorse or battery;y'],
    ['all of it, decoded otherwise', 'CORRECT  HORSE OR BATTERY'],
  ])('is hidden where it is %s', (_, matched) => {
    expect(matchedAfter(matched, secret)).toBe('[TOKEN]');
  });

  test('stays where it has nothing of the secret', () => {
    expect(matchedAfter('union select', secret)).toBe('union select');
    expect(matchedAfter("' --", secret)).toBe("' --");
    expect(redact(result({ id: 's/a', hits: [hit()] }), [secret]).hits).toEqual([hit()]);
  });

  test('stays absent where it is', () => {
    const { matched: _, ...unmatched } = hit();
    expect(redact(result({ id: 's/a', hits: [unmatched] }), [secret]).hits[0]).not.toHaveProperty('matched');
  });
});

describe('credentials', () => {
  test.each([
    ['Authorization', 'Bearer abc.def', 'Bearer [Authorization]'],
    ['authorization', 'Basic dXNlcjpwYXNz', 'Basic [authorization]'],
    ['Proxy-Authorization', 'opaque-token', '[Proxy-Authorization]'],
    ['Authorization', 'Bearer ', 'Bearer '],
  ])('in %s: %s', (name, value, expected) => {
    expect(redact(sent({ headers: [[name, value]] }), []).request.headers).toEqual([[name, expected]]);
  });

  test('are replaced elsewhere too', () => {
    const parts = { headers: [['Authorization', 'Bearer abc.def']] as Pair[], query: [['t', 'abc.def']] as Pair[] };
    expect(redact(sent(parts), []).request.query).toEqual([['t', '[Authorization]']]);
  });
});

describe('cookies, keys and tokens', () => {
  const hide = (parts: Partial<RequestSpec>) => redact(sent(parts), []).request;

  test.each<[string, string, string]>([
    ['Cookie', 'theme=light; sid=31d4d96e407aad42', 'theme=light; sid=[sid]'],
    ['cookie', 'a=b; PHPSESSID="qwe123rty"', 'a=b; PHPSESSID=[PHPSESSID]'],
    ['COOKIE', 'remember_me=x', 'remember_me=[remember_me]'],
    [
      'Set-Cookie',
      'id=a3fWa91bc; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT',
      'id=[id]; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT',
    ],
    ['set-cookie', 'session=; Max-Age=0', 'session=; Max-Age=0'],
    ['X-Api-Key', '9f8a7b6c', '[X-Api-Key]'],
    ['x-auth-token', 'abc.def', '[x-auth-token]'],
    ['X-Requested-With', 'XMLHttpRequest', 'XMLHttpRequest'],
  ])('in the header field %s: %s', (name, value, expected) => {
    expect(hide({ headers: [[name, value]] }).headers).toEqual([[name, expected]]);
  });

  test.each([
    ['sid', 'abc', '[sid]'],
    ['connect.sid', 's%3Aq1w2.e3r4', '[connect.sid]'],
    ['auth', '{"user":1}', '[auth]'],
    ['visitor', 'GA1.2.1234567890.1600000000', '[visitor]'],
    ['theme', 'light', 'light'],
    ['filter', "name = 'x' or 1=1", "name = 'x' or 1=1"],
    ['filter', '%3Cb%3Ebold%3C/b%3E', '%3Cb%3Ebold%3C/b%3E'],
  ])('in the cookie %s=%s', (name, value, expected) => {
    expect(hide({ cookies: [[name, value]] }).cookies).toEqual([[name, expected]]);
  });

  test.each([
    ['access_token', 'ya29.a0AfH6SM', '[access_token]'],
    ['ACCESS_TOKEN', 'ya29.a0AfH6SM', '[ACCESS_TOKEN]'],
    ['api_key', 'abcd1234', '[api_key]'],
    ['apikey', 'abcd1234', '[apikey]'],
    ['sig', 'kjh/+8=', '[sig]'],
    ['X-Amz-Signature', 'fe5f80f77d5fa3be', '[X-Amz-Signature]'],
    ['X-Amz-Credential', 'AKIDEXAMPLE/20150830/us-east-1', '[X-Amz-Credential]'],
    ['code', 'SplxlOBeZQQYbYS6WxSbIA', '[code]'],
    ['password', "it's me", '[password]'],
    ['code', 'SELECT 1 FROM t', 'SELECT 1 FROM t'],
    ['q', 'abcd1234', 'abcd1234'],
    ['keyword', 'abcd1234', 'abcd1234'],
  ])('in the query: %s=%s', (name, value, expected) => {
    expect(hide({ query: [[name, value]] }).query).toEqual([[name, expected]]);
    const path = `/a?b=1&${name}=${encodeURIComponent(value)}`;
    expect(decodeURIComponent(hide({ path }).path)).toBe(`/a?b=1&${name}=${expected}`);
  });

  test('are replaced elsewhere where they are long and odd, and leave words alone', () => {
    const cookies = [
      ['sid', '31d4d96e407aad42'],
      ['session', 'comments'],
    ] as const;
    const seen = redact(
      result({
        id: 's/a',
        request: request({ path: '/comments/31d4d96e407aad42', cookies }),
        hits: [hit({ matched: '31d4d96e' })],
      }),
      [],
    );
    expect(seen.request).toMatchObject({
      path: '/comments/[sid]',
      cookies: [
        ['sid', '[sid]'],
        ['session', '[session]'],
      ],
    });
    expect(seen.hits[0]?.matched).toBe('[sid]');
  });

  test('keep the rule and the name of what it matched, and no word of the value', () => {
    const found = hit({ matched: 'comm', variable: { collection: 'REQUEST_COOKIES', key: 'session' } });
    const seen = redact(
      result({ id: 's/a', request: request({ cookies: [['session', 'comments']] }), hits: [found] }),
      [],
    );
    expect(seen.hits).toEqual([{ ...found, matched: '[session]' }]);
  });

  test('are known to this process only, for which exclusions are proved with them', () => {
    const whole = sent({ cookies: [['sid', 'abc']] });
    const { request: hidden } = redact(whole, []);
    expect(unredacted(hidden)).toEqual(whole.request);
    expect(unredacted(JSON.parse(JSON.stringify(hidden)))).toEqual(hidden);
  });
});

describe('the shape of a result', () => {
  test('is the same object where there is nothing to hide', () => {
    const plain = sent({ body: { kind: 'form', fields: [['a', 'b']] } });
    expect(redact(plain, [])).toBe(plain);
    expect(redact(plain, [{ name: 'EMPTY', value: '' }])).toBe(plain);
  });

  test('and the names in it stay, even if a secret says the same', () => {
    const before = result({
      id: 'multipart/POST',
      suite: 'POST',
      intent: 'legitimate',
      tags: ['POST', 'multipart'],
      at: { file: 'POST.yaml', line: 3 },
      expect: { verdict: 'let-through' },
      request: request({ method: 'POST', path: '/', body: { kind: 'multipart', boundary: 'POST', parts: [] } }),
      correlationId: 'w7-POST-1',
      verdict: { kind: 'let-through', nearMiss: true },
      hits: [hit({ ruleId: 'POST', tags: ['POST'], variable: { collection: 'ARGS' }, variableSource: 'logged' })],
    });
    const words = ['POST', 'multipart', 'legitimate', 'let-through', 'ARGS', 'CRITICAL', 'logged'];
    const secrets = words.map((value, i) => ({ name: `S${i}`, value }));
    expect(redact(before, secrets)).toEqual(before);
  });

  test('is kept in a JSON body, down to odd keys', () => {
    const value = JSON.parse('{"__proto__": "hunter22", "a": [null, 1.5, {"": false}]}');
    const { body } = redact(sent({ body: { kind: 'json', value } }), [{ name: 'P', value: 'hunter22' }]).request;
    expect(JSON.stringify(body)).toBe('{"kind":"json","value":{"__proto__":"[P]","a":[null,1.5,{"":false}]}}');
  });
});

describe('several secrets', () => {
  test('hide the longest first, and never one another', () => {
    const secrets = [
      { name: 'SHORT', value: 'hunter' },
      { name: 'LONG', value: 'hunter2000' },
      { name: 'WORD', value: 'SHORT' },
    ];
    expect(reasonAfter('hunter2000 hunter SHORT', ...secrets)).toBe('[LONG] [SHORT] [WORD]');
  });

  test('are text and neither patterns nor templates', () => {
    expect(reasonAfter('a.*b axxb', { name: '$&$1', value: 'a.*b' })).toBe('[$&$1] axxb');
  });
});

describe('a short secret', () => {
  const pin = { name: 'PIN', value: '1' };

  test('is replaced where it stands alone', () => {
    expect(reasonAfter('pin=1&x', pin)).toBe('pin=[PIN]&x');
    const parts = { body: { kind: 'form' as const, fields: [['pin', '1']] as Pair[] } };
    expect(redact(sent(parts), [pin]).request.body).toEqual({ kind: 'form', fields: [['pin', '[PIN]']] });
  });

  test('leaves words and numbers that contain it', () => {
    expect(redact(sent({ path: '/api/v1/items/10' }), [pin]).request.path).toBe('/api/v1/items/10');
  });
});
