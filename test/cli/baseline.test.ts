import { spawnSync } from 'node:child_process';
import { lstat, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { saveBaseline } from '../../src/pipeline/baseline.js';
import { packageRoot } from '../../src/util/package-root.js';
import { reportOf, result } from '../report/sample-report.js';
import { folderOf } from '../suite/suite-folder.js';
import { check, type Ran, wafproof } from './command-line.js';

/** A baseline that accepts what a check of the suite with a refused case finds. */
async function accepted(words: readonly string[] = []): Promise<{ readonly text: string; readonly told: Ran }> {
  const { folder } = await check(['s.yaml'], { evil: true });
  const update = ['report', join(folder, 'out/report.json'), '--update-baseline', join(folder, 'b.yaml'), ...words];
  const told = await wafproof(update);
  return { text: await readFile(join(folder, 'b.yaml'), 'utf8'), told };
}

async function checkWith(baseline: string, { evil = true, words = [] as readonly string[] } = {}) {
  const ran = await check(['s.yaml', '--baseline', 'b.yaml', ...words], { evil, files: { 'b.yaml': baseline } });
  const report: RunReport | undefined = await readFile(join(ran.folder, 'out/report.json'), 'utf8').then(
    (text) => JSON.parse(text),
    () => undefined,
  );
  return { ...ran, report };
}

test('what the baseline has does not fail any more, and is told', async () => {
  const { text, told } = await accepted(['--reason', 'Ticket 4711', '--expires', '2999-12-31']);
  expect(told.code).toBe(0);
  expect(told.stdout).toMatch(/^added: rule 1000 blocks ARGS:q at POST \/search\nwrote .*b\.yaml with 1 entry\n$/);
  expect(text).toContain('reason: Ticket 4711');
  const { code, stdout, report } = await checkWith(text);
  expect([code, stdout]).toEqual([
    0,
    expect.stringContaining('b.yaml accepts 1 entry of this run, and 1 case with them'),
  ]);
  expect(stdout).toContain('Every case came out as expected, or is accepted by the baseline.');
  expect(report?.summary).toMatchObject({ unexpected: 1, accepted: 1 });
  expect(report?.baseline).toMatchObject({
    file: 'b.yaml',
    cases: ['s/refused'],
    accepted: [{ reason: 'Ticket 4711', expires: '2999-12-31' }],
  });
});

test('formats for CI have nothing of it, but a skipped test', async () => {
  const { text } = await accepted();
  const { code, stdout, folder } = await checkWith(text, { words: ['-r', 'junit,github,sarif,gitlab'] });
  expect([code, stdout]).toEqual([0, expect.not.stringContaining('::error')]);
  expect(await readFile(join(folder, 'out/junit.xml'), 'utf8')).toMatch(
    /failures="0".*<testcase name="s\/refused"[^>]*><skipped message="accepted by the baseline: False positive/s,
  );
  expect(JSON.parse(await readFile(join(folder, 'out/report.sarif'), 'utf8')).runs[0].results).toEqual([]);
  expect(JSON.parse(await readFile(join(folder, 'out/gl-code-quality-report.json'), 'utf8'))).toEqual([]);
});

test('an entry counts through its day, and is told when it has expired', async () => {
  const { text } = await accepted(['--expires', '2001-02-03']);
  const { code, stdout, report } = await checkWith(text);
  expect([code, stdout]).toEqual([1, expect.stringContaining('Expired on 2001-02-03: rule 1000 blocks ARGS:q')]);
  expect(report?.baseline).toMatchObject({ accepted: [], cases: [], expired: [{ expires: '2001-02-03' }] });
  const today = new Date().toISOString().slice(0, 10);
  expect((await checkWith(text.replace('2001-02-03', today))).code).toBe(0);
});

test('an entry that is no longer seen is told, but only where all cases were run', async () => {
  const { text } = await accepted();
  const whole = await checkWith(text, { evil: false });
  expect([whole.code, whole.stdout]).toEqual([0, expect.stringContaining('No longer seen: rule 1000 blocks ARGS:q')]);
  const part = await checkWith(text, { words: ['--grep', 'plain'] });
  expect([part.code, part.stdout]).toEqual([0, expect.not.stringContaining('No longer seen')]);
  expect(part.report?.selection).toEqual({ grep: 'plain' });
});

test('what is new fails beside what is known', async () => {
  const { text } = await accepted();
  const files = {
    'b.yaml': text,
    'more.yaml': 'suite: More\ncases: [{ id: new, path: /other, query: { q: evil } }]\n',
  };
  const { code, stdout } = await check(['s.yaml', 'more.yaml', '--baseline', 'b.yaml'], { evil: true, files });
  expect(code).toBe(1);
  expect(stdout).toContain('Findings (1)');
  expect(stdout).toMatch(/ARGS:q +GET \/other/);
  expect(stdout).toContain('Not as expected (1)');
});

test('an update keeps reasons and days, adds what is new, and drops what is no longer seen', async () => {
  const { folder } = await check(['s.yaml'], { evil: true });
  const report = join(folder, 'out/report.json');
  const file = join(folder, 'b.yaml');
  await wafproof(['report', report, '--update-baseline', file, '--reason', 'mine', '--expires', '2999-01-01']);
  const old = await readFile(file, 'utf8');
  await writeFile(file, `${old}  - { id: gone, what: Something else, reason: x }\n`);
  const { stdout } = await wafproof(['report', report, '--update-baseline', file, '--reason', 'other']);
  expect(stdout).toMatch(/^dropped, no longer seen: Something else\nwrote .* with 1 entry\n$/);
  expect(await readFile(file, 'utf8')).toBe(old);
});

test('an update that cannot be written leaves the baseline as it was', async () => {
  const old = `accepted:\n  - { id: mine, reason: written by hand, what: x }\n`;
  const cases = [...Array(600).keys()].map((place) =>
    result({ id: `slow#${place}`, asExpected: false, verdict: { kind: 'inconclusive', reason: 'x' } }),
  );
  const folder = await folderOf({ 'b.yaml': old, 'report.json': JSON.stringify(reportOf(cases)) });
  const main = join(packageRoot, 'dist/cli/main.js');
  const command = `ulimit -f 16; exec "${process.execPath}" "${main}" report report.json --update-baseline b.yaml`;
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
  const { status, stderr } = spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8', env });
  expect([status, stderr]).toEqual([2, expect.stringMatching(/^OUTPUT_UNWRITABLE b\.yaml .*name another file/)]);
  expect(await readFile(join(folder, 'b.yaml'), 'utf8')).toBe(old);
  expect((await readdir(folder)).sort()).toEqual(['b.yaml', 'report.json']);
});

test('several updates at once are as one after the other, also through a link', async () => {
  const cwd = await folderOf({ 'real/b.yaml': 'accepted: []\n' });
  await symlink('real/b.yaml', join(cwd, 'b.yaml'));
  const reports = [...Array(8).keys()].map((place) => {
    const one = result({ id: `c${place}`, asExpected: false, verdict: { kind: 'inconclusive', reason: 'x' } });
    return reportOf([one], { selection: { grep: `c${place}` } });
  });
  const saved = reports.map((report, place) => saveBaseline(report, 'b.yaml', { reason: `r${place}` }, { cwd }));
  await Promise.all(saved);
  const text = await readFile(join(cwd, 'real/b.yaml'), 'utf8');
  expect(text.match(/reason: r\d/g)?.sort()).toEqual([...Array(8).keys()].map((place) => `reason: r${place}`));
  expect((await lstat(join(cwd, 'b.yaml'))).isSymbolicLink()).toBe(true);
});

test('a baseline may be JSON', async () => {
  const { folder } = await check(['s.yaml'], { evil: true });
  const file = join(folder, 'b.json');
  await wafproof(['report', join(folder, 'out/report.json'), '--update-baseline', file]);
  const { accepted: entries } = JSON.parse(await readFile(file, 'utf8'));
  expect(entries).toEqual([expect.objectContaining({ reason: 'not reviewed yet' })]);
  expect((await checkWith(await readFile(file, 'utf8'))).code).toBe(0);
});

test.each([
  ['accepted: [{ id: x, reason: y, expires: 2027-02-30 }]', /^BASELINE_INVALID b\.yaml:1:41 .*day such as 2027-01-31/],
  ['accepted: [{ id: x }]', /^BASELINE_INVALID b\.yaml:1:12 "reason" is missing/],
  ['accepted: [{ id: x, reason: y, until: z }]', /^BASELINE_INVALID b\.yaml:1:12 "until" cannot stand here/],
  ['accepted: [', /^BASELINE_INVALID b\.yaml:\d+:\d+ is not valid YAML/],
  ['\0', /^BASELINE_UNREADABLE b\.yaml the baseline cannot be read \(it is not UTF-8 text\)/],
])('a baseline that is wrong is told with its place, before anything is evaluated: %j', async (text, message) => {
  const { code, stderr, report } = await checkWith(text);
  expect([code, stderr, report]).toEqual([2, expect.stringMatching(message), undefined]);
});

test('a baseline that is missing is an error that says how to make one', async () => {
  const { code, stderr } = await check(['s.yaml', '--baseline', 'gone.yaml']);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^BASELINE_UNREADABLE gone\.yaml .*--update-baseline/)]);
});

test('a day that is none, and notes without a baseline, are told', async () => {
  const { folder } = await check(['s.yaml'], { evil: true });
  const report = join(folder, 'out/report.json');
  const wrong = await wafproof(['report', report, '--update-baseline', './b.yaml', '--expires', 'soon']);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--expires takes a day such as 2027-01-31')]);
  const idle = await wafproof(['report', report, '--reason', 'x']);
  expect([idle.code, idle.stderr]).toEqual([
    2,
    expect.stringContaining('--reason has an effect with --update-baseline'),
  ]);
});
