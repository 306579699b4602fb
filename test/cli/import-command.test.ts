import { expect, test } from 'vitest';
import { testOf } from '../record/import-ftw.js';
import { wafproof } from './command-line.js';

const attack = { log: { expect_ids: [942100] } };

test('says what was written and what was left out', async () => {
  const tests = [1, 2, 3, 4, 5, 6, 7, 8].map((test_id) => ({
    test_id,
    stages: [{ input: test_id < 7 ? { encoded_request: 'R0VU' } : {}, output: attack }],
  }));
  const files = { 't/942100.yaml': JSON.stringify({ rule_id: 942100, tests }) };
  const { code, stdout, stderr } = await wafproof(['import', 'ftw', 't'], { files });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.split('\n')).toEqual([
    'found 8, imported 2, left out 6',
    'wrote 2 attacks in 1 suite to suites/imported/attacks',
    expect.stringMatching(
      /^left out 6: a whole request .*: 942100-1, 942100-2, 942100-3, 942100-4, 942100-5 and 1 more$/,
    ),
    '',
  ]);
});

test('shows control characters of the source and does not obey them', async () => {
  const tests = [{ test_title: 'x', stages: [] }];
  const { stdout } = await wafproof(['import', 'ftw', '.'], {
    files: { 'red.yaml': JSON.stringify({ tests }), '\u001b[31m.yaml': testOf({}) },
  });
  expect(stdout).not.toContain('\u001b');
});

test('is not done where nothing could be written', async () => {
  const files = { 'a.yaml': testOf({ encoded_request: 'R0VU' }) };
  const { code, stdout } = await wafproof(['import', 'ftw', 'a.yaml'], { files });
  expect(code).toBe(2);
  expect(stdout).toMatch(/^found 1, imported 0, left out 1\nleft out 1: /);
});

test.each([[], ['ftw'], ['ftw', 'a', 'b']])('takes a format and one path, not %j', async (...words) => {
  const { code, stderr } = await wafproof(['import', ...words]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^USAGE a format and one path are needed/)]);
});

test('names the formats that there are', async () => {
  expect((await wafproof(['import', 'har', 'a.har'])).stderr).toMatch(
    /^USAGE there is no format "har" to import; there is: ftw;/,
  );
});
