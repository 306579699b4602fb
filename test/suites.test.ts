import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corpusValues } from '../src/suite/corpus-values.js';
import { reportIn, start } from './e2e/command.js';
import { differences, type Outcomes, outcomes, startLab } from './e2e/lab.js';

/*
 * The figures that the shipped suites and corpora promise. They are measured with the built command, as a user would.
 */
const promised = { suites: 15, rules: 60, shareLetThrough: 0.6, corpusFiles: 80, corpusValues: 5000 };
const paranoiaLevels = [1, 2, 3];

const root = fileURLToPath(new URL('..', import.meta.url));
const suitesFolder = join(root, 'suites');
const corporaFolder = join(root, 'corpora', 'legitimate');

interface Result {
  readonly id: string;
  readonly title?: string;
  readonly intent: string;
  readonly verdict: { readonly kind: string };
  readonly hits: readonly { readonly ruleId: number | string }[];
}

interface Report {
  readonly results: readonly Result[];
}

const reports = new Map<number, Report>();
let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'wafproof-suites-'));
  for (const level of paranoiaLevels) reports.set(level, await check(level));
}, 300_000);

afterAll(async () => {
  await rm(scratch, { recursive: true, force: true });
});

describe('the shipped suites', () => {
  it('are many, and describe themselves', async () => {
    const files = await suiteFiles();
    expect(files.length, 'suite files in suites/').toBeGreaterThanOrEqual(promised.suites);
    for (const { name, text } of files) {
      expect(text.split('\n', 1)[0], `the first line of suites/${name}, by which editors find the schema`).toBe(
        '# yaml-language-server: $schema=./suite.schema.json',
      );
    }
  });

  it.each(paranoiaLevels)('hold no case without a clear verdict at paranoia level %i', (level) => {
    const { results } = reportAt(level);
    const unclear = results.filter(({ verdict }) => !['let-through', 'false-positive'].includes(verdict.kind));
    expect(unclear.map(({ id, verdict }) => `${id}: ${verdict.kind}`)).toEqual([]);
  });

  it('hold legitimate cases with a title only', () => {
    const wrong = reportAt(1).results.filter(({ title, intent }) => intent !== 'legitimate' || !title);
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('mostly pass at paranoia level 1', () => {
    const { results } = reportAt(1);
    const passed = results.filter(({ verdict }) => verdict.kind === 'let-through').length;
    const share = passed / results.length;
    expect(share, `${passed} of ${results.length} cases are let through`).toBeGreaterThanOrEqual(
      promised.shareLetThrough,
    );
  });

  it('make many rules of the Core Rule Set fire', () => {
    const fired = new Set([...reports.values()].flatMap(({ results }) => results.flatMap(coreRules)));
    const list = [...fired].sort((a, b) => a - b).join(' ');
    expect(fired.size, `different rules at paranoia levels 1 to 3: ${list}`).toBeGreaterThanOrEqual(promised.rules);
  });

  it('have more rules fire the higher the paranoia level', () => {
    const counts = paranoiaLevels.map((level) => new Set(reportAt(level).results.flatMap(coreRules)).size);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  });

  it('come out through a lab as check says, over 64 connections and over one', async () => {
    const lab = await startLab(scratch);
    const checked = outcomes(await reportIn(folderOf(1)));
    const many = await runThrough(lab.url, '--connections', '64');
    expect([...many.keys()]).toEqual([...checked.keys()]);
    expect(differences(checked, many)).toEqual([]);
    const few = await runThrough(lab.url, '--connections', '1', '--shard', '1/20');
    expect(few.size).toBeGreaterThan(0);
    expect(differences(checked, few)).toEqual([]);
    expect(await lab.stop()).toBe(0);
  });
});

describe('the shipped corpora', () => {
  it('are each used by a suite', async () => {
    const names = (await corpusFiles()).map(({ name }) => name);
    const used = (await suiteFiles()).flatMap(({ text }) => references(text));
    const unused = names.filter((name) => !used.some((pattern) => pattern.test(stem(name))));
    expect(unused, 'corpora that no suite repeats a case over').toEqual([]);
  });

  it('hold many values in many files', async () => {
    const files = await corpusFiles();
    const values = files.map(({ name, text }) => countValues(name, text));
    const total = values.reduce((sum, count) => sum + count, 0);
    expect(files.length, 'files in corpora/legitimate').toBeGreaterThanOrEqual(promised.corpusFiles);
    expect(total, 'values in corpora/legitimate').toBeGreaterThanOrEqual(promised.corpusValues);
    const empty = files.filter((_, index) => values[index] === 0);
    expect(
      empty.map(({ name }) => name),
      'corpora without values',
    ).toEqual([]);
  });

  it('hold each value once', async () => {
    const first = new Map<string, string>();
    const twice: string[] = [];
    for (const { name } of await corpusFiles())
      for await (const { text } of corpusValues({ path: join(corporaFolder, name), file: name })) {
        if (first.has(text)) twice.push(`${first.get(text)}, ${name}: ${text}`);
        else first.set(text, name);
      }
    expect(twice).toEqual([]);
  });

  it('say at their head what they are and where they come from', async () => {
    const silent = (await corpusFiles()).filter(({ text }) => !tellsItsOrigin(text));
    expect(
      silent.map(({ name }) => name),
      'corpora without a head of comment lines that names their origin',
    ).toEqual([]);
  });
});

function folderOf(level: number): string {
  return join(scratch, `paranoia-${level}`);
}

async function check(level: number): Promise<Report> {
  const out = folderOf(level);
  const args = [
    'dist/cli/main.js',
    'check',
    'suites',
    '--paranoia',
    `${level}`,
    '--json',
    '--reporter',
    'json',
    '-o',
    out,
  ];
  const { code, complaints } = await run(args);
  // 1: there are false positives, which is what these suites are for.
  expect([0, 1], `exit code of "node ${args.join(' ')}"; it said: ${complaints}`).toContain(code);
  return JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
}

async function runThrough(url: string, ...words: readonly string[]): Promise<Outcomes> {
  const out = join(scratch, 'run');
  const place = ['--target', url, '--log', join(scratch, 'audit.log'), '--out', out];
  const command = ['run', 'suites', ...place, '--quiet', '--reporter', 'json', ...words];
  const { code, stderr } = await start(command, { cwd: root }).ended;
  expect([code, stderr]).toEqual([1, '']);
  return outcomes(await reportIn(out));
}

function run(args: readonly string[]): Promise<{ code: number; complaints: string }> {
  return new Promise((resolve) => {
    const options = { cwd: root, maxBuffer: 512 * 1024 * 1024 };
    execFile(process.execPath, args, options, (error, _, complaints) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), complaints: complaints.slice(-2000) });
    });
  });
}

function reportAt(level: number): Report {
  const report = reports.get(level);
  if (report === undefined) throw new Error(`the suites were not checked at paranoia level ${level}`);
  return report;
}

/** The rules of the Core Rule Set; below 900000 are those of the engine's recommended configuration. */
function coreRules({ hits }: Result): readonly number[] {
  return hits.map(({ ruleId }) => Number(ruleId)).filter((id) => id >= 900_000 && id < 1_000_000);
}

/** The corpora that a suite names after `!each`, with "*" for any text. */
function references(text: string): readonly RegExp[] {
  return [...text.matchAll(/wafproof:legitimate\/([a-z0-9*-]+)/g)].map(
    ([, name = '']) => new RegExp(`^${name.replaceAll('*', '.*')}$`),
  );
}

function countValues(name: string, text: string): number {
  if (name.endsWith('.yaml')) {
    const list = load(text);
    return Array.isArray(list) ? list.length : 0;
  }
  const [, ...blocks] = text.split('\n\n');
  return blocks
    .join('\n')
    .split('\n')
    .filter((line) => line !== '').length;
}

function tellsItsOrigin(text: string): boolean {
  const [head = ''] = text.split('\n\n', 1);
  const lines = head.split('\n');
  return lines.length >= 2 && lines.every((line) => line.startsWith('#')) && /for Wafproof|https?:\/\//.test(head);
}

function stem(name: string): string {
  return name.replace(/\.(?:txt|ya?ml|jsonl)$/, '');
}

function suiteFiles(): Promise<readonly NamedText[]> {
  return readTexts(suitesFolder, /\.yaml$/);
}

function corpusFiles(): Promise<readonly NamedText[]> {
  return readTexts(corporaFolder, /\.(?:txt|ya?ml|jsonl)$/);
}

interface NamedText {
  readonly name: string;
  readonly text: string;
}

async function readTexts(folder: string, wanted: RegExp): Promise<readonly NamedText[]> {
  const names = (await readdir(folder)).filter((name) => wanted.test(name)).sort();
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })));
}
