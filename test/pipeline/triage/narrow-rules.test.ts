import { describe, expect, test } from 'vitest';
import type { Pair } from '../../../src/model/request.js';
import { type SetUp, withRefusingServers } from './ask-servers.js';
import { leaveOutServers } from './refusing-servers.js';

const { ask } = withRefusingServers();

const large = `comment=${'x'.repeat(6000)}`;
const json: readonly Pair[] = [['Content-Type', 'application/json']];
const upload: readonly Pair[] = [['Content-Type', 'multipart/form-data; boundary=b']];
const file = '--b\r\nContent-Disposition: form-data; name="f"; filename="a.php"\r\n\r\nhello\r\n--b--\r\n';

/** Rules about one part of a request, or about one folder. */
const told: readonly (SetUp & { readonly name: string; readonly is: string })[] = [
  { name: 'the name of a field', at: 'apacheRules', path: '/open', body: '__proto__=1&b=2', is: 'waf/waf-rule' },
  {
    name: 'a key in JSON',
    at: 'apacheRules',
    path: '/open',
    headers: json,
    body: '{"__proto__":{"a":1},"b":2}',
    is: 'waf/waf-rule',
  },
  { name: 'the name of a file', at: 'apacheRules', path: '/open', headers: upload, body: file, is: 'waf/waf-rule' },
  {
    name: 'a word in a cookie, refused with the body unread',
    at: 'apacheRules',
    path: '/open',
    headers: [['Cookie', 'sid=0123456789abcdef; pref=evil']],
    is: 'unknown/content-denied',
  },
  {
    name: 'a word in a cookie at a path',
    at: 'nginx',
    path: '/cookie',
    headers: [['Cookie', 'sid=0123456789abcdef; pref=evil']],
    is: 'unknown/content-denied',
  },
  {
    name: 'a header field',
    at: 'apacheRules',
    path: '/open',
    headers: [['X-Scanner', '1']],
    is: 'unknown/content-denied',
  },
  { name: 'a length', at: 'apacheRules', path: '/open', body: large, is: 'unknown/body-too-large' },
  {
    name: 'a length, by the application',
    at: 'application',
    path: '/large',
    body: large,
    is: 'unknown/body-too-large',
  },
  { name: 'a path whose text a WAF looks for', at: 'apacheRules', path: '/a.bak', method: 'GET', is: 'waf/waf-rule' },
  {
    name: 'a Host',
    at: 'apacheRules',
    path: '/open',
    method: 'GET',
    headers: [['Host', 'bad.example']],
    is: 'unknown/host-not-allowed',
  },
  { name: 'what the answer holds', at: 'apacheRules', path: '/leak', method: 'GET', is: 'waf/waf-outbound' },
  {
    name: 'a Referer, in a folder where the own site is not known either',
    at: 'nginx',
    path: '/pictures/a.png',
    method: 'GET',
    headers: [['Referer', 'http://evil.example/p']],
    is: 'unknown/referer-denied',
  },
  {
    name: 'a query, where nothing but a GET is taken',
    at: 'nginxReading',
    path: '/open?file=../../etc/passwd',
    method: 'GET',
    is: 'unknown/content-denied',
  },
  { name: 'a token that a script sends', at: 'application', path: '/script', is: 'application/csrf' },
  {
    name: 'a token that a script sends, with JSON of which nothing can be made harmless',
    at: 'application',
    path: '/script',
    headers: json,
    body: '{"a":1}',
    is: 'application/csrf',
  },
  { name: 'a cookie that a header field repeats', at: 'application', path: '/twice', is: 'application/csrf' },
];

describe.skipIf(leaveOutServers)('what is refused for one part alone is told by six requests at most', () => {
  test.for(told)('$name', { timeout: 60_000 }, async ({ is, ...setUp }) => {
    const { triage, asked } = await ask(setUp);
    expect(`${triage.layer}/${triage.cause}`).toBe(is);
    expect(asked.length).toBeLessThanOrEqual(6);
  });
});

test.skipIf(leaveOutServers)('a folder that is closed is not taken for a site that is', async () => {
  const { triage, asked } = await ask({ name: '', at: 'nginx', path: '/closed/page.html', method: 'GET' });
  expect(triage).toMatchObject({ cause: 'unknown', layer: 'unknown' });
  expect(triage.alternatives.slice(0, 3)).toContainEqual(
    expect.objectContaining({ layer: 'server', cause: 'path-denied' }),
  );
  expect(triage.evidence).toContainEqual(
    expect.objectContaining({ says: expect.stringContaining('a plain GET passes outside this folder') }),
  );
  expect(asked.length).toBeLessThanOrEqual(6);
});
