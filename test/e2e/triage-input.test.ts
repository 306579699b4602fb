import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';

/** Pipes a text into the built command. */
function triaged(text: string): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    const words = [join(packageRoot, 'dist/cli/main.js'), 'triage', '-', '--json'];
    const child = execFile(process.execPath, words, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
    child.stdin?.end(text);
  });
}

test('what is piped in and is no answer is told, and what is one is read', async () => {
  expect(await triaged('hello there')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/TRIAGE_UNREADABLE "-".*neither a status line/),
  });
  expect((await triaged('')).code).toBe(2);
  const { code, stdout } = await triaged('HTTP/1.1 429 Too Many Requests\n\nslow down');
  expect(code).toBeLessThan(2);
  expect(JSON.parse(stdout)).toMatchObject({ cause: 'rate-limited' });
  expect(
    JSON.parse((await triaged('curl: (60) SSL certificate problem: self-signed certificate')).stdout),
  ).toMatchObject({
    cause: 'server-certificate',
  });
});
