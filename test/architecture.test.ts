import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { computedImports, processExceptions, rooms, roomTable, wordExceptions } from './architecture/rooms.js';
import { rules, wafWordsIn } from './architecture/rules.js';
import { readSource, readTree } from './architecture/source-file.js';

const repository = fileURLToPath(new URL('..', import.meta.url));

describe('the tree', () => {
  const tree = readTree(`${repository}src`);

  test.each(rules)('$name', ({ advice, find }) => {
    expect(find(tree), advice).toEqual([]);
  });

  test('exceptions are of files that exist and need them', () => {
    const needy = tree.filter(({ processUses }) => processUses.length > 0).map(({ path }) => path);
    expect(needy).toEqual(expect.arrayContaining(Object.keys(processExceptions)));
    const naming = tree.filter(({ imports }) => imports.some(({ to }) => to.kind === 'computed'));
    expect(naming.map(({ path }) => path)).toEqual(Object.keys(computedImports));
  });

  test('files that may say a word of one WAF exist and say one', () => {
    const speaking = tree
      .filter(({ words }) => words.some(({ text }) => wafWordsIn(text).length > 0))
      .map(({ path }) => path);
    expect(speaking).toEqual(expect.arrayContaining(Object.keys(wordExceptions)));
  });

  test('ARCHITECTURE.md shows the table of rooms', () => {
    const page = readFileSync(`${repository}.github/ARCHITECTURE.md`, 'utf8').split('\n').map(withoutPadding);
    const start = page.indexOf(roomTable()[0] ?? '');
    expect(page.slice(start, page.indexOf('', start)), 'Copy the rows of roomTable() into the page.').toEqual(
      roomTable(),
    );
  });

  test('a room is above the rooms that it imports', () => {
    for (const [index, { folder, imports }] of rooms.entries()) {
      const above = rooms.slice(0, index).flatMap((room) => [room.folder, room.folder.split('/')[0]]);
      if (typeof imports !== 'string') expect(above, folder).toEqual(expect.arrayContaining([...imports]));
    }
  });

  test('nothing is left for later', () => {
    const later = new RegExp(['TO', 'DO|FIX', 'ME'].join(''));
    const found = ['src', 'test', '.github', 'README.md'].flatMap(textFiles).filter((path) => later.test(textOf(path)));
    expect(found, 'Do it now, or open an issue for it.').toEqual([]);
  });
});

describe('the check itself', () => {
  const fixture = readTree(`${repository}test/architecture/fixture/src`);
  const expected: Readonly<Record<string, readonly string[]>> = {
    'every file has a room': ['stray.ts is in no room'],
    'a room imports only the rooms that its row names': [
      'model/noun.ts:1 imports util/leaf.ts',
      'suite/load.ts:1 imports ../outside.ts',
    ],
    'one file lists the WAFs': ['pipeline/run.ts:3 imports waf/modsecurity/hits.ts'],
    'words of one WAF stay in its folder': [
      'replay/words.ts:5 says [Pp]aranoia',
      'replay/words.ts:9 says TX',
      'replay/words.ts:9 says ARGS',
      'replay/words.ts:9 says TX',
    ],
    'a name is declared once': ['load is declared in report/lazy.ts and suite/load.ts'],
    'a package is used only in its room': ['report/page.ts:1 imports undici'],
    'heavy packages load when first used': ['report/html.ts:1 loads handlebars whenever the command starts'],
    'imports name what they load': ['suite/load.ts:3 loads a computed name'],
    'only cli touches process': [
      'triage/judge.ts:4 uses process',
      'triage/judge.ts:4 uses process',
      'triage/judge.ts:1 imports node:process',
    ],
    'only cli reads the environment': [
      'triage/judge.ts:4 reads process.env',
      'waf/modsecurity/engine-process.ts:1 reads process.env',
    ],
    'no import cycles': ['pipeline/one.ts → pipeline/two.ts → pipeline/one.ts'],
    'no default exports': ['util/leaf.ts:5 has a default export'],
    'index.ts is the public API, and there is one': ['triage/index.ts is a second one'],
    'no file is long': [],
  };

  test.each(rules)('$name', ({ name, find }) => {
    expect(find(fixture)).toEqual(expected[name]);
  });

  test('a file may have 300 lines and no more', () => {
    const long = rules.find(({ name }) => name === 'no file is long');
    const files = [300, 301].map((lines) => readSource(`util/of-${lines}.ts`, '//\n'.repeat(lines)));
    expect(long?.find(files)).toEqual(['util/of-301.ts has 301 lines']);
  });

  test.each([
    ["import type { A } from './a.js';", 'type', { kind: 'file', name: 'util/a.ts' }],
    ["import { type A } from './a.js';", 'static', { kind: 'file', name: 'util/a.ts' }],
    ["export * from '../model/a.js';", 'static', { kind: 'file', name: 'model/a.ts' }],
    ["type A = import('@aws-sdk/client-wafv2/types').A;", 'type', { kind: 'package', name: '@aws-sdk/client-wafv2' }],
    ["const a = await import('koffi');", 'dynamic', { kind: 'package', name: 'koffi' }],
    ["const a = require('js-yaml/lib/a');", 'dynamic', { kind: 'package', name: 'js-yaml' }],
    ["import a = require('fs');", 'static', { kind: 'builtin', name: 'fs' }],
  ] as const)('it sees the edge in %s', (text, kind, to) => {
    expect(readSource('util/one.ts', text).imports).toEqual([{ line: 1, kind, to }]);
  });

  test.each([
    ['const a = { process: 1 };', []],
    ['class A { process() {} }', []],
    ['const { process: b } = a;', []],
    ['a.process.env;', []],
    ['const { env } = process;', [{ line: 1, env: false }]],
    ["process['env'];", [{ line: 1, env: true }]],
  ])('it tells whether Node’s process is meant in %s', (text, uses) => {
    expect(readSource('util/one.ts', text).processUses).toEqual(uses);
  });
});

/** The formatter aligns the columns of tables. */
function withoutPadding(line: string): string {
  return line.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
}

function textFiles(path: string): readonly string[] {
  const full = `${repository}${path}`;
  const stat = statSync(full, { throwIfNoEntry: false });
  if (stat?.isDirectory() !== true) return stat === undefined ? [] : [full];
  const entries = readdirSync(full, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`);
}

function textOf(path: string): string {
  return readFileSync(path, 'utf8');
}
