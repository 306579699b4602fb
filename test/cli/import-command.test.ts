import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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

test.each([
  [[], 'a format and a path are needed'],
  [['ftw'], 'a format and a path are needed'],
  [['curl', 'a', 'b', '--stdout'], '--stdout writes the suite of one file'],
  [['curl', 'a', '--stdout', '--out', 'x'], '--stdout writes the suite of one file'],
])('takes a format and paths, not %j', async (words, message) => {
  const { code, stderr } = await wafproof(['import', ...words]);
  expect([code, stderr]).toEqual([2, expect.stringContaining(`USAGE ${message}`)]);
});

test('names the formats that there are', async () => {
  expect((await wafproof(['import', 'nope', 'a'])).stderr).toMatch(
    /^USAGE there is no format "nope" to import; there is: curl, .*ftw/,
  );
});

describe('commands of curl', () => {
  const files = {
    'bug.txt': `I get a 403 for this:
$ curl https://shop.test/login -d user=ann -d password=hunter2-Zx9 -d csrf=t0k
$ curl -d "$(cat x)" https://shop.test/
`,
    'other.txt': 'curl https://shop.test/a',
  };

  test('become a suite without secrets, and what is to be set is said', async () => {
    const { code, stdout, folder } = await wafproof(['import', 'curl', 'bug.txt', 'other.txt'], { files });
    expect([code, stdout.split('\n')]).toEqual([
      0,
      [
        'found 3, imported 2, left out 1',
        'wrote 2 legitimate requests in 2 suites to suites/imported',
        'left out 1: a program would have to run to tell what is sent ($(cat x)): line 3',
        'secrets are not in the suite; set them before it is used:',
        '  export BUG_PASSWORD=…  # the field "password" of POST /login',
        'values of a session; say where they come from under "values" of the target\'s session:',
        '  csrf: …  # the field "csrf" of POST /login',
        '',
      ],
    ]);
    expect(await readFile(join(folder, 'suites/imported/bug.yaml'), 'utf8')).toBe(`# Imported from bug.txt
suite: Requests of bug
cases:
  - id: post-login
    because: As in bug.txt:2
    path: /login
    headers:
      User-Agent: curl/8.14.1
      Accept: "*/*"
    form:
      user: ann
      password: !env BUG_PASSWORD
      csrf: !session csrf
`);
  });

  test('stay as they are on standard output', async () => {
    const { code, stdout, stderr } = await wafproof(['import', 'curl', 'bug.txt', '--stdout'], { files });
    expect(code).toBe(0);
    expect(stdout).toContain('password: hunter2-Zx9\n      csrf: t0k\n');
    expect(stderr).toMatch(/^found 2, imported 1, left out 1\n/);
  });

  test('are told from a text without any', async () => {
    const { code, stderr } = await wafproof(['import', 'curl', 'a.txt'], { files: { 'a.txt': 'hello' } });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^IMPORT_EMPTY a.txt holds nothing to import: no command of curl/),
    ]);
    expect((await wafproof(['import', 'curl', 'none.txt'])).stderr).toMatch(
      /^IMPORT_UNREADABLE none.txt cannot be read: there is no such file/,
    );
  });
});

describe('an archive', () => {
  const post = (url: string, text: string) => ({
    request: {
      method: 'POST',
      url,
      headers: [{ name: 'Cookie', value: 'sid=s3ss10n-v4lue' }],
      bodySize: text.length,
      postData: { mimeType: 'text/plain', text },
    },
    response: {},
  });
  const har = JSON.stringify({ log: { entries: [post('https://a.test/x', 'x'), post('https://b.test/y', 'y')] } });

  test('gives the requests of one application, or of those that are named', async () => {
    const files = { 'a.har': har };
    expect((await wafproof(['import', 'har', 'a.har'], { files })).stdout.split('\n')).toEqual([
      'found 2, imported 1, left out 1',
      'wrote 1 legitimate request in 1 suite to suites/imported/a.yaml',
      'left out 1: to another origin (--origin names those that are wanted): POST https://b.test/y',
      'without their cookies, which a session of the target brings: sid',
      '',
    ]);
    const words = ['import', 'har', 'a.har', '--origin', 'https://B.test/', '--methods', 'post', '--stdout'];
    const { stdout } = await wafproof(words, { files });
    expect(stdout).toContain('id: post-y\n');
    expect(stdout).not.toContain('id: post-x\n');
  });

  test('is refused at once where it is too large', async () => {
    const { code, stderr } = await wafproof(['import', 'har', 'a.har'], {
      files: { 'a.har': Buffer.alloc(101 * 1024 * 1024) },
    });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^IMPORT_UNREADABLE a.har cannot be read: it is 105906176 bytes long/),
    ]);
  });
});
