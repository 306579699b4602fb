import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from './command-line.js';

test('several formats are written at once, and annotations go to standard output', async () => {
  const names = 'junit,sarif,markdown,github,gitlab,csv,json';
  const { code, stdout, folder } = await check(['s.yaml', '-r', names, '--quiet'], { evil: true });
  expect([code, stdout]).toEqual([
    1,
    expect.stringMatching(/^::error file=s\.yaml,line=6,col=\d+,title=Rule 1000 blocks/),
  ]);
  expect(await readFile(join(folder, 'out/junit.xml'), 'utf8')).toContain('<testcase name="s/refused"');
  expect(await readFile(join(folder, 'out/report.md'), 'utf8')).toContain('**1 of 3 legitimate requests is blocked.**');
});

test('the summary of a job on GitHub is appended to the file that it names', async () => {
  const env = { GITHUB_STEP_SUMMARY: 'summary.md' };
  const { folder } = await check(['s.yaml', '-r', 'github'], { evil: true, env });
  expect(await readFile(join(folder, 'summary.md'), 'utf8')).toContain('1 of 3 legitimate requests is blocked');
});

test('with --json, standard output holds nothing but the report', async () => {
  const { stdout, stderr } = await check(['s.yaml', '-r', 'github', '--json'], { evil: true });
  expect(JSON.parse(stdout).summary.unexpected).toBe(1);
  expect(stderr).toContain('::error ');
});

test('a reporter that fails is named at the end, with exit code 2, and report.json is there', async () => {
  const files = { 'out/junit.xml/in-the-way': '' };
  const { code, stdout, stderr, folder } = await check(['s.yaml', '-r', 'junit,json,terminal'], { evil: true, files });
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/\nREPORTER_FAILED \S*out the reporter "junit" failed \(cannot write here[^\n]*\n$/),
  ]);
  expect(stdout).toContain('wrote out/report.json');
  expect(JSON.parse(await readFile(join(folder, 'out/report.json'), 'utf8')).summary.unexpected).toBe(1);
});
