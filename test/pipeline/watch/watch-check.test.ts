import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CheckOptions } from '../../../src/model/options.js';
import type { ResultChanges } from '../../../src/model/result-changes.js';
import { showTurn } from '../../../src/pipeline/watch/show-turn.js';
import { type Turn, watchCheck } from '../../../src/pipeline/watch/watch-check.js';
import { worldOf } from '../../../src/pipeline/world.js';
import { type Files, folderOf } from '../../suite/suite-folder.js';

const rules =
  'SecRule ARGS "@contains evil" "id:1000,phase:2,deny,status:403,log,msg:\'Evil\',severity:CRITICAL"\n' +
  'SecRule ARGS "@contains odd" "id:1001,phase:2,pass,log,msg:\'Odd\',severity:NOTICE"\n';
const suiteOf = (...texts: readonly string[]) =>
  `suite: S\ncases:\n${texts.map((text, i) => `  - { id: c${i}, path: /a, form: { q: ${text} } }\n`).join('')}`;

/** Somebody who writes files while they are watched. */
class Writer {
  readonly #turns: Turn[] = [];
  readonly #end = new AbortController();
  #heard = () => {};
  #ended: Promise<void> = Promise.resolve();

  static async begin(files: Files, options: Partial<CheckOptions> = {}): Promise<Writer> {
    const folder = await folderOf({ 'crs/rules/own.conf': rules, 'own.conf': '', ...files });
    const writer = new Writer(folder);
    const engine = { crs: join(folder, 'crs'), rulesAfter: [join(folder, 'own.conf')], workers: 1 };
    writer.#ended = watchCheck(
      { suites: ['suites'], engine, ...options },
      worldOf({ cwd: folder, signal: writer.#end.signal }),
      (turn) => {
        writer.#turns.push(turn);
        writer.#heard();
      },
    );
    await writer.#next(0);
    return writer;
  }

  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  get first(): Turn | undefined {
    return this.#turns[0];
  }

  /** What comes of saving a file. */
  async save(name: string, text: string): Promise<Turn> {
    const count = this.#turns.length;
    await mkdir(join(this.folder, name, '..'), { recursive: true });
    await writeFile(join(this.folder, `${name}~`), text);
    await rename(join(this.folder, `${name}~`), join(this.folder, name));
    return this.#next(count);
  }

  async #next(count: number): Promise<Turn> {
    while (this.#turns.length <= count) {
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
    const turn = this.#turns.at(-1);
    if (turn === undefined) throw new Error('there was no turn');
    return turn;
  }

  async end(): Promise<void> {
    this.#end.abort();
    await this.#ended;
  }
}

/** The ids in each list of changes. */
function idsIn(turn: Turn | undefined) {
  if (turn?.kind !== 'checked') throw new Error(`not checked: ${turn?.error.message}`);
  const { broken, mended, other, added, removed } = turn.changes;
  const ids = (results: ResultChanges['broken']) => results.map(({ id }) => id);
  return {
    broken: ids(broken),
    mended: ids(mended),
    other: ids(other.map(({ after }) => after)),
    added: ids(added),
    removed: ids(removed),
  };
}

const nothing = { broken: [], mended: [], other: [], added: [], removed: [] };

test('at first all is told, and after a suite was saved what is different', async () => {
  const writer = await Writer.begin({ 'suites/s.yaml': suiteOf('evil', 'fine', 'fine') });
  expect(idsIn(writer.first)).toEqual({ ...nothing, broken: ['s/c0'], added: ['s/c1', 's/c2'] });
  const turn = await writer.save('suites/s.yaml', suiteOf('fine', 'odd'));
  expect(idsIn(turn)).toEqual({ ...nothing, mended: ['s/c0'], other: ['s/c1'], removed: ['s/c2'] });
  expect(showTurn(turn, { cwd: writer.folder, colours: false })).toBe(
    `suites/s.yaml saved: 2 cases in ${turn.kind === 'checked' ? turn.report.durationMs : 0} ms, all as expected
  as expected now  s/c0  suites/s.yaml:3:5
  changed  s/c1  suites/s.yaml:4:5
    let through → let through (1001 in ARGS:q)
  1 case removed
`,
  );
  await writer.end();
});

test('a suite that is new in a folder counts, and so do corpora and files that suites name, wherever they are', async () => {
  const suite =
    'suite: T\ncases:\n  - { id: each, path: /a, form: { q: !each ../data/words.txt } }\n  - { id: file, path: /a, method: POST, headers: { Content-Type: application/x-www-form-urlencoded }, body: !file ../data/body }\n';
  const writer = await Writer.begin({
    'suites/s.yaml': suiteOf('fine'),
    'data/words.txt': 'one\ntwo\n',
    'data/body': 'q=x',
  });
  expect(idsIn(await writer.save('suites/t.yaml', suite)).added).toEqual(['t/each#1', 't/each#2', 't/file']);
  expect(idsIn(await writer.save('data/words.txt', 'one\nevil\n')).broken).toEqual(['t/each#2']);
  expect(idsIn(await writer.save('data/body', 'q=evil')).broken).toEqual(['t/file']);
  await writer.end();
});

test('after a change of rules everything is asked again', async () => {
  const writer = await Writer.begin({ 'suites/s.yaml': suiteOf('evil', 'fine') });
  const harsh = 'SecRule ARGS "@contains fine" "id:1002,phase:2,deny,status:403,log,msg:\'Fine\'"\n';
  expect(idsIn(await writer.save('own.conf', harsh))).toEqual({ ...nothing, broken: ['s/c1'] });
  expect(idsIn(await writer.save('own.conf', ''))).toEqual({ ...nothing, mended: ['s/c1'] });
  expect(idsIn(await writer.save('crs/rules/own.conf', rules.replace('evil', 'worse')))).toEqual({
    ...nothing,
    mended: ['s/c0'],
  });
  await writer.end();
});

test('what is wrong with a file is told, and compared is with the last turn in which nothing was', async () => {
  const writer = await Writer.begin({ 'suites/s.yaml': suiteOf('evil') });
  const failed = await writer.save('suites/s.yaml', 'suite: S\ncases: [');
  expect(failed).toMatchObject({ kind: 'failed', error: { code: 'SUITE_YAML' } });
  expect(showTurn(failed, { cwd: writer.folder, colours: true })).toContain('SUITE_YAML suites/s.yaml:2:9');
  expect(await writer.save('own.conf', 'SecNonsense\n')).toMatchObject({ kind: 'failed' });
  await writer.save('own.conf', '');
  expect(idsIn(await writer.save('suites/s.yaml', suiteOf('evil')))).toEqual(nothing);
  await writer.end();
});

test('a suite that is wrong from the start is waited for', async () => {
  const writer = await Writer.begin({ 'suites/s.yaml': 'nonsense' });
  expect(writer.first).toMatchObject({ kind: 'failed' });
  expect(idsIn(await writer.save('suites/s.yaml', suiteOf('fine'))).added).toEqual(['s/c0']);
  await writer.end();
});

test('a glob is watched from its first fixed folder', async () => {
  const writer = await Writer.begin({ 'suites/a/s.yaml': suiteOf('fine') }, { suites: ['suites/**/*.yaml'] });
  expect(idsIn(await writer.save('suites/b/t.yaml', suiteOf('evil'))).broken).toEqual(['t/c0']);
  await writer.end();
});
