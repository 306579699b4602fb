import { expect, test } from 'vitest';
import { SessionCookies } from '../../../src/replay/session/cookie-jar.js';

function after(fields: readonly string[], from = 'http://app.test/a/b', to = from) {
  const cookies = new SessionCookies();
  cookies.take(from, [['Content-Type', 'a=1'], ...fields.map((field) => ['set-Cookie', field] as const)]);
  return cookies.of(to);
}

test.each([
  [['a=1; Path=/; HttpOnly'], [['a', '1']]],
  [
    ['a=1', 'b=x=y; HttpOnly', 'a=2'],
    [
      ['a', '2'],
      ['b', 'x=y'],
    ],
  ],
  [[' a = 1 '], [['a', '1']]],
  [['a=; SameSite=Lax'], [['a', '']]],
  [['a=1', 'a=gone; Max-Age=0'], []],
  [['a=1', 'a=gone; max-age=-5'], []],
  [['a=1; Max-Age=100'], [['a', '1']]],
  [['a=1', 'a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'], []],
  [['a=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT'], [['a', '1']]],
  [['a=1; Expires=whenever'], [['a', '1']]],
  [['novalue', '=nameless', ''], []],
])('%j leaves %j', (fields, cookies) => {
  expect(after(fields)).toEqual(cookies);
});

test.each<[string, string, string, string, boolean]>([
  ['its path', 'a=1; Path=/admin', 'http://app.test/admin/x', 'http://app.test/admin/y', true],
  ['another path', 'a=1; Path=/admin', 'http://app.test/admin/x', 'http://app.test/blog', false],
  ['the folder of the page', 'a=1', 'http://app.test/admin/login', 'http://app.test/admin/', true],
  ['a folder above', 'a=1', 'http://app.test/admin/login', 'http://app.test/', false],
  ['a host below its domain', 'a=1; Domain=app.test', 'http://app.test/', 'http://www.app.test/', true],
  ['another host', 'a=1', 'http://app.test/', 'http://id.test/', false],
  ['a host that may not set it', 'a=1; Domain=id.test', 'http://app.test/', 'http://id.test/', false],
  ['https only', 'a=1; Secure', 'https://app.test/', 'http://app.test/', false],
  ['this machine', 'a=1; Secure', 'http://localhost/', 'http://localhost/', true],
])('%s: %s set at %s goes to %s: %s', (_, field, from, to, isSent) => {
  expect(after([field], from, to)).toEqual(isSent ? [['a', '1']] : []);
});

test.each<[string, string, boolean]>([
  ['sid', 'sid', true],
  ['sid', 'si', false],
  ['wordpress_logged_in_*', 'wordpress_logged_in_0c1f', true],
  ['*UserID', 'my_wikiUserID', true],
  ['*UserID', 'UserID2', false],
  ['ab*bc', 'abc', false],
  ['a*c', 'abc', true],
])('%s means the cookie %s: %s, until that is taken away', (wanted, name, expected) => {
  const cookies = new SessionCookies();
  cookies.take('http://app.test/', [['Set-Cookie', `${name}=1`]]);
  expect(cookies.has(wanted)).toBe(expected);
  cookies.take('http://app.test/', [['Set-Cookie', `${name}=; Expires=Thu, 01 Jan 1970 00:00:00 GMT`]]);
  expect(cookies.has(wanted)).toBe(false);
});
