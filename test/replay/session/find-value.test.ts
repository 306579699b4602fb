import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SessionValueSource } from '../../../src/model/session-options.js';
import { valueIn } from '../../../src/replay/session/find-value.js';
import { Site } from '../../../src/replay/session/site.js';
import { Visitor } from '../../../src/replay/session/visitor.js';

const http = { url: 'http://localhost', connections: 1, timeoutMs: 1000 };

function find(body: string, source: SessionValueSource, headers: readonly (readonly [string, string])[] = []) {
  const visitor = new Visitor(new Site({ http, reach: () => http, nextId: () => 'w7' }), new Set());
  return valueIn({ url: 'http://localhost/', id: 'w7', status: 200, headers, body }, source, visitor);
}

test.each([
  ['<input name="t" value="1">', '1'],
  ["<INPUT TYPE=hidden VALUE='a b' NAME='t' />", 'a b'],
  ['<input value=1 name=t>', '1'],
  ['<input\n  name = "t"\n  value = "1"\n>', '1'],
  ['<input name=t value=1/>', '1/'],
  ['<meta name="t" content="1">', '1'],
  ['<meta content="&quot;&amp;&#39;&#x2b;&lt;&nope;" name=t>', '"&\'+<&nope;'],
  ['<input name="t" value="&#1114112;">', '\ufffd'],
  ['<template><input name=t value=no></template><input name=t value=1>', '1'],
  ['<textarea name=t>a &amp; b</textarea>', 'a & b'],
  ['<input name="t" value="first"><input name="t" value="second">', 'first'],
  ['<input name="t" name="u" value="1">', '1'],
  ['<!-- <input name="t" value="no"> --><input name="t" value="1">', '1'],
  ['<script>"<input name=t value=no>"</SCRIPT><input name="t" value="1">', '1'],
  ['<textarea><input name=t value=no></textarea><input name=t value=1>', '1'],
  ['<input disabled name="t" required value="">', ''],
  ['<a title="<"><input name="t" value="1>2">', '1>2'],
  ['<inputs name="t" value="1">', undefined],
  ['<input name="t">', undefined],
  ['<input name="t" value="never closed', undefined],
  ['<!-- <input name="t" value="no">', undefined],
  ['<script><input name="t" value="no">', undefined],
  ['<input =name="t" value="no">', undefined],
])('%s', (html, value) => {
  expect(find(html, { input: 't' })).toBe(value);
});

test('any text is read', () => {
  const piece = fc.constantFrom(
    '<input',
    '<meta',
    '<!--',
    '-->',
    '<script',
    '</script',
    '"',
    "'",
    '=',
    ' ',
    'name',
    't',
    '>',
    '/',
    '&#',
    ';',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      find(pieces.join(''), { input: 't' });
    }),
    { numRuns: 500 },
  );
});

test.each([
  '<input a="',
  "<input a='",
  '<input a=',
  '<input ',
  '<input a',
  '<!--',
  '<script>',
  '<',
  '<input\n',
  ' ',
  '<input name = ',
  '&#',
  '<input a="b\'',
])('a megabyte of %j is read in linear time', (piece) => {
  find(`<input name=x ${piece.repeat(Math.ceil(1_000_000 / piece.length))}`, { input: 't' });
});

test.each<[string, SessionValueSource, string, string | undefined]>([
  ['meta only', { meta: 't' }, '<input name=t value=no><meta name=t content=1>', '1'],
  [
    'an input of one form',
    { input: 't', form: '#b' },
    '<form id=a><input name=t value=no></form><form id=b><input name=t value=1>',
    '1',
  ],
  ['an input beside the form', { input: 't', form: '#b' }, '<input name=t value=no><form id=b></form>', undefined],
  ['no such form', { input: 't', form: '#c' }, '<form id=b><input name=t value=no></form>', undefined],
  ['JSON', { json: '$.a["b.c"][1]' }, '{"a":{"b.c":[1,"x"]}}', 'x'],
  ['a number in JSON', { json: 'a' }, '{"a":7}', '7'],
  ['nothing in JSON', { json: 'a.b' }, '{"a":"text"}', undefined],
  ['null in JSON', { json: 'a' }, '{"a":null}', undefined],
  ['a name that every object has', { json: 'constructor' }, '{}', undefined],
  ['no JSON', { json: 'a' }, '<p>', undefined],
  ['a group', { regex: 'nonce":"(\\w+)' }, 'x = {"nonce":"ab12"}', 'ab12'],
  ['a match', { regex: '\\d+' }, 'x 12', '12'],
  ['the body', { body: true }, ' ab12\n', 'ab12'],
  ['an empty body', { body: true }, ' \n', undefined],
  ['a header', { header: 'x-a' }, '', '1'],
])('%s', (_, source, body, value) => {
  expect(find(body, source, [['X-A', '1']])).toBe(value);
});
