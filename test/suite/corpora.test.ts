import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sequentialSample } from '../../src/suite/corpus-sample.js';
import { loadSuites } from '../../src/suite/load-suites.js';
import { casesOf, collect, type Files, folderOf, suiteOf } from './suite-folder.js';

async function valuesOf(corpus: string, files: Files): Promise<readonly string[]> {
  const cases = await casesOf({ 's.yaml': suiteOf(`body: !each ${corpus}`), ...files });
  return cases.map(({ request: { body } }) =>
    body.kind === 'raw' && 'text' in body.content ? body.content.text : 'no text',
  );
}

describe('.txt', () => {
  test.each([
    ['a value a line', 'a\nb', ['a', 'b']],
    ['a head up to the first empty line', '# what\n# from where\n\n# a\nb\n', ['# a', 'b']],
    ['a head that no empty line ends', '# what\na\n# b\n', ['a', '# b']],
    ['no head unless the file begins with #', '\n# a\nb\n', ['# a', 'b']],
    ['a head whose end has spaces', '# what\n  \na\n', ['a']],
    ['a byte order mark and CRLF', '\ufeff# what\r\n\r\na\r\nb\r\n', ['a', 'b']],
    ['empty lines are no values, spaces are', 'a\n\n  \nb', ['a', '  ', 'b']],
    ['values as they are', '  !each x \\n "q" \t\n', ['  !each x \\n "q" \t']],
  ])('%s', async (_, text, values) => {
    expect(await valuesOf('c.txt', { 'c.txt': text })).toEqual(values);
  });

  test('streaming gives what reading the whole file gives', async () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('', '#', '# x', '\r', 'é'.repeat(40_000), '😀'.repeat(20_000)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1 }), fc.constantFrom('\n', '\r\n'), async (lines, end) => {
        const text = `begin${end}${lines.join(end)}`;
        const whole = text.split('\n').map((one) => (one.endsWith('\r') ? one.slice(0, -1) : one));
        expect(await valuesOf('c.txt', { 'c.txt': text })).toEqual(whole.filter((one) => one !== ''));
      }),
      { numRuns: 30 },
    );
  });
});

describe('lists', () => {
  test('.jsonl has one JSON text a line, after the same head', async () => {
    const text = '# what\n\n"a\\nb"\r\n\n  "\\u00e9"\n';
    expect(await valuesOf('c.jsonl', { 'c.jsonl': text })).toEqual(['a\nb', 'é']);
  });

  test('.yaml is a list of texts', async () => {
    const text = '# what\n\n- |\n  a\n  b\n- 007\n- "x"\n- ""\n- true\n';
    expect(await valuesOf('c.yaml', { 'c.yaml': text })).toEqual(['a\nb\n', '007', 'x', '', 'true']);
    expect(await valuesOf('c', { 'c.yml': '[a, b]' })).toEqual(['a', 'b']);
  });
});

describe('finding a corpus', () => {
  const files = {
    'in/b.txt': 'b',
    'in/a.jsonl': '"a"',
    'in/deep/c.yaml': '[c]',
    'in/notes.md': 'no corpus',
    'in/[x].txt': 'x',
  };

  test.each([
    ['a file', 'in/b.txt', ['b']],
    ['a file without its extension', 'in/a', ['a']],
    ['a folder: all corpora below, sorted', 'in', ['x', 'a', 'b', 'c']],
    ['a glob', '"in/*.txt"', ['x', 'b']],
    ['a file whose name looks like a glob', '"in/[x].txt"', ['x']],
  ])('%s', async (_, corpus, values) => {
    expect(await valuesOf(corpus, files)).toEqual(values);
  });
});

describe('a sample', () => {
  const lines = Array.from({ length: 100 }, (_, n) => `v${n}`);
  const sample = (take: number, seed: number) =>
    valuesOf(`{ from: c.txt, take: ${take}, seed: ${seed} }`, { 'c.txt': lines.join('\n') });

  test('is the same for the same seed, and another for another', async () => {
    expect(await sample(10, 7)).toEqual(await sample(10, 7));
    expect(await sample(10, 7)).not.toEqual(await sample(10, 8));
  });

  test('of more than there is takes all', async () => {
    expect(await sample(500, 1)).toEqual(lines);
  });

  test('takes as many as it says, in order, each at most once', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.nat(), (total, take, seed) => {
        const isTaken = sequentialSample(total, take, seed);
        const taken = Array.from({ length: total }, isTaken).filter(Boolean);
        expect(taken).toHaveLength(Math.min(total, take));
      }),
    );
  });

  test('is fair: every value has the same chance', () => {
    const counts = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 5000; seed++) {
      const isTaken = sequentialSample(10, 3, seed);
      for (const index of counts.keys()) if (isTaken()) counts[index] = (counts[index] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1500)).toBeLessThan(150);
  });
});

describe('a corpus that is touched after it was checked', () => {
  const files = { 's.yaml': suiteOf('body: !each c.txt'), 'c.txt': 'a\nb\n' };

  test.each([
    ['gone', (path: string) => rm(path)],
    ['shorter', (path: string) => writeFile(path, 'a\n')],
  ])('%s', async (_, touch) => {
    const cwd = await folderOf(files);
    const suites = await loadSuites({ patterns: ['s.yaml'], cwd, env: {} });
    await touch(join(cwd, 'c.txt'));
    await expect(collect(suites)).rejects.toMatchObject({ code: 'CORPUS_INVALID' });
  });

  test('longer: no more cases than were promised', async () => {
    const cwd = await folderOf(files);
    const suites = await loadSuites({ patterns: ['s.yaml'], cwd, env: {} });
    await writeFile(join(cwd, 'c.txt'), 'a\nb\nc\n');
    expect(await collect(suites)).toHaveLength(suites.total);
  });
});
