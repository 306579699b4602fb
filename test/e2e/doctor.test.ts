import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Diagnosis } from '../../src/model/diagnosis.js';
import { folderOf } from '../suite/suite-folder.js';
import { start, suiteOf, wafproof } from './command.js';
import { startLab } from './lab.js';

test('the doctor finds a lab in order, and tells its log from another one, as run does', async () => {
  const folder = await folderOf({ 'own.yaml': suiteOf('one') });
  const lab = await startLab(folder);
  const ready = await start(['doctor', '--target', lab.url, '--log', join(folder, 'audit.log'), '--json']).ended;
  expect(ready.code).toBe(0);
  const { checks }: Diagnosis = JSON.parse(ready.stdout);
  expect(checks.filter(({ status }) => status === 'failed' || status === 'warning')).toEqual([]);

  const other = join(folder, 'other.log');
  await writeFile(other, '');
  const place = ['--target', lab.url, '--log', other];
  const blind = await start(['doctor', ...place]).ended;
  expect(blind).toMatchObject({ code: 1, stdout: expect.stringMatching(/failed {3}Requests are found in the log/) });
  const run = await start(['run', join(folder, 'own.yaml'), ...place], { cwd: folder }).ended;
  expect(run).toMatchObject({ code: 2, stderr: expect.stringMatching(/EVIDENCE_NONE/) });
  await lab.stop();
});

test('a target that is down is a finding, and no target at all is none', async () => {
  const down = await wafproof(['doctor', '--target', 'http://127.0.0.1:1', '--no-color']);
  expect(down).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/gives no answer.*\n.*Fix: start the server|Fix: /),
  });
  expect(await wafproof(['doctor'])).toMatchObject({ code: 2, stdout: '' });
});
