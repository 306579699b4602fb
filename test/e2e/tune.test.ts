import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { folderOf } from '../suite/suite-folder.js';
import { reportIn, start } from './command.js';
import { startLab } from './lab.js';

const suite = `suite: S
defaults: { headers: { Host: app.example.com, User-Agent: "Mozilla/5.0", Accept: "*/*" } }
cases:
  - { id: sql, path: /comments, form: { comment: "1' or '1'='1" } }
  - { id: fine, path: /comments, form: { comment: fine } }
`;
const files = { 's.yaml': suite, 'attacks.txt': "1' or 'x'='x\n<svg onload=alert(1)>\n" };
const tuning = ['--tune', '--attacks', 'attacks.txt', '--out', 'out'];

test.each([
  ['a check', async () => ['check', 's.yaml']],
  [
    'a run',
    async (folder: string) => {
      const { url } = await startLab(folder);
      return ['run', 's.yaml', '--target', url, '--log', join(folder, 'audit.log')];
    },
  ],
])('%s that tunes writes exclusions with which the same cases pass', async (_, commandIn) => {
  const cwd = await folderOf(files);
  const command = await commandIn(cwd);
  const { code, stdout } = await start([...command, ...tuning], { cwd }).ended;
  expect(code).toBe(1);
  expect(stdout).toContain('1 of 1 false positive cleared');
  const { exclusions, verification } = await reportIn(join(cwd, 'out'));
  expect(exclusions).toMatchObject([
    { variable: { collection: 'ARGS', key: 'comment' }, scope: { path: '/comments' } },
  ]);
  expect(verification).toMatchObject({ cleared: ['s/sql'], stillBlocked: [], newlyBlocked: [], tooBroad: [] });
  const before = 'out/modsecurity/REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf';
  const after = 'out/modsecurity/RESPONSE-999-EXCLUSION-RULES-AFTER-CRS.conf';
  const again = await start(['check', 's.yaml', '--rules-before', before, '--rules-after', after], { cwd }).ended;
  expect(again.code).toBe(0);
});

test('a tune whose group of processes is told to end writes what it has, and says so', async () => {
  const cwd = await folderOf(files);
  await start(['check', 's.yaml', '--out', 'out'], { cwd }).ended;
  const words = ['tune', 'out/report.json', '--out', 'tuned'];
  const command = [join(packageRoot, 'dist/cli/main.js'), ...words];
  const child = spawn(process.execPath, command, { cwd, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const isPricing = said.includes('pricing');
    said += text;
    if (!isPricing && said.includes('pricing')) process.kill(-(child.pid ?? 0), 'SIGTERM');
  });
  const [code] = await once(child, 'close');
  expect(said).not.toMatch(/ENGINE_START|internal error/);
  expect(code).toBe(1);
  const { interrupted, exclusions } = await reportIn(join(cwd, 'tuned'));
  expect(interrupted).toMatch(/neither priced/);
  expect(exclusions).toMatchObject([{ scope: { path: '/comments' } }]);
  expect(await readdir(join(cwd, 'tuned'))).toContain('modsecurity');
});
