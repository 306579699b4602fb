import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { check, wafproof } from './command-line.js';

/** A report of a case that one of two rules refuses, and files that take the rule away. */
const needed = 'SecRule REQUEST_METHOD "@streq POST" "id:10001,phase:1,pass,nolog,chain"\n';
const link = '    SecRule REQUEST_FILENAME "@streq /search" "t:none,ctl:ruleRemoveTargetById=1000;ARGS:q"\n';

const house = {
  'crs/rules/own.conf': 'SecRule ARGS "@contains evil" "id:1000,phase:2,deny,log,msg:\'Evil\',severity:CRITICAL"\n',
  'attacks.txt': 'evil deed\n',
  'before.conf': needed + link,
  'after.conf': 'SecRuleRemoveById 1001\n',
};

async function audit(...files: readonly string[]) {
  const checked = await check(['./s.yaml'], { evil: true });
  const report = `${checked.folder}/out/report.json`;
  const words = ['--crs', './crs', '--attacks', './attacks.txt', '--out', './out', '--workers', '1'];
  return wafproof(['tune', report, ...words, '--audit', ...files], { files: house });
}

describe('tune --audit', () => {
  test('is 0 where every exclusion is needed, and writes into the output folder only', async () => {
    const { code, stdout, folder } = await audit('./before.conf');
    expect([code, stdout]).toEqual([0, expect.stringContaining('Audit of your exclusions (1): 1 needed')]);
    expect((await readdir(folder)).sort()).toEqual(['after.conf', 'attacks.txt', 'before.conf', 'crs', 'out']);
    expect((await readdir(`${folder}/out`)).sort()).toEqual(['report.html', 'report.json']);
  });

  test('is 1 where one is not', async () => {
    const { code, stdout } = await audit('./before.conf', './after.conf');
    expect([code, stdout]).toEqual([1, expect.stringContaining('no rule has the number 1001')]);
  });

  test('is done by check itself, with the cases that it has', async () => {
    const words = ['s.yaml', '--rules-after', './after.conf', '--tune', '--attacks', './attacks.txt'];
    const { code, stdout } = await check([...words, '--audit', './after.conf'], { files: house });
    expect([code, stdout]).toEqual([0, expect.stringContaining('no rule has the number 1001')]);
  });

  test('is 2 where a file cannot be read', async () => {
    const { code, stderr } = await audit('./gone.conf');
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/AUDIT_UNREADABLE \S+gone\.conf cannot be read: there is no such file; /),
    ]);
  });
});
