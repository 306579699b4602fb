import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publish } from '../../src/pipeline/publish.js';
import { sampleReport } from '../report/sample-report.js';
import { folderOf } from '../suite/suite-folder.js';

test('files are written relative to the world’s folder', async () => {
  const cwd = await folderOf({});
  const { files, terminal } = await publish(sampleReport(), { reporters: ['json', 'terminal'], out: 'out' }, { cwd });
  expect(files).toEqual([join(cwd, 'out', 'report.json')]);
  expect(terminal).not.toContain('\u001b');
});

test('where one file cannot take its place, the report stays the old one: it is the last that is replaced', async () => {
  const cwd = await folderOf({ 'out/report.json': 'old', 'out/report.html/in-the-way': '' });
  const publishing = publish(sampleReport(), { reporters: ['json', 'html'], out: 'out' }, { cwd });
  await expect(publishing).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
  expect(await readFile(join(cwd, 'out', 'report.json'), 'utf8')).toBe('old');
  expect((await readdir(join(cwd, 'out'))).sort()).toEqual(['report.html', 'report.json']);
});

test('a reporter that is not known is an error', async () => {
  const publishing = publish(sampleReport(), { reporters: ['json', 'pdf'], out: 'out' }, { cwd: await folderOf({}) });
  await expect(publishing).rejects.toMatchObject({ code: 'REPORTER_UNKNOWN' });
});
