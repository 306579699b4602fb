import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { wafproof } from '../cli/command-line.js';
import { suiteOfPosts } from './run-against.js';
import { serveWaf } from './waf-server.js';

const crs = {
  'crs/rules/own.conf':
    'SecRule ARGS "@contains evil" "id:1000,phase:2,deny,status:403,log,msg:\'Evil\',severity:CRITICAL"\n',
};

/** Cases of each kind: skipped ones, a corpus, a skipped corpus, random values, and paths that only together are one endpoint. */
const suite = `suite: Many
defaults: { path: /search }
cases:
  - { id: first, form: { q: hello } }
  - { id: left-out, skip: not yet, form: { q: evil } }
  - { id: words, form: { q: !each words.txt } }
  - { id: no-words, skip: never, form: { q: !each words.txt } }
  - { id: chance, form: { q: evil, token: !random hex 16 } }
  - { id: one, path: /tickets/101, form: { q: evil } }
  - { id: two, path: /tickets/202, form: { q: evil } }
  - { id: three, path: /tickets/303, form: { q: evil } }
  - { id: upload, multipart: [{ name: file, filename: a.txt, value: evil }] }
  - { id: attack, intent: attack, form: { q: evil } }
`;
const words = `# words\n\n${['a', 'evil b', 'c', 'd evil', 'e', 'f', 'g'].join('\n')}\n`;
const files = { ...crs, 's.yaml': suite, 'words.txt': words, 'more.yaml': 'suite: M\ncases: [{ id: x, path: / }]\n' };

const check = ['check', 's.yaml', 'more.yaml', '--crs', './crs', '--workers', '2', '-r', 'json'];
// The same rules give the same results wherever they lie.
const times = /"(?:durationMs|startedAt)": ?(?:[\d.]+|"[^"]*")/g;

async function textOf(folder: string, name: string): Promise<string> {
  return (await readFile(join(folder, name, 'report.json'), 'utf8')).replace(times, '');
}

/** A run, and its shards in other folders, merged. */
async function shardsOf(total: number) {
  const { folder } = await wafproof([...check, '-o', './whole'], { files });
  const inFolder = (words: readonly string[]) => wafproof(words, { files: {}, folder });
  for (let index = 1; index <= total; index++)
    await inFolder([...check, '-o', `./${index}`, '--shard', `${index}/${total}`]);
  const paths = Array.from({ length: total }, (_, at) => `./${total - at}/report.json`);
  return { folder, inFolder, paths };
}

test.each([2, 4, 7])('%i shards that are merged are one run, byte for byte but times', async (total) => {
  const { folder, inFolder, paths } = await shardsOf(total);
  const { code } = await inFolder(['report', ...paths, '-r', 'json', '-o', './merged']);
  expect(code).toBe(1);
  expect(await textOf(folder, 'merged')).toBe(await textOf(folder, 'whole'));
});

test('shards have as many cases as one another, give or take one', async () => {
  const { folder } = await shardsOf(4);
  const counts = [];
  for (const name of ['1', '2', '3', '4']) {
    const report: RunReport = JSON.parse(await readFile(join(folder, name, 'report.json'), 'utf8'));
    expect(report.selection).toEqual({ shard: { index: Number(name), total: 4 } });
    counts.push(report.summary.cases);
  }
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
});

test('a shard that is missing, there twice, or of another run is an error, and one alone is too', async () => {
  const { folder, inFolder, paths } = await shardsOf(3);
  const [third = '', second = '', first = ''] = paths;
  const refused = async (...words: readonly string[]) => {
    const { code, stderr } = await inFolder(['report', ...words, '-o', './merged']);
    expect(code).toBe(2);
    return stderr;
  };
  expect(await refused(first, third)).toMatch(
    /^REPORT_SHARDS .* of 3 shards this one is missing: 2; name the report\.json/,
  );
  expect(await refused(first)).toMatch(/of 3 shards these are missing: 2, 3/);
  expect(await refused(first, first, second)).toMatch(/shard 1 is there twice/);
  expect(await refused(first, second, './whole/report.json')).toMatch(/one of them is no shard/);
  await inFolder([...check, '-o', './other', '--shard', '3/3', '--paranoia', '3']);
  expect(await refused(first, second, './other/report.json')).toMatch(/they differ in the settings of the WAF/);
  await inFolder([...check, '-o', './other', '--shard', '3/4']);
  expect(await refused(first, second, './other/report.json')).toMatch(/one is of 4 shards, another of 3/);
  await writeFile(join(folder, 'more.yaml'), 'suite: M\ncases: [{ id: y, path: / }]\n');
  await inFolder([...check, '-o', './other', '--shard', '3/3']);
  expect(await refused(first, second, './other/report.json')).toMatch(
    /they differ in the cases that they are parts of/,
  );
});

test('shards of a run over HTTP are one run too, but for the ids of its requests', async () => {
  const waf = await serveWaf();
  await writeFile(join(waf.folder, 's.yaml'), `${suiteOfPosts(9)}  - { id: attack, intent: attack, path: /x }\n`);
  const run = ['run', 's.yaml', '--target', waf.url, '--log', waf.log, '-r', 'json'];
  const inFolder = (words: readonly string[]) => wafproof(words, { folder: waf.folder });
  await inFolder([...run, '-o', './whole']);
  for (const index of [1, 2]) await inFolder([...run, '-o', `./${index}`, '--shard', `${index}/2`]);
  await inFolder(['report', './1/report.json', './2/report.json', '-r', 'json', '-o', './merged']);
  const plain = async (name: string) => (await textOf(waf.folder, name)).replace(/w7-[\w-]+/g, '');
  expect(await plain('merged')).toBe(await plain('whole'));
});
