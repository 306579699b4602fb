import { expect, test } from 'vitest';
import type { RequestBody } from '../../src/model/request.js';
import { FormPages } from '../../src/record/form-behind.js';

const token = 'f3a91c0b77de42aa8f6a10cc';
const fields = `<input type="hidden" name="csrf_token" value="${token}"><input type="hidden" name="kind" value="note">
<input name="title" value=""><select name="size"><option value="s">S</option><option value="m" selected>M</option></select>
<input type="checkbox" name="public" checked><textarea name="text">
old</textarea><button name="save" value="1">Save</button><button name="more" value="2">More</button>`;
const page = (form: string, inner = fields) =>
  `<!doctype html><form action="/search"><input name="q"></form><form ${form}>${inner}</form>`;
const at = 'http://shop.test/notes/add?of=7';

function behind(html: string, sent: readonly (readonly [string, string])[], { url = at, method = 'POST' } = {}) {
  const pages = new FormPages();
  pages.learn(at, html);
  const body: RequestBody = { kind: 'form', fields: sent };
  const spec = { method, path: '/', query: [], headers: [], cookies: [], omittedHeaders: [], body };
  return pages.behind(spec, url);
}

const whole = (own: Readonly<Record<string, string | undefined>>) =>
  [
    ['csrf_token', token],
    ['kind', 'note'],
    ['title', ''],
    ['size', 'm'],
    ['public', 'on'],
    ['text', 'old'],
    ['save', '1'],
  ]
    .map(([name = '', value = '']) => [name, name in own ? own[name] : value] as const)
    .flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));

test('only what the user changed is left, the rest comes from the page', () => {
  expect(behind(page('id="note" method="post"'), whole({ title: 'Ten', text: 'a\r\nb' }))).toEqual({
    from: { page: '/notes/add?of=7', form: 'form#note' },
    body: {
      kind: 'form',
      fields: [
        ['title', 'Ten'],
        ['text', 'a\r\nb'],
      ],
    },
  });
});

test('a box that was unchecked, another button, and an action elsewhere are told', () => {
  const sent = [...whole({ public: undefined, save: undefined, title: 'Ten' }), ['more', '2'] as const];
  expect(
    behind(page('name="note" method="POST" action="/notes/save?x=1"'), sent, {
      url: 'http://shop.test/notes/save?x=1',
    }),
  ).toEqual({
    from: { page: '/notes/add?of=7', form: 'form[name="note"]', without: ['public'], action: '/notes/save?x=1' },
    body: {
      kind: 'form',
      fields: [
        ['title', 'Ten'],
        ['more', '2'],
      ],
    },
  });
});

test.each<[string, string, Parameters<typeof behind>[1], Parameters<typeof behind>[2]]>([
  ['goes elsewhere', page('method="post"'), whole({}), { url: 'http://shop.test/other' }],
  ['is of another site', page('method="post"'), whole({}), { url: 'http://other.test/notes/add?of=7' }],
  ['is sent by GET', page('method="get"'), whole({}), {}],
  ['is sent in parts', page('method="post" enctype="multipart/form-data"'), whole({}), {}],
  [
    'has no token',
    page('method="post"', '<input type="hidden" name="kind" value="note"><input name="title">'),
    [
      ['kind', 'note'],
      ['title', 'x'],
    ],
    {},
  ],
  ['had another token', page('method="post"'), whole({ csrf_token: 'another-f3a91c0b77de42aa' }), {}],
  ['has its fields in another order', page('method="post"'), whole({}).toReversed(), {}],
])('a form that %s is not taken', (_, html, sent, options) => {
  expect(behind(html, sent, options)).toBeUndefined();
});

test('a megabyte of forms, or of fields, is looked through in bounded time', () => {
  const many = `<form method="post">${'<input type="hidden" name="csrf_token" value="f3a91c0b77de42aa8f6a10cc">'.repeat(10_000)}</form>`;
  expect(behind(many, [['a', 'b']])).toBeUndefined();
  expect(behind('<form method="post">'.repeat(50_000), [['a', 'b']])).toBeUndefined();
});
