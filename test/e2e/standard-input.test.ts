import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { folderOf } from '../suite/suite-folder.js';
import { reportIn } from './command.js';
import { startLab } from './lab.js';

const program = join(packageRoot, 'dist/cli/main.js');
const suite = `suite: S
cases:
  - { id: plain, path: /comments, method: POST, form: { comment: 'hello there' } }
  - { id: sqli, path: /comments, method: POST, form: { comment: "1' UNION SELECT password FROM users-- -" } }
  - { id: near, path: /about, headers: { Host: 127.0.0.1 } }
`;

/** A lab, and what a shell makes of a command line in which `run` stands for a run that reads standard input. */
async function labAndShell(commandLine: string) {
  const folder = await folderOf({ 's.yaml': suite, 'audit.log': '' });
  const lab = await startLab(folder);
  const run = `'${process.execPath}' '${program}' run s.yaml --target ${lab.url} --log - --out out`;
  const shell = spawn('sh', ['-c', commandLine.replaceAll('$run', run)], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    if (shell.exitCode === null && shell.pid !== undefined) process.kill(-shell.pid, 'SIGKILL');
  });
  const code = new Promise<number | null>((resolve) => shell.on('exit', resolve));
  const [ended, stderr] = await Promise.all([code, text(shell.stderr), text(shell.stdout)]);
  return { code: ended, stderr, folder };
}

test('a log that is piped in is joined as it grows, and the pipeline ends with the run', async () => {
  const { code, folder } = await labAndShell('tail -n0 -F audit.log | $run');
  expect(code).toBe(1);
  const { results } = await reportIn(join(folder, 'out'));
  expect(results.map(({ id, verdict }) => [id, verdict.kind])).toEqual([
    ['s/plain', 'let-through'],
    ['s/sqli', 'false-positive'],
    ['s/near', 'let-through'],
  ]);
  expect(results[1]?.hits.map(({ ruleId }) => ruleId)).toContain(942100);
});

test('a log that is piped in late is waited for', async () => {
  const { code, folder } = await labAndShell('{ sleep 3; exec tail -n0 -F audit.log; } | $run');
  expect(code).toBe(1);
  expect((await reportIn(join(folder, 'out'))).summary).toMatchObject({
    cases: 3,
    verdicts: { 'let-through': 2, 'false-positive': 1 },
  });
});

test.each([
  ['nothing', '$run < /dev/null'],
  ['a file, which has an end', '$run < audit.log'],
  ['a command that ends', 'echo hello | $run'],
])('standard input with %s is told to have ended', async (_, commandLine) => {
  const { code, stderr } = await labAndShell(commandLine);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(/EVIDENCE_NONE .*standard input has ended/),
  });
});
