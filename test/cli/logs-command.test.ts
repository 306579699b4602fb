import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wafproof } from './command-line.js';

const logs = join(import.meta.dirname, '../fixtures/logs');
const audit = join(logs, 'v3/audit-json.log');

test('the summary, and exit code 1 where something was refused', async () => {
  const { code, stdout, stderr } = await wafproof(['logs', audit, '--top', '1']);
  expect(code).toBe(1);
  expect(stderr).toBe('');
  expect(stdout).toContain('ModSecurity 3 JSON audit log');
  expect(stdout).toMatch(/^30 transactions at 2026-11-23 05:48:53 UTC$/m);
  expect(stdout).toMatch(/^ {2}21 {2}blocked {2}by the score of the request 17, body that could not be read 3/m);
  expect(stdout).toMatch(
    /^ {2}200002 Failed to parse request body\.\n {4}REQBODY_ERROR {2}POST \/comments {2}3 {2}2026-11-23 05:48$/m,
  );
  expect(stdout).toMatch(/and \d+ more \(--top\)/);
  expect(stdout).toContain('Scores of what was refused: 15 to 40, half of them at most 20; the threshold is 5');
  expect(stdout).toContain('Who was refused: 1 client with 1 user agent (--clients names them)');
  expect(stdout).not.toContain('127.0.0.1');
});

test('nothing was refused: exit code 0', async () => {
  const benign = readFileSync(audit, 'latin1').split('\n')[0] ?? '';
  const { code, stdout } = await wafproof(['logs', './audit.log'], { files: { 'audit.log': `${benign}\n` } });
  expect(code).toBe(0);
  expect(stdout).toMatch(/1 transaction at/);
});

test('--json: one transaction a line, the summary on standard error', async () => {
  const { code, stdout, stderr } = await wafproof(['logs', audit, '--json']);
  const records = stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(code).toBe(1);
  expect(records).toHaveLength(30);
  expect(records[0]).toMatchObject({ action: 'passed', hits: [], source: { file: audit, line: 1 } });
  expect(stderr).toMatch(/^30 transactions/m);
  expect((await wafproof(['logs', audit, '--json', '--quiet'])).stderr).toBe('');
});

test('nothing of a log reaches the terminal as it is', async () => {
  const line = readFileSync(audit, 'latin1').split('\n')[1] ?? '';
  const hostile = line
    .replace('"uri":"/comments"', '"uri":"/\\u001b[2J\\u202e"')
    .replace('Mozilla', '\\u001b]0;x\\u0007');
  const { stdout } = await wafproof(['logs', './audit.log', '--clients'], {
    files: { 'audit.log': hostile },
    columns: 100,
  });
  expect(stdout).toContain('\\x1b[2J\\u202e');
  for (const raw of ['\u001b[2J', '\u001b]0', '\u202e']) expect(stdout).not.toContain(raw);
});

test.each([
  [[], /^USAGE no log to read: name files, folders, or - for standard input/],
  [['./gone.log'], /^LOG_UNREADABLE .*gone\.log cannot be read: there is no such file or folder/],
  [['./a.txt'], /^LOG_UNKNOWN .*a\.txt: lines such as "hello there"/],
  [['./a.txt', '--since', 'noon'], /^USAGE --since takes a time such as/],
  [['./a.txt', '--top', '0'], /^USAGE --top takes a whole number/],
])('%j: exit code 2', async (words, message) => {
  const { code, stderr } = await wafproof(['logs', ...words], { files: { 'a.txt': 'hello there\n' } });
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
});
