import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { folderOf } from '../suite/suite-folder.js';
import { reportIn, start } from './command.js';
import { recordAll, serveShop, suiteIn } from './recorded-shop.js';

const script = `
set -e
curl -s "$WAFPROOF_URL/" -o page.html
curl -s "$BASE_URL/style.css" -o /dev/null
curl -s -F csrf=tok-0123456789abcdef -F review="We open on Monday." -F photo=@photo.bin "$WAFPROOF_URL/reviews" -H 'X-Wafproof-Test: sends a review'
curl -s --data-urlencode "q=how do I run '; cat /etc/passwd' in a <script>?" -d password=Geheim-7741 "$WAFPROOF_URL/search"
exit \${CODE:-0}
`;

test('a script of curls becomes a suite and a report of what a WAF would refuse, and its exit code is told', async () => {
  const { url, seen } = await serveShop();
  const photo = randomBytes(20_000);
  const { cwd, code, stdout, stderr } = await recordAll(['--upstream', url, '--', 'sh', 'tests.sh'], {
    'tests.sh': script,
    'photo.bin': photo,
  });
  expect(code).toBe(1);
  expect(stdout).toContain('exit code of the command: 0; of what a WAF would do: 1');
  expect(stdout).toContain('export RECORDED_PASSWORD=…');
  expect(stderr).toMatch(/POST \/search: a WAF would refuse it: \d+ at ARGS:q/);
  const { results } = await reportIn(join(cwd, 'reports/out'));
  expect(results.map(({ id, verdict }) => [id, verdict.kind])).toEqual([
    ['recorded/get', 'let-through'],
    ['recorded/sends-a-review', 'let-through'],
    ['recorded/post-search', 'false-positive'],
  ]);
  expect(seen.find(({ line }) => line === 'POST /reviews')?.body.includes(photo)).toBe(true);
  expect(await suiteIn(cwd)).toContain(photo.toString('base64'));
  const out = join(cwd, 'reports/out');
  const written = await Promise.all((await readdir(out)).map((name) => readFile(join(out, name), 'utf8')));
  expect([await suiteIn(cwd), stdout, ...written].join('')).not.toMatch(/Geheim|c29tZS1zZWNyZXQ/);
});

test.each([
  ['0', ['--force'], 1],
  ['7', ['--force'], 7],
])('a command that ends with %s has the last word only where it failed', async (CODE, more, expected) => {
  const { url } = await serveShop();
  const files = { 'tests.sh': script, 'photo.bin': 'x' };
  const { code, stderr } = await recordAll(
    ['--upstream', url, '--json', ...more, '--', 'sh tests.sh'],
    files,
    undefined,
    {
      CODE,
    },
  );
  expect(code).toBe(expected);
  expect(stderr).toContain(`exit code of the command: ${CODE}; of what a WAF would do: 1`);
});

test('the suite can be checked again, and is not overwritten unless that is wanted', async () => {
  const { url } = await serveShop();
  const { cwd } = await recordAll(['--upstream', url, '--', 'sh', 'tests.sh'], {
    'tests.sh': script,
    'photo.bin': 'x',
  });
  const again = await recordAll(['--upstream', url, '--', 'sh', 'tests.sh'], {}, cwd);
  expect([again.code, again.stderr]).toEqual([
    2,
    expect.stringContaining('OUTPUT_EXISTS suites/recorded/recorded.yaml'),
  ]);
  const env = { ...process.env, RECORDED_PASSWORD: 'x' };
  expect((await start(['check', 'suites/recorded', '-r', 'terminal'], { cwd, env }).ended).code).toBe(1);
});

test.each([
  ['COMMAND_START', ['--', './not-there.sh']],
  ['RECORD_NOTHING', ['--', 'true']],
  ['USAGE', ['--']],
])('%s where nothing can be recorded', async (error, words) => {
  const { url } = await serveShop();
  expect(await recordAll(['--upstream', url, ...words], {})).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(error),
  });
});

test('an application that answers nothing is said to be down, and nothing is written', async () => {
  const words = ['--upstream', 'http://127.0.0.1:9173', '--', 'sh', '-c', 'curl -s -d a=1 $WAFPROOF_URL/a || true'];
  const { cwd, code, stderr } = await recordAll(words, {});
  expect([code, stderr]).toEqual([2, expect.stringMatching(/RECORD_UNREACHABLE http:\/\/127\.0\.0\.1:9173 .*refused/)]);
  await expect(suiteIn(cwd)).rejects.toThrow('ENOENT');
});

test('a port that is in use is named', async () => {
  const { url } = await serveShop();
  const { port } = new URL(url);
  const { code, stderr } = await recordAll(['--upstream', url, '--port', port, '--', 'true'], {});
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^LAB_PORT .*another --port/m)]);
});

const collection = {
  info: { name: 'Shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  item: [
    {
      name: 'Review with markup',
      event: [{ listen: 'test', script: { exec: ["pm.test('see other', () => pm.response.to.have.status(303));"] } }],
      request: {
        method: 'POST',
        url: '{{baseUrl}}/reviews',
        header: [{ key: 'X-Wafproof-Test', value: 'Review with markup' }],
        body: { mode: 'urlencoded', urlencoded: [{ key: 'review', value: '<script>alert(1)</script>' }] },
      },
    },
  ],
};

test('a collection that newman runs is recorded, without its redirects being followed to nowhere', async () => {
  const { url } = await serveShop();
  const cwd = await folderOf({
    'shop.json': JSON.stringify(collection),
    'tests.sh': 'npx newman run shop.json --ignore-redirects --env-var baseUrl=$WAFPROOF_URL',
  });
  await symlink(join(packageRoot, 'node_modules'), join(cwd, 'node_modules'));
  const { code, stdout } = await recordAll(['--upstream', url, '--', 'sh', 'tests.sh'], {}, cwd);
  expect(stdout).toContain('exit code of the command: 0');
  expect(code).toBe(1);
  const { results } = await reportIn(join(cwd, 'reports/out'));
  expect(results.map(({ title, verdict }) => [title, verdict.kind])).toEqual([
    ['Review with markup', 'false-positive'],
  ]);
});

test.each([
  ['out/r.json', 'Reviews › Review with markup', 'Reviews › Plain review'],
  ['out/r.xml', undefined, undefined],
])(
  'newman tells in %s by its ids, not by the times of its answers, which of its requests is which',
  async (file, markup, plain) => {
    const { url } = await serveShop();
    const request = (name: string, review: string) => {
      const body = { mode: 'urlencoded', urlencoded: [{ key: 'review', value: review }] };
      return { name, request: { method: 'POST', url: '{{baseUrl}}/reviews', body } };
    };
    const texts = ['We open on Monday.', 'on Tuesday', 'on Friday', 'on Sunday'];
    const items = [
      request('Review with markup', '<script>alert(1)</script>'),
      ...texts.map((text) => request('Plain review', text)),
    ];
    const cwd = await folderOf({
      'shop.json': JSON.stringify({ ...collection, item: [{ name: 'Reviews', item: items }] }),
      'tests.sh':
        'npx newman run shop.json --ignore-redirects --env-var baseUrl=$WAFPROOF_URL -r json,junit --reporter-json-export out/r.json --reporter-junit-export out/r.xml',
    });
    await symlink(join(packageRoot, 'node_modules'), join(cwd, 'node_modules'));
    const { stdout } = await recordAll(['--upstream', url, '--results', file, '--', 'sh', 'tests.sh'], {}, cwd);
    const { results } = await reportIn(join(cwd, 'reports/out'));
    expect(
      results.map(({ title, verdict }) => [title, verdict.kind]),
      stdout,
    ).toEqual([[markup, 'false-positive'], ...texts.map(() => [plain, 'let-through'])]);
  },
);

test('a request that several tests send comes once, and each of them is named', async () => {
  const { url } = await serveShop();
  const send = (name: string) =>
    `curl -s -d 'note=<script>alert(1)</script>' -H 'X-Wafproof-Test: ${name}' "$WAFPROOF_URL/notes"`;
  const { cwd, stdout } = await recordAll(['--upstream', url, '--', 'sh', 'tests.sh'], {
    'tests.sh': `${send('takes a note')}\n${send('takes it again')}\n${send('takes a note')}\ncurl -s -d a=b "$WAFPROOF_URL/other"`,
  });
  const { results } = await reportIn(join(cwd, 'reports/out'));
  expect(results.map(({ title, because }) => [title, because?.replace(/.*; /, '')])).toEqual([
    ['takes a note', 'sent by other tests as well: takes it again'],
    [undefined, 'As in sh tests.sh:4'],
  ]);
  expect(stdout).toMatch(
    /a WAF would refuse requests of 2 of 2 tests; of 1 request no test is known\n {2}takes a note\n {4}POST \/notes \(recorded\/takes-a-note\): .*\n {2}takes it again\n {4}POST \/notes/,
  );
});

test('results that are not there are told of, and the recording is there all the same', async () => {
  const { url } = await serveShop();
  const words = ['--upstream', url, '--results', 'none.xml', '--', 'sh -c "curl -s -d a=b $WAFPROOF_URL/"'];
  const { stdout, code } = await recordAll(words, {});
  expect(stdout).toContain('none.xml: it was not there when the command had ended');
  expect(code).toBe(0);
});

test.each([
  ['listens', ''],
  ['does not listen', 'trap "" INT TERM'],
])('a command that never ends and %s to signals is ended, and what it sent is judged', async (_, trap) => {
  const { url } = await serveShop();
  const cwd = await folderOf({
    'tests.sh': `${trap}\ncurl -s -d 'note=<script>alert(1)</script>' "$WAFPROOF_URL/notes"; echo sent\nwhile :; do sleep 0.2; done`,
  });
  const { process: running, ended } = start(['record', '--upstream', url, '--', 'sh', 'tests.sh'], { cwd });
  running.stdout && (await once(running.stdout, 'data'));
  running.kill('SIGINT');
  const { code, stdout } = await ended;
  expect(stdout).toContain('recorded 1 request, wrote 1 case to suites/recorded/recorded.yaml');
  const { results, interrupted } = await reportIn(join(cwd, 'reports/out'));
  expect([interrupted, results.map(({ verdict }) => verdict.kind)]).toEqual([undefined, ['false-positive']]);
  expect(code).toBe(trap === '' ? 143 : 137);
});
