import { describe, expect, test } from 'vitest';
import { check, wafproof } from './command-line.js';

/** What a wrong command line is answered with: one line, and nothing on standard output. */
async function complaint(...words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await wafproof(words, { files: { 's.yaml': 'suite: S\ncases: [{ id: a }]\n' } });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.split('\n')).toHaveLength(2);
  return stderr.trimEnd();
}

describe('a command', () => {
  test.each([
    ['chekc', 'USAGE there is no command "chekc"; did you mean "check"?; see "wafproof --help"'],
    ['rnu', 'USAGE there is no command "rnu"; did you mean "run"?; see "wafproof --help"'],
    ['frobnicate', 'USAGE there is no command "frobnicate"; see "wafproof --help"'],
    ['--frobnicate', 'USAGE there is no command "--frobnicate"; see "wafproof --help"'],
    ['\u001b[31mred', 'USAGE there is no command "\\x1b[31mred"; see "wafproof --help"'],
  ])('that is unknown: %j', async (name, expected) => {
    expect(await complaint(name)).toBe(expected);
  });

  test.each(['lab', 'demo', 'init'])('that takes options only: %s', async (name) => {
    expect(await complaint(name, 'suites')).toBe(
      `USAGE ${name} takes options only, not "suites"; see "wafproof ${name} --help"`,
    );
  });
});

describe('an option', () => {
  test.each([
    ['--acl', 'acl.json'],
    ['--approximations', 'rules.yaml'],
  ])('of lab that is for AWS WAF alone: %s', async (flag, file) => {
    const expected = `USAGE ${flag} goes with --waf aws; see "wafproof lab --help"`;
    expect(await complaint('lab', '--port=0', flag, file)).toBe(expected);
  });

  test.each([
    ['--pranoia', /^USAGE there is no option --pranoia; did you mean --paranoia\?; see "wafproof check --help"$/],
    ['-z', /^USAGE there is no option -z; see /],
    ['--out', /^USAGE --out takes a value; see /],
    ['--quiet=yes', /^USAGE --quiet takes no value; see /],
  ])('that is wrong: %s', async (word, expected) => {
    expect(await complaint('check', 's.yaml', word)).toMatch(expected);
  });

  test('whose value is forgotten', async () => {
    expect(await complaint('check', '-o', '--json')).toBe('USAGE -o takes a value; see "wafproof check --help"');
  });
});

describe('a number', () => {
  test.each([
    ['check', 'paranoia', ['0', '5', '-1', '1.5', 'one', '', ' 1', '0x1', '1e0'], 'from 1 to 4'],
    ['check', 'threshold', ['0', 'x'], 'from 1'],
    ['check', 'workers', ['0', '257'], 'from 1 to 256'],
    ['check', 'timeout', ['0', '3600001'], 'from 1 to 3600000'],
    ['run', 'connections', ['0', '4097'], 'from 1 to 4096'],
    ['run', 'rate', ['0', '0.5', '99999999999999999999'], 'from 1'],
    ['run', 'timeout', ['0'], 'from 1 to 3600000'],
    ['lab', 'port', ['65536', '-1'], 'from 0 to 65535'],
  ])('%s --%s', async (command, flag, values, range) => {
    for (const value of values) {
      const suites = command === 'lab' ? [] : ['s.yaml'];
      const target = command === 'run' ? ['--target', 'http://127.0.0.1:9'] : [];
      expect(await complaint(command, ...suites, ...target, `--${flag}=${value}`)).toBe(
        `USAGE --${flag} takes a whole number ${range}, not "${value}"; see "wafproof ${command} --help"`,
      );
    }
  });

  test.each(['0/4', '5/4', '1', '1/0', 'a/b', '1/2/3', '-1/2', ''])('--shard=%s', async (value) => {
    expect(await complaint('check', 's.yaml', `--shard=${value}`)).toMatch(
      /^USAGE --shard takes a part such as 1\/4, or "auto", not "/,
    );
  });
});

describe('a choice', () => {
  test.each([
    ['--waf=iis', /^USAGE --waf is one of .*, not "iis"; see "wafproof lab --help"$/],
    ['--mode=observe', /^USAGE --mode is one of block, detect, not "observe"; see /],
    ['--upstream=localhost:3000', /^USAGE --upstream takes an http or https URL, not "localhost:3000"; see /],
    ['--upstream=http://', /^USAGE --upstream takes an http or https URL, not "http:\/\/"; see /],
  ])('of lab: %s', async (word, expected) => {
    expect(await complaint('lab', '--port=0', word)).toMatch(expected);
  });

  test('of reporters', async () => {
    expect(await complaint('check', 's.yaml', '-o', './out', '-r', 'json,htlm')).toMatch(
      /^REPORTER_UNKNOWN there is no reporter "htlm"; known are .*html/,
    );
  });
});

describe('an option for tuning', () => {
  const valued = ['attacks=a.txt', 'dialect=coraza', 'engines=coraza', 'on=apache', 'max-loss=5', 'margin=1'];
  const others = ['elements=2', 'endpoint=/a/{name}', 'allow-unread-bodies', 'first-id=20000', 'audit=own.conf'];

  test.each([...valued, ...others])('--%s has no effect without --tune', async (option) => {
    const flag = option.split('=')[0];
    for (const [command, ...more] of [['check'], ['run', '-t', 'http://127.0.0.1:9']] as const) {
      expect(await complaint(command, 's.yaml', ...more, `--${option}`)).toBe(
        `USAGE --${flag} has an effect with --tune only; add --tune, or leave it out; see "wafproof ${command} --help"`,
      );
    }
  });

  test('and several are named together', async () => {
    expect(await complaint('check', 's.yaml', '--on=apache', '--max-loss=5')).toMatch(
      /^USAGE --on, --max-loss have an effect with --tune only; /,
    );
  });
});

describe('what is missing', () => {
  test.each([
    ['SUITE_NONE', ['check']],
    ['SUITE_NONE', ['run', '-t', 'http://127.0.0.1:9']],
    ['TARGET_MISSING', ['run', 's.yaml']],
    ['TARGET_UNKNOWN', ['run', 's.yaml', '-t', 'staging']],
    ['USAGE', ['run', 's.yaml', '-t', 'http://']],
    ['USAGE', ['report']],
    ['CONFIG_NOT_FOUND', ['check', 's.yaml', '-c', 'gone.yaml']],
    ['LOG_MISSING', ['run', 's.yaml', '-t', 'http://127.0.0.1:9', '-o', './out', '--quiet']],
  ])('%s: %j', async (code, words) => {
    expect(await complaint(...words)).toMatch(new RegExp(`^${code} `));
  });
});

test('the environment says where engine and rules are, and flags win over it', async () => {
  const missing = { WAFPROOF_LIBMODSECURITY: '/nonexistent/libmodsecurity.so' };
  expect((await check(['s.yaml'], { env: missing })).stderr).toMatch(/^ENGINE_MISSING /m);
  const files = { 's.yaml': 'suite: S\ncases: [{ id: a }]\n' };
  const elsewhere = { files, env: { WAFPROOF_CRS: '/nonexistent' } };
  expect((await wafproof(['check', 's.yaml', '-o', './out'], elsewhere)).stderr).toMatch(/^CRS_MISSING .*nonexistent/m);
  expect((await check(['s.yaml'], { env: { WAFPROOF_CRS: '/nonexistent' } })).code).toBe(0);
  expect((await check(['s.yaml'], { env: { WAFPROOF_LIBMODSECURITY: '', WAFPROOF_CRS: '' } })).code).toBe(0);
});
