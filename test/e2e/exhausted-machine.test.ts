import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { suiteOfPosts } from '../pipeline/run-against.js';
import { serveWaf } from '../pipeline/waf-server.js';
import { folderOf } from '../suite/suite-folder.js';
import { reportIn, start } from './command.js';

test.each([24, 40])(
  'where there are too few open files (%i), one message says so, and the exit code is 2',
  async (files) => {
    const cwd = await folderOf({ 's.yaml': 'suite: S\ncases: [{ id: a, path: / }]\n' });
    const command = `ulimit -n ${files}; exec "$0" "$1" check s.yaml --out out`;
    const words = ['-c', command, process.execPath, join(packageRoot, 'dist/cli/main.js')];
    const { status, stderr } = spawnSync('sh', words, { cwd, encoding: 'utf8' });
    expect(stderr).toMatch(/^(?:.* …\n)*(?:MACHINE_EXHAUSTED|ENGINE_START|OUTPUT_UNWRITABLE) [^\n]*\n$/);
    expect([status, stderr]).toEqual([2, expect.stringContaining('ulimit -n')]);
  },
);

/** A disk that holds next to nothing; nothing where this user may mount none. */
function smallDisk(folder: string, size: string): boolean {
  mkdirSync(folder, { recursive: true });
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status === 0;
  if (isMounted) onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  return isMounted;
}

test('where the disk is full, one message says so, and what is done is kept for --resume', async ({ skip }) => {
  const waf = await serveWaf();
  const out = join(waf.folder, 'out');
  if (!smallDisk(out, '64k')) skip('this user may not mount a disk');
  await writeFile(join(waf.folder, 's.yaml'), suiteOfPosts(300));
  const words = ['run', 's.yaml', '--target', waf.url, '--log', waf.log, '--out', 'out'];
  const { code, stderr } = await start(words, { cwd: waf.folder }).ended;
  expect(code).toBe(2);
  expect(stderr).toMatch(/(?:^|\n)(?:OUTPUT_UNWRITABLE|MACHINE_EXHAUSTED) [^\n]*space[^\n]*\n$/);
  expect(stderr.match(/^[A-Z]+_[A-Z]+ /gm)).toHaveLength(1);
  const done = (await readFile(join(out, 'journal.jsonl'), 'utf8')).match(/^\{"kind":"result".*\}$/gm) ?? [];
  expect(done.length).toBeGreaterThan(10);
  spawnSync('mount', ['-o', 'remount,size=16m', out]);
  const resumed = await start([...words, '--resume'], { cwd: waf.folder }).ended;
  expect(resumed.stderr).not.toContain('OUTPUT_UNWRITABLE');
  const { summary } = await reportIn(out);
  expect(summary).toMatchObject({ cases: 300, unexpected: 0 });
  expect(new Set(waf.received.map(({ url }) => url)).size).toBe(waf.received.length);
});
