import { expect, test } from 'vitest';
import type { Case } from '../../src/model/case.js';
import { loadSuites } from '../../src/suite/load-suites.js';
import { folderOf } from './suite-folder.js';

async function load(suite: string) {
  const cwd = await folderOf({ 's.yaml': suite });
  const { cases } = await loadSuites({ patterns: ['s.yaml'], cwd, env: {} });
  const all: Case[] = [];
  for await (const one of cases()) all.push(one);
  return all;
}

test('a case that submits a form has what it fills in, and is taken to post to the page itself', async () => {
  const [one] = await load(
    'suite: S\ncases:\n  - { id: a, from: { page: "/add?x=1", form: "#f", without: [b] }, form: { a: "1" } }\n',
  );
  expect(one).toMatchObject({
    from: { page: '/add?x=1', form: '#f', without: ['b'] },
    request: { method: 'POST', path: '/add?x=1', body: { kind: 'form', fields: [['a', '1']] } },
  });
});

test('defaults may name the form, and a case needs no fields of its own', async () => {
  const [one] = await load('suite: S\ndefaults: { from: { page: /add } }\ncases: [{ id: a }]\n');
  expect(one).toMatchObject({ from: { page: '/add' }, request: { method: 'POST', body: { kind: 'none' } } });
});

test.each([
  ['from: { page: /a }, json: {}', '"json" and "from" exclude each other'],
  ['from: { page: /a }, body: x', '"body" and "from" exclude each other'],
  ['from: { page: /a }, path: /b', '"path" and "from" exclude each other'],
  ['from: { page: a }', 'a page is a path that begins with "/"'],
  ['from: { page: /a, form: "form:nth-child(2)" }', 'a form is named by a CSS selector'],
  ['from: { pagee: /a }', '"pagee" is not a key of "from"; did you mean "page"?'],
])('what goes wrong says how: %s', async (keys, message) => {
  await expect(load(`suite: S\ncases:\n  - { id: a, ${keys} }\n`)).rejects.toThrow(message);
});
