import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { folderOf } from '../suite/suite-folder.js';

const wafproof = `'${process.execPath}' '${join(packageRoot, 'dist/cli/main.js')}'`;

/** What a shell makes of a command line in which `wafproof` stands for the built command. */
async function shell(commandLine: string) {
  const cwd = await folderOf({ 'paste.txt': `curl https://h.test/c -d "q=1' UNION SELECT password FROM users-- -"\n` });
  const child = spawn('sh', ['-c', commandLine.replaceAll('wafproof', wafproof)], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [ended, stdout, stderr] = await Promise.all([code, text(child.stdout), text(child.stderr)]);
  return { code: ended, stdout, stderr };
}

test('a pasted command is one pipe away from an answer', async () => {
  const { code, stdout, stderr } = await shell(
    'cat paste.txt | wafproof import curl - --stdout | wafproof check - --json',
  );
  expect([code, stderr]).toEqual([1, expect.stringContaining('found 1, imported 1, left out 0')]);
  expect(JSON.parse(stdout).summary).toMatchObject({ cases: 1, verdicts: { 'false-positive': 1 } });
});

test('a suite that is piped in has its faults told by line', async () => {
  const { code, stderr } = await shell("printf 'suite: S\\ncases:\\n  - { id: a, nope: 1 }\\n' | wafproof check -");
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^SUITE_UNKNOWN_KEY -:3:14 "nope"/)]);
});
