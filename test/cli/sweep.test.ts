import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSweep } from '../../src/cli/read-sweep.js';
import type { SweepReport } from '../../src/model/sweep.js';
import { folderOf } from '../suite/suite-folder.js';
import { wafproof } from './command-line.js';

/** Rules that score as those of the Core Rule Set do, by level. */
const rules = (points: number) => `
SecComponentSignature "OWASP_CRS/0.${points}.0"
SecRule ARGS "@contains odd" "id:920001,phase:2,pass,log,msg:'Odd',setvar:tx.anomaly_score_pl1=+3"
SecRule TX:executing_paranoia_level "@lt 2" "id:920002,phase:2,pass,nolog,skipAfter:END"
SecRule ARGS "@contains odd" "id:920003,phase:2,pass,log,msg:'Odder',setvar:tx.anomaly_score_pl2=+${points}"
SecMarker "END"
SecRule TX:paranoia_level "@ge 1" "id:949060,phase:2,pass,nolog,setvar:tx.anomaly_score=+%{tx.anomaly_score_pl1}"
SecRule TX:paranoia_level "@ge 2" "id:949061,phase:2,pass,nolog,setvar:tx.anomaly_score=+%{tx.anomaly_score_pl2}"
SecRule TX:ANOMALY_SCORE "@ge %{tx.inbound_anomaly_score_threshold}" "id:949110,phase:2,deny,status:403,log,msg:'Inbound Anomaly Score Exceeded (Total Score: %{TX.ANOMALY_SCORE})'"
`;

const files = {
  'crs/rules/own.conf': rules(2),
  'later/rules/own.conf': rules(9),
  's.yaml':
    'suite: S\ncases:\n  - { id: a, form: { q: odd } }\n  - { id: b, form: { q: x } }\n  - { id: c, intent: attack, form: { q: odd } }\n',
};

const words = ['check', 's.yaml', '--workers', '1', '-o', './out', '--sweep', 'paranoia=1..2,threshold=4..6'];

async function sweptIn(folder: string): Promise<SweepReport> {
  return JSON.parse(await readFile(join(folder, 'out/sweep.json'), 'utf8'));
}

test('each level and threshold has its false positives and what it detects, from one evaluation a request', async () => {
  const { code, stdout, folder } = await wafproof([...words, '--crs', './crs'], { files });
  expect(code).toBe(0);
  expect(stdout).toContain('2 legitimate requests, 1 attack\nfalse positives / attacks detected\n');
  expect(stdout).toMatch(/3 requests evaluated for 6 settings\n +paranoia 1 +paranoia 2\n/);
  expect(stdout).toMatch(/ {2}threshold 4 +0\.0 % \/ +0\.0 % +50\.0 % \/ 100\.0 %\n/);
  const { ruleSets, cases } = await sweptIn(folder);
  expect(cases).toEqual({ legitimate: 2, attacks: 1 });
  expect(ruleSets[0]?.settings.map(({ values, falsePositives }) => [values, falsePositives])).toEqual([
    [{ paranoia: 1, threshold: 4 }, 0],
    [{ paranoia: 1, threshold: 5 }, 0],
    [{ paranoia: 1, threshold: 6 }, 0],
    [{ paranoia: 2, threshold: 4 }, 1],
    [{ paranoia: 2, threshold: 5 }, 1],
    [{ paranoia: 2, threshold: 6 }, 0],
  ]);
});

test('several rule sets, one of them an archive as it is released, are side by side', async () => {
  const folder = await folderOf(files);
  execFileSync('tar', ['-czf', 'coreruleset-9.tar.gz', '--transform', 's,^later,coreruleset-9,', 'later'], {
    cwd: folder,
  });
  const { stdout } = await wafproof([...words, '--crs', './crs', '--crs', './coreruleset-9.tar.gz'], { folder });
  expect(stdout).toContain('OWASP_CRS/0.2.0');
  expect(stdout).toContain('OWASP_CRS/0.9.0');
  const { ruleSets } = await sweptIn(folder);
  expect(ruleSets.map(({ settings }) => settings.map(({ detected }) => detected))).toEqual([
    [0, 0, 0, 1, 1, 0],
    [0, 0, 0, 1, 1, 1],
  ]);
});

test('the page is one file with a chart and a table, and loads and runs nothing', async () => {
  const { folder } = await wafproof([...words, '--crs', './crs', '-r', 'html,markdown'], { files });
  const page = await readFile(join(folder, 'out/sweep.html'), 'utf8');
  expect(page.match(/<path class="series /g)).toHaveLength(2);
  expect(page.match(/<circle /g)).toHaveLength(6);
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|https?:\/\//);
  expect(page).not.toMatch(/NaN|undefined|Infinity/);
  expect(await readFile(join(folder, 'out/sweep.md'), 'utf8')).toContain(
    '| threshold 4 | 0.0 % / 0.0 % | 50.0 % / 100.0 % |',
  );
});

test('without attacks the page has no chart, and says why', async () => {
  const legitimate = 'suite: S\ncases:\n  - { id: a, form: { q: odd } }\n';
  const { folder } = await wafproof([...words, '--crs', './crs', '-r', 'html'], {
    files: { ...files, 's.yaml': legitimate },
  });
  const page = await readFile(join(folder, 'out/sweep.html'), 'utf8');
  expect(page).not.toContain('<svg');
  expect(page).toContain('No attack was evaluated');
});

test('with --json, standard output is the sweep', async () => {
  const { stdout } = await wafproof([...words, '--crs', './crs', '--json'], { files });
  expect(JSON.parse(stdout).ruleSets).toHaveLength(1);
});

test.each([
  [['--sweep', 'level=1'], 'USAGE --sweep knows paranoia and threshold, not "level"'],
  [['--sweep', 'paranoia=0..5'], 'USAGE --sweep takes a paranoia from 1 to 4, not 0'],
  [['--sweep', 'paranoia'], 'USAGE --sweep takes settings such as paranoia=1..4,threshold=5..20, not "paranoia"'],
  [['--sweep', 'threshold=9..5'], 'USAGE --sweep takes settings such as'],
  [['--sweep', 'threshold=5', '--baseline', 'b.yaml'], 'USAGE --baseline does not go with --sweep'],
  [['--sweep', 'threshold=5', '-r', 'junit'], 'REPORTER_UNKNOWN there is no reporter "junit"; known are terminal'],
  [['--crs', './crs', '--crs', './later'], 'USAGE several --crs go with --sweep only'],
  [['--sweep', 'threshold=5', '--crs', './s.yaml'], 'CRS_ARCHIVE'],
  [['--crs', './s.yaml'], 'CRS_ARCHIVE'],
])('%j is refused', async (more, message) => {
  const { code, stderr } = await wafproof(['check', 's.yaml', '-o', './out', ...more], { files });
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test('check takes an archive too', async () => {
  const folder = await folderOf(files);
  execFileSync('tar', ['-czf', 'crs.tar.gz', 'later'], { cwd: folder });
  const { code, stdout } = await wafproof(
    ['check', 's.yaml', '--crs', './crs.tar.gz', '--paranoia', '1', '--threshold', '3', '-o', './out'],
    { folder },
  );
  expect([code, stdout]).toEqual([1, expect.stringMatching(/1 {2}false positive/)]);
});

test('a WAF whose settings cannot be tried side by side says so', async () => {
  const { sweep } = await import('../../src/pipeline/sweep.js');
  const { worldOf } = await import('../../src/pipeline/world.js');
  const folder = await folderOf(files);
  const options = { suites: ['s.yaml'], waf: 'aws', parameters: new Map([['threshold', [5]]]) };
  await expect(sweep(options, worldOf({ cwd: folder }))).rejects.toMatchObject({ code: 'WAF_NO_SWEEP' });
});

test('ranges may have a step, and a name more than one', () => {
  expect(readSweep(['threshold=5..20/5', 'threshold=7', 'paranoia=2'])).toEqual(
    new Map([
      ['threshold', [5, 7, 10, 15, 20]],
      ['paranoia', [2]],
    ]),
  );
});
