import { expect, test } from 'vitest';
import { cookiesOf } from '../../src/replay/set-cookie.js';

test.each([
  [['a=1; Path=/; HttpOnly'], [['a', '1']]],
  [
    ['a=1', 'b=x=y; Secure', 'a=2'],
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
  const headers = [['Content-Type', 'a=1'], ...fields.map((field) => ['set-Cookie', field])] as [string, string][];
  expect(cookiesOf(headers)).toEqual(cookies);
});
