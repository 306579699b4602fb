import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Pair, RequestSpec } from '../../../src/model/request.js';
import type { Triage } from '../../../src/model/triage.js';
import { clockFinding, credentialFindings } from '../../../src/triage/probing/credential-times.js';
import { withFindings } from '../../../src/triage/probing/with-findings.js';

const now = Date.parse('2026-11-30T12:00:00Z');

function request(parts: Partial<RequestSpec>): RequestSpec {
  const none = { query: [], headers: [], cookies: [], body: { kind: 'none' }, omittedHeaders: [] } as const;
  return { method: 'GET', path: '/', ...none, ...parts };
}

function jwt(claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part(claims)}.c2lnbmF0dXJl`;
}

const seconds = now / 1000;

test.each<[unknown, string | undefined, string, string]>([
  [
    { exp: seconds - 7200, aud: 'shop' },
    'token-expired',
    'expired 2 hours before',
    'exp 2026-11-30T10:00:00.000Z · aud shop',
  ],
  [{ nbf: seconds + 60 }, 'token-expired', 'not valid for another 1 minute', 'nbf 2026-11-30T12:01:00.000Z'],
  [{ exp: seconds + 60, scope: 'read write' }, undefined, 'is valid at this time', 'scope read write'],
  [{ exp: 'soon', scp: ['a', 'b'] }, undefined, 'is valid at this time', 'scp a b'],
])('a token that says %j', (claims, cause, says, text) => {
  const headers: readonly Pair[] = [['Authorization', `Bearer ${jwt(claims)}`]];
  const [found] = credentialFindings(request({ headers }), now);
  expect(found?.cause).toBe(cause);
  expect(found?.evidence).toMatchObject({ from: 'command', text: expect.stringContaining(text) });
  expect(found?.evidence.says).toContain(`the token in Authorization`);
  expect(found?.evidence.says).toContain(says);
});

test('tokens in cookies and in the query are read too, and none is shown', () => {
  const token = jwt({ exp: seconds - 1 });
  const found = credentialFindings(request({ path: `/?access_token=${token}`, cookies: [['jwt', token]] }), now);
  expect(found.map(({ evidence }) => evidence.says)).toEqual([
    'the token in jwt expired 1 second before this request',
    'the token in access_token expired 1 second before this request',
  ]);
  expect(JSON.stringify(found)).not.toContain(token.slice(0, 12));
});

test.each([
  ['X-Amz-Date=20261130T110000Z&X-Amz-Expires=600', 'signed-url'],
  ['X-Amz-Date=20261130T115900Z&X-Amz-Expires=600', undefined],
  ['X-Goog-Date=20261130T110000Z&X-Goog-Expires=600', 'signed-url'],
  [`Expires=${seconds - 60}&Signature=a&Key-Pair-Id=b`, 'signed-url'],
  [`Expires=${seconds + 60}&Signature=a&Key-Pair-Id=b`, undefined],
  ['se=2026-11-30T11:00:00Z&sig=a', 'signed-url'],
])('a URL signed as %s', (query, cause) => {
  const [found, ...others] = credentialFindings(request({ path: `/file?${query}` }), now);
  expect([found?.cause, others]).toEqual([cause, []]);
});

test.each(['Expires=1', 'se=2026', 'X-Amz-Date=x&X-Amz-Expires=y', 'se=soon&sig=a'])('%s is no signed URL', (query) => {
  expect(credentialFindings(request({ path: `/?${query}` }), now)).toEqual([]);
});

test('a clock that is off is told', () => {
  expect(clockFinding('Mon, 30 Nov 2026 12:05:00 GMT', now)[0]?.says).toBe(
    'the clock of the server is 5 minutes ahead of the one of this machine',
  );
  expect(clockFinding('Mon, 30 Nov 2026 12:00:10 GMT', now)).toEqual([]);
  expect(clockFinding('never', now)).toEqual([]);
});

test('an expired token is the reason where nothing else is known, and never where a WAF said that it refused', () => {
  const one = request({ headers: [['Authorization', `Bearer ${jwt({ exp: seconds - 1 })}`]] });
  const outcome = { kind: 'answered', status: 403, headers: [], bodyExcerpt: '' } as const;
  const told: Triage = { layer: 'unknown', cause: 'unknown', confidence: 'none', evidence: [], alternatives: [] };
  expect(withFindings(told, one, outcome, now)).toMatchObject({ cause: 'token-expired', confidence: 'likely' });
  const waf = { ...told, layer: 'edge', cause: 'waf-rule', confidence: 'proved' } as const;
  expect(withFindings(waf, one, outcome, now)).toMatchObject({ cause: 'waf-rule', evidence: [{ from: 'command' }] });
  expect(withFindings(told, one, { ...outcome, status: 200 }, now).cause).toBe('unknown');
});

test('whatever stands in a token or a query, there is an answer', () => {
  fc.assert(
    fc.property(fc.json(), fc.webQueryParameters(), fc.string(), (claims, query, raw) => {
      const headers: readonly Pair[] = [
        ['Authorization', `Bearer ${jwt(JSON.parse(claims))}`],
        ['X-Token', `eyJ${raw}`],
      ];
      expect(credentialFindings(request({ headers, path: `/?se=${query}&sig=${query}` }), now)).toBeInstanceOf(Array);
    }),
  );
});
