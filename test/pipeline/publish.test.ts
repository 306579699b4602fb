import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { formatProblem } from '../../src/model/error.js';
import { publish } from '../../src/pipeline/publish.js';
import { sampleReport } from '../report/sample-report.js';
import { folderOf } from '../suite/suite-folder.js';

test('files are written relative to the world’s folder', async () => {
  const cwd = await folderOf({});
  const { files, terminal } = await publish(sampleReport(), { reporters: ['json', 'terminal'], out: 'out' }, { cwd });
  expect(files).toEqual([join(cwd, 'out', 'report.json')]);
  expect(terminal).not.toContain('\u001b');
});

test('a reporter that fails is named, and harms neither report.json nor the others', async () => {
  const cwd = await folderOf({ 'out/report.json': 'old', 'out/report.html/in-the-way': '', 'out/junit.xml': 'old' });
  const reporters = ['html', 'junit', 'json', 'terminal'];
  const { files, failed, terminal } = await publish(sampleReport(), { reporters, out: 'out' }, { cwd });
  expect(files).toEqual([join(cwd, 'out', 'report.json'), join(cwd, 'out', 'junit.xml')]);
  expect(failed.map(formatProblem)).toEqual([
    expect.stringMatching(/^REPORTER_FAILED .*out the reporter "html" failed \(cannot write here .*"wafproof report"/),
  ]);
  expect(terminal).not.toBe('');
  expect(JSON.parse(await readFile(join(cwd, 'out', 'report.json'), 'utf8'))).toEqual(sampleReport());
  expect((await readdir(join(cwd, 'out'))).sort()).toEqual(['junit.xml', 'report.html', 'report.json']);
});

test('where report.json cannot be written, the others are, and it is an error', async () => {
  const cwd = await folderOf({ 'out/report.json/in-the-way': '' });
  const publishing = publish(sampleReport(), { reporters: ['csv', 'json'], out: 'out' }, { cwd });
  await expect(publishing).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
  expect((await readdir(join(cwd, 'out'))).sort()).toEqual(['report.csv', 'report.json']);
});

test('a report that breaks off while it is written leaves the files that were there', async () => {
  const cwd = await folderOf({ 'out/report.csv': 'old' });
  const { results, ...head } = sampleReport();
  let readings = 0;
  const broken = {
    ...head,
    *results() {
      yield* results;
      if (++readings > 1) throw new Error('the disk is gone');
    },
  };
  const report = { ...head, results: { [Symbol.iterator]: () => broken.results() } };
  const { failed } = await publish(report, { reporters: ['json', 'csv'], out: 'out' }, { cwd });
  expect(failed.map(({ message }) => message)).toEqual([expect.stringContaining('"csv" failed (the disk is gone)')]);
  expect(await readFile(join(cwd, 'out', 'report.csv'), 'utf8')).toBe('old');
});

test('every format at once, each in its file; annotations apart, and the summary appended to that of the job', async () => {
  const cwd = await folderOf({ 'summary.md': 'before\n' });
  const reporters = ['csv', 'gitlab', 'github', 'markdown', 'sarif', 'junit', 'html', 'json'];
  const jobSummary = join(cwd, 'summary.md');
  const { files, annotations } = await publish(sampleReport(), { reporters, out: 'out', jobSummary }, { cwd });
  expect(files.map((file) => relative(join(cwd, 'out'), file)).sort()).toEqual([
    'gl-code-quality-report.json',
    'junit.xml',
    'report.csv',
    'report.html',
    'report.json',
    'report.md',
    'report.sarif',
  ]);
  expect(annotations).toMatch(/^::error file=suites\/comments.yaml,line=9,/);
  const page = await readFile(join(cwd, 'out', 'report.md'), 'utf8');
  expect(await readFile(jobSummary, 'utf8')).toBe(`before\n${page}\n`);
});

test('a reporter that is not known is an error', async () => {
  const publishing = publish(sampleReport(), { reporters: ['json', 'pdf'], out: 'out' }, { cwd: await folderOf({}) });
  await expect(publishing).rejects.toMatchObject({ code: 'REPORTER_UNKNOWN' });
});
