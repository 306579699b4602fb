import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostileReport } from '../report/hostile-report.js';
import { hit, reportOf, result } from '../report/sample-report.js';
import { wafproof } from './command-line.js';

const files = {
  'a.json': JSON.stringify(reportOf([result({ id: 'one' }), result({ id: 'two' })])),
  'b.json': JSON.stringify(
    reportOf([
      result({ id: 'one', asExpected: false, verdict: { kind: 'false-positive', detectedOnly: false }, hits: [hit()] }),
      result({ id: 'two' }),
    ]),
  ),
  'other.json': JSON.stringify(reportOf([result({ id: 'of another suite' })])),
  'hostile.json': JSON.stringify(hostileReport()),
};

test('a later run in which something is newly blocked has exit code 1, and is told case by case', async () => {
  const { code, stdout, folder } = await wafproof(['report', './a.json', './b.json', '--compare', '-o', './out'], {
    files,
  });
  expect(code).toBe(1);
  expect(stdout).toContain('2 cases compared\n\nNewly blocked (1)  legitimate, passed before, blocked now\n');
  expect(stdout).toContain('  one  let-through → false-positive, +942100\n');
  expect(stdout).toContain('942100  0 → 1');
  expect(JSON.parse(await readFile(join(folder, 'out/comparison.json'), 'utf8')).newlyBlocked).toHaveLength(1);
  expect(await readFile(join(folder, 'out/comparison.md'), 'utf8')).toContain('**It is worse than before.**');
});

test('the other way round it has exit code 0, and so has a run like the one before', async () => {
  const better = await wafproof(['report', './b.json', './a.json', '--compare'], { files });
  expect([better.code, better.stdout]).toEqual([0, expect.stringContaining('Newly passing (1)')]);
  const same = await wafproof(['report', './a.json', './a.json', '--compare'], { files });
  expect([same.code, same.stdout]).toEqual([0, expect.stringContaining('Every case comes out the same.')]);
});

test.each([
  ['undecided', { verdict: { kind: 'inconclusive', reason: 'it timed out' } }],
  ['refused without evidence', { verdict: { kind: 'unattributed-block', reason: 'x' } }],
  [
    'refused by another layer',
    { verdict: { kind: 'denied-elsewhere', layer: 'server', cause: 'unknown', because: 'x' } },
  ],
] as const)(
  'a later run in which a case that passed is %s is worse, as a lost answer proves nothing',
  async (_, after) => {
    const later = JSON.stringify(reportOf([result({ id: 'one', asExpected: false, ...after }), result({ id: 'two' })]));
    const reports = { files: { ...files, 'later.json': later } };
    expect((await wafproof(['report', './a.json', './later.json', '--compare'], reports)).code).toBe(1);
    expect((await wafproof(['report', './later.json', './a.json', '--compare'], reports)).code).toBe(0);
  },
);

test('with --json, standard output is the comparison', async () => {
  const { stdout } = await wafproof(['report', './a.json', './b.json', '--compare', '--json'], { files });
  expect(JSON.parse(stdout)).toMatchObject({ compared: 2, newlyBlocked: [{ id: 'one' }] });
});

test('nothing of a hostile report acts on the terminal', async () => {
  const { stdout } = await wafproof(['report', './a.json', './hostile.json', '--compare'], { files });
  expect(stdout).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
});

test.each([
  [['./a.json'], 'USAGE --compare takes two reports'],
  [['./a.json', './b.json', './a.json'], 'USAGE --compare takes two reports'],
  [
    ['./a.json', './b.json', '-r', 'html'],
    'REPORTER_UNKNOWN there is no reporter "html"; known are terminal, json, markdown',
  ],
  [['./a.json', './gone.json'], 'REPORT_INVALID'],
  [['./a.json', './other.json'], 'REPORTS_UNRELATED'],
])('%j is refused', async (words, message) => {
  const { code, stderr } = await wafproof(['report', ...words, '--compare'], { files });
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});
