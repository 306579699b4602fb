import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/run-command-line.js';

const cwd = mkdtempSync(join(tmpdir(), 'triage-'));

async function run(...argv: readonly string[]) {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    write(text: string) {
      written[name] += text;
    },
  });
  const io = { cwd, env: {}, stdout: output('stdout'), stderr: output('stderr'), signal: new AbortController().signal };
  const code = await runCommandLine(['triage', ...argv], io);
  return { code, ...written };
}

test('tells who refused from a saved answer and its log, and by its exit code whether it is decided', async () => {
  const page =
    '<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>nginx</center></body></html>';
  writeFileSync(join(cwd, 'answer.txt'), `HTTP/1.1 403 Forbidden\n\n${page}`);
  const line =
    '2026/11/22 20:58:59 [error] 1#1: *2 access forbidden by rule, client: 127.0.0.1, server: a, request: "GET /x HTTP/1.1", host: "a"\n';
  writeFileSync(join(cwd, 'error.log'), line);
  const decided = await run('--response', 'answer.txt', '--log', 'error.log', '--json');
  expect(decided.code).toBe(0);
  expect(JSON.parse(decided.stdout)).toMatchObject({
    layer: 'server',
    cause: 'path-denied',
    system: 'nginx',
    confidence: 'proved',
  });
  expect(await run('--response', 'answer.txt')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('Not decided'),
  });
  expect(await run('--response', 'nowhere.txt')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('TRIAGE_UNREADABLE'),
  });
});
