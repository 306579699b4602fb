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

test('a reporter that is not known is an error', async () => {
  const publishing = publish(sampleReport(), { reporters: ['json', 'pdf'], out: 'out' }, { cwd: await folderOf({}) });
  await expect(publishing).rejects.toMatchObject({ code: 'REPORTER_UNKNOWN' });
});
