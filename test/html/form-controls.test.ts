import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formIn } from '../../src/html/find-form.js';
import { readPage } from '../../src/html/page.js';
import { type Entry, entriesOf, fieldOf, submissionBody } from '../../src/html/submission.js';

function submitted(html: string, filled: readonly (readonly [string, string])[] = [], selector = 'form') {
  const form = formIn(readPage(html), selector);
  if (form === undefined) return undefined;
  return entriesOf(
    form,
    filled.map(([name, text]): Entry => ({ name, content: { text } })),
  ).map(fieldOf);
}

test.each<[string, string, readonly (readonly [string, string])[]]>([
  ['a hidden field', '<input type=hidden name=a value="1&amp;2">', [['a', '1&2']]],
  ['a field without a value', '<input name=a>', [['a', '']]],
  ['a field without a name', '<input value=1>', []],
  ['a disabled field', '<input name=a value=1 disabled><fieldset disabled><input name=b></fieldset>', []],
  [
    'checked boxes',
    '<input type=checkbox name=a checked><input type=checkbox name=b value=x><input type=radio name=c value=1><input type=radio name=c value=2 checked>',
    [
      ['a', 'on'],
      ['c', '2'],
    ],
  ],
  ['a text area', '<textarea name=a>\n one\ntwo\r\n</textarea>', [['a', ' one\r\ntwo\r\n']]],
  [
    'the first option',
    '<select name=a><option value="" disabled>-<option value=1>One<option>Two</select>',
    [['a', '1']],
  ],
  [
    'the option that is selected',
    '<select name=a><option>One<optgroup><option selected> Two  words </optgroup></select>',
    [['a', 'Two words']],
  ],
  [
    'several options',
    '<select name=a multiple><option selected>1<option>2<option selected>3</select>',
    [
      ['a', '1'],
      ['a', '3'],
    ],
  ],
  [
    'no option of a list',
    '<select name=a multiple><option>1</select><select name=b size=3><option>1</select><select name=c></select>',
    [],
  ],
  [
    'the first button',
    '<button type=button name=x>X</button><input type=submit name=a value=Save><input type=submit name=b>',
    [['a', 'Save']],
  ],
  ['the first button, which has no name', '<button>Go</button><input type=submit name=b value=1>', []],
  ['no file', '<input type=file name=a>', [['a', '']]],
  [
    'what a script, a comment or a template holds',
    '<!-- <input name=a> --><script>"<input name=b>"</script><template><input name=c></template>',
    [],
  ],
])('%s', (_, inner, expected) => {
  expect(submitted(`<form>${inner}</form>`)).toEqual(expected);
});

test('fields belong to the form that they name, wherever they stand, and never to another', () => {
  const html =
    '<form id=f><input name=a value=1><input form=g name=x></form><form id=g></form><input form=f name=b value=2>';
  expect(submitted(html, [], '#f')).toEqual([
    ['a', '1'],
    ['b', '2'],
  ]);
});

test('fields with the names of properties of forms take nothing away', () => {
  const html =
    '<form action="/go" method=POST enctype=multipart/form-data><input name=action value=1><input name=method><input name=elements></form>';
  expect(formIn(readPage(html), 'form')).toMatchObject({ action: '/go', method: 'POST', enctype: 'multipart' });
});

test('what is filled in stands in the place of the field, checks its box, and presses its button', () => {
  const html =
    '<form><input name=a value=1><input type=checkbox name=c value=x><input name=b value=2><input name=b value=3><button name=save>S</button><button name=go value=1>G</button></form>';
  const filled = [
    ['new', 'n'],
    ['b', "'"],
    ['c', 'x'],
    ['go', '1'],
  ] as const;
  expect(submitted(html, filled)).toEqual([
    ['a', '1'],
    ['c', 'x'],
    ['b', "'"],
    ['go', '1'],
    ['new', 'n'],
  ]);
});

test.each([
  ['/a', '/a'],
  ['form.b, #c', '/b'],
  ['main > form[action="/c"]', '/c'],
  ['main input[name^="d"]', '/d'],
  ['form#nope', undefined],
])('%s names %s', (selector, action) => {
  const html =
    '<form action=/a></form><div class="x b"><form class="b x" action=/b></form></div><main><form action=/c></form><section><form action=/d><input name=deep></form></section></main>';
  expect(formIn(readPage(html), selector === '/a' ? 'form' : selector)?.action).toBe(action);
});

test.each(['urlencoded', 'multipart', 'plain'] as const)(
  'a file that is filled in goes in parts, whatever the form says: %s',
  (enctype) => {
    const file: Entry = { name: 'f', filename: 'a.bin', type: 'image/png', content: { base64: 'AAH/' } };
    expect(submissionBody([{ name: 'a', content: { text: '1' } }, file], enctype)).toMatchObject({
      kind: 'multipart',
      parts: [{ name: 'a' }, { filename: 'a.bin', content: { base64: 'AAH/' } }],
    });
  },
);

test('any page is read, and a deep or wide one in bounded time', () => {
  const piece = fc.constantFrom(
    '<form>',
    '</form>',
    '<select name=a>',
    '<option selected>',
    '<input name=b>',
    '<textarea name=c>',
    '<fieldset disabled>',
    '<div>',
    '</div>',
    '<button>',
    '"',
    '<',
    'x',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      submitted(pieces.join(''));
    }),
  );
  expect(submitted(`<form>${'<div>'.repeat(100_000)}<input name=a value=1>`)).toEqual([['a', '1']]);
  expect(submitted(`<form>${'<input name=a value=1>'.repeat(20_000)}`)).toHaveLength(20_000);
});
