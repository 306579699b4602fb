import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { folderOf } from '../suite/suite-folder.js';

test('where there are too few open files, one message says so, and the exit code is 2', async () => {
  const cwd = await folderOf({ 's.yaml': 'suite: S\ncases: [{ id: a, path: / }]\n' });
  const command = `ulimit -n 40; exec "$0" "$1" check s.yaml --out out`;
  const words = ['-c', command, process.execPath, join(packageRoot, 'dist/cli/main.js')];
  const { status, stderr } = spawnSync('sh', words, { cwd, encoding: 'utf8' });
  expect(stderr).toMatch(/^(?:.* …\n)*(?:MACHINE_EXHAUSTED|ENGINE_START|OUTPUT_UNWRITABLE) [^\n]*\n$/);
  expect([status, stderr]).toEqual([2, expect.stringContaining('ulimit -n')]);
});
