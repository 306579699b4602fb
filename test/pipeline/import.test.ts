import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/pipeline/check.js';
import { importSuites } from '../../src/pipeline/import.js';
import { testOf } from '../record/import-ftw.js';
import { type Files, folderOf } from '../suite/suite-folder.js';

const tests = { 'tests/942100.yaml': testOf({}) };
const written = 'out/attacks/942100.yaml';

async function importIn(files: Files, change: Partial<Parameters<typeof importSuites>[0]> = {}) {
  const cwd = await folderOf(files);
  const options = { format: 'ftw', path: 'tests', out: 'out', force: false, ...change };
  return {
    cwd,
    again: (force: boolean) => importSuites({ ...options, force }, { cwd }),
    result: importSuites(options, { cwd }),
  };
}

describe('an import', () => {
  test('takes a single file', async () => {
    const { cwd, result } = await importIn(tests, { path: 'tests/942100.yaml' });
    expect((await result).written).toEqual([{ file: 'attacks/942100.yaml', intent: 'attack', cases: 1 }]);
    expect(await readFile(join(cwd, written), 'utf8')).toMatch(/^# Imported from 942100\.yaml\nsuite: /);
  });

  test('gives suites that the engine can be asked with', async () => {
    const data = "id=1' or '1'='1";
    const { cwd, result } = await importIn({ 'tests/942100.yaml': testOf({ method: 'POST', data }) });
    await result;
    const progress = { stage() {}, start() {}, done() {}, warn() {}, end() {} };
    const world = { cwd, env: {}, signal: new AbortController().signal, progress };
    const engine = { rulesBefore: [], rulesAfter: [], workers: 1 };
    const { results } = await check({ suites: ['out'], select: { tags: [] }, engine, timeoutMs: 60_000 }, world);
    expect(results[0]?.verdict.kind).toBe('attack-blocked');
    expect(results[0]?.hits.map(({ ruleId }) => ruleId)).toContain(942100);
  });

  test('does not take a folder for a file', async () => {
    const { result } = await importIn({ ...tests, 'tests/folder.yaml/942110.yaml': testOf({}) });
    expect((await result).written.map(({ file }) => file)).toEqual([
      'attacks/942100.yaml',
      'attacks/folder.yaml/942110.yaml',
    ]);
  });

  test('overwrites nothing unless it is told to', async () => {
    const { cwd, again, result } = await importIn({ ...tests, 'tests/942110.yaml': testOf({}) });
    await result;
    await writeFile(join(cwd, written), 'mine');
    await expect(again(false)).rejects.toMatchObject({
      problems: [{ code: 'OUTPUT_EXISTS', place: { file: written }, message: expect.stringContaining('another file') }],
    });
    expect(await readFile(join(cwd, written), 'utf8')).toBe('mine');
    await again(true);
    expect(await readFile(join(cwd, written), 'utf8')).toContain('rule-942100');
  });

  test.each<[string, Files, object, object]>([
    [
      'USAGE',
      tests,
      { format: 'nope' },
      { message: expect.stringMatching(/no format "nope" to import; there is: .*ftw/) },
    ],
    ['IMPORT_UNREADABLE', {}, {}, { place: { file: 'tests' } }],
    ['IMPORT_UNREADABLE', { 'tests/a.yaml': Uint8Array.of(0xff) }, {}, { place: { file: 'tests/a.yaml' } }],
    [
      'IMPORT_INVALID',
      { ...tests, 'tests/b.yaml': 'tests:\n  - a: [\n' },
      {},
      { place: { file: 'tests/b.yaml', line: expect.any(Number), column: expect.any(Number) } },
    ],
    ['IMPORT_EMPTY', { 'tests/a.yaml': 'other: 1\n', 'tests/b.yaml': '# later\n' }, {}, { place: { file: 'tests' } }],
    ['IMPORT_EMPTY', { 'tests/a.txt': 'x' }, {}, {}],
    ['OUTPUT_UNWRITABLE', { ...tests, out: 'a file' }, {}, {}],
  ])('stops: %s', async (code, files, change, problem) => {
    await expect((await importIn(files, change)).result).rejects.toMatchObject({ problems: [{ code, ...problem }] });
  });

  test('names every broken file, and writes nothing', async () => {
    const { cwd, result } = await importIn({ ...tests, 'tests/a.yaml': 'a: [', 'tests/b.yaml': 'a: 1\na: 2\n' });
    await expect(result).rejects.toMatchObject({
      problems: [{ place: { file: 'tests/a.yaml' } }, { place: { file: 'tests/b.yaml', line: 2 } }],
    });
    await expect(readFile(join(cwd, written))).rejects.toThrow();
  });
});
