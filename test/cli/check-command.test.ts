import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { check, type Surroundings, wafproof } from './command-line.js';

/** The report that `--json` writes. */
async function reportOf(words: readonly string[], more: Surroundings & { evil?: boolean } = {}): Promise<RunReport> {
  return JSON.parse((await check([...words, '--json'], more)).stdout);
}

const idsOf = ({ results }: RunReport) => results.map(({ id }) => id);

describe('the exit code', () => {
  test('is 0 where nothing is to report', async () => {
    expect((await check(['s.yaml'])).code).toBe(0);
  });

  test('is 1 where there are findings', async () => {
    expect((await check(['s.yaml'], { evil: true })).code).toBe(1);
  });

  test('is 2 where the job cannot be done, and nothing is written', async () => {
    const { code, stdout, folder } = await check(['gone.yaml']);
    expect([code, stdout]).toEqual([2, '']);
    await expect(readFile(join(folder, 'out/report.json'))).rejects.toThrow(/ENOENT/);
  });

  test('is 1 where the job was interrupted', async () => {
    expect(await check(['s.yaml', '--json'], { signal: AbortSignal.abort() })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('"interrupted":'),
    });
  });
});

describe('output', () => {
  test('is the summary on standard output and progress on standard error', async () => {
    const { stdout, stderr } = await check(['s.yaml'], { evil: true });
    expect(stdout).toContain('refused');
    expect(stdout).toContain('out/report.json');
    expect(stderr).toMatch(/^loading rules …\n.*3\/3 cases, 1 not as expected\n$/s);
  });

  test('with --json is the report and nothing else, the summary on standard error', async () => {
    const { stdout, stderr, folder } = await check(['s.yaml', '--json'], { evil: true });
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    const report = JSON.parse(stdout);
    expect(report.summary).toMatchObject({ cases: 3, unexpected: 1 });
    expect(JSON.parse(await readFile(join(folder, 'out/report.json'), 'utf8'))).toEqual(report);
    expect(stderr).toContain('refused');
  });

  test('with --quiet is nothing', async () => {
    expect(await check(['s.yaml', '--quiet'], { evil: true })).toMatchObject({ code: 1, stdout: '', stderr: '' });
  });

  test('with --quiet and --json is the report', async () => {
    const { stdout, stderr } = await check(['s.yaml', '--quiet', '--json']);
    expect([JSON.parse(stdout).schemaVersion, stderr]).toEqual([1, '']);
  });

  test('has the files of the reporters that were asked for', async () => {
    const { folder, stdout } = await check(['s.yaml', '--reporter', 'json']);
    expect(stdout).not.toContain('report.html');
    await expect(readFile(join(folder, 'out/report.html'))).rejects.toThrow(/ENOENT/);
    await expect(readFile(join(folder, 'out/report.json'), 'utf8')).resolves.toContain('"schemaVersion"');
  });
});

describe('colours', () => {
  const escapeSequence = '\u001b[';
  const inTerminal = { evil: true, columns: 100 };

  test('are for terminals', async () => {
    expect((await check(['s.yaml'], inTerminal)).stdout).toContain(escapeSequence);
    expect((await check(['s.yaml'], { evil: true })).stdout).not.toContain(escapeSequence);
  });

  test('are left out with --no-color, NO_COLOR and --json', async () => {
    expect((await check(['s.yaml', '--no-color'], inTerminal)).stdout).not.toContain(escapeSequence);
    expect((await check(['s.yaml'], { ...inTerminal, env: { NO_COLOR: '1' } })).stdout).not.toContain(escapeSequence);
    expect((await check(['s.yaml', '--json'], inTerminal)).stdout).not.toContain(escapeSequence);
    expect((await check(['s.yaml'], { ...inTerminal, env: { NO_COLOR: '' } })).stdout).toContain(escapeSequence);
  });
});

describe('verdicts', () => {
  test('are those of the engine', async () => {
    const { results } = await reportOf(['s.yaml'], { evil: true });
    expect(results.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['s/plain', { kind: 'let-through', nearMiss: false }],
      ['s/near', { kind: 'let-through', nearMiss: true }],
      ['s/refused', { kind: 'false-positive', detectedOnly: false }],
    ]);
    expect(results[2]?.hits).toMatchObject([
      { ruleId: 1000, message: 'Evil', variable: { collection: 'ARGS', key: 'q' } },
    ]);
  });

  test('come with a status only where the engine answered', async () => {
    const { results } = await reportOf(['s.yaml'], { evil: true });
    expect(results.map(({ status }) => status)).toEqual([undefined, undefined, 403]);
    const files = { 'a.yaml': 'suite: A\nintent: attack\ncases: [{ id: missed, path: /a, form: { q: x } }]\n' };
    expect((await check(['a.yaml'], { files })).stdout).toContain('POST /a: not refused');
  });

  test('on attacks are the other way round', async () => {
    const attacks =
      'suite: A\nintent: attack\ncases:\n  - { id: caught, form: { q: evil } }\n' +
      '  - { id: missed, form: { q: odd } }\n  - { id: unseen, form: { q: x } }\n';
    const { results, summary } = await reportOf(['a.yaml'], { files: { 'a.yaml': attacks } });
    expect(results.map(({ verdict }) => verdict)).toEqual([
      { kind: 'attack-blocked', detectedOnly: false },
      { kind: 'attack-missed', nearMiss: true },
      { kind: 'attack-missed', nearMiss: false },
    ]);
    expect(summary.unexpected).toBe(2);
  });

  test('may be expected', async () => {
    const expecting =
      'suite: E\ncases:\n  - { id: a, form: { q: evil }, expect: { verdict: false-positive, status: 201 } }\n' +
      '  - { id: b, skip: not yet }\n';
    const files = { 'e.yaml': expecting };
    expect((await check(['e.yaml'], { files })).code).toBe(0);
    expect((await reportOf(['e.yaml'], { files })).skipped).toMatchObject([{ id: 'e/b', reason: 'not yet' }]);
  });
});

describe('cases are chosen', () => {
  test.each<[readonly string[], readonly string[]]>([
    [['--grep', 'near miss'], ['s/near']],
    [['--grep=s/plain'], ['s/plain']],
    [['--tag', 'calm,other'], ['s/plain']],
    [['--tag', 'other', '--tag', 'calm'], ['s/plain']],
    [['--shard', '1/2'], ['s/plain']],
    [['--shard', '2/2'], ['s/near']],
  ])('by %j', async (words, expected) => {
    expect(idsOf(await reportOf(['s.yaml', ...words]))).toEqual(expected);
  });

  test('and none is a problem', async () => {
    expect((await check(['s.yaml', '--tag', 'gone'])).stderr).toMatch(/^SUITE_NO_CASES /m);
  });

  test('from the folder suites where nobody names any', async () => {
    const files = { 'suites/w.yaml': 'suite: W\ncases: [{ id: a }]\n' };
    expect(idsOf(await reportOf([], { files }))).toEqual(['w/a']);
    expect((await check([])).stderr).toMatch(/^SUITE_NONE .*"wafproof init" writes a first one/m);
  });

  test('from the suites of the config where none is named', async () => {
    const files = { 'wafproof.config.yaml': 'suites: [s.yaml]\n' };
    expect(idsOf(await reportOf([], { files }))).toEqual(['s/plain', 's/near']);
    const inFolder = { 'ci/w.yaml': 'suites: ["../*.yaml"]\n' };
    expect(idsOf(await reportOf(['-c', 'ci/w.yaml'], { files: inFolder }))).toEqual(['s/plain', 's/near']);
  });
});

describe("rules of one's own", () => {
  const files = {
    'a.conf': 'SecRuleRemoveById 1000\n',
    'b.conf': 'SecRuleRemoveById 1001\n',
    'allow.conf': 'SecRule ARGS "@contains evil" "id:1,phase:2,pass,nolog,ctl:ruleEngine=Off"\n',
  };
  const hitIds = ({ results }: RunReport) => results.flatMap(({ hits }) => hits.map(({ ruleId }) => ruleId));

  test.each<[readonly string[], readonly number[]]>([
    [[], [1001, 1000]],
    [['--rules-after', './a.conf', './b.conf'], []],
    [['--rules-after=./a.conf'], [1001]],
    [['--rules-after', './a.conf', '--rules-after', './b.conf'], []],
    [['--rules-after', './b.conf', '--quiet'], [1000]],
    [['--rules-before', './allow.conf', '--rules-after', './b.conf'], []],
  ])('%j', async (words, expected) => {
    expect(hitIds(await reportOf(['s.yaml', ...words], { evil: true, files }))).toEqual(expected);
  });

  test('one after the other, and suites still are suites', async () => {
    const words = ['--rules-after', './a.conf', './b.conf', 's.yaml'];
    expect(idsOf(await reportOf(words, { evil: true, files }))).toHaveLength(3);
  });
});

test.each(['--tune', '--json', '--reporter html', '--out x'])('--watch does not go with %s', async (words) => {
  const name = words.split(' ')[0];
  expect(await check(['--watch', ...words.split(' '), 's.yaml'])).toMatchObject({
    code: 2,
    stderr: `USAGE ${name} is for a report, and --watch writes none; see "wafproof check --help"\n`,
  });
});

test('--watch ends with the signal', async () => {
  const end = new AbortController();
  setTimeout(() => end.abort(), 500);
  const watched = await wafproof(['check', '--crs', './crs', '--workers', '1', '--watch', 's.yaml'], {
    files: { 'crs/rules/own.conf': 'SecAction "id:1,phase:1,pass"', 's.yaml': 'suite: S\ncases: [{ id: a, path: / }]' },
    signal: end.signal,
  });
  expect(watched).toMatchObject({ code: 0 });
});
