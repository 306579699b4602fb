import { expect, test } from 'vitest';
import { wafproof } from './command-line.js';

const files = {
  's.yaml': `suite: S
cases:
  - id: login
    title: Log in
    path: /login?a=b
    headers: { X-Key: !env KEY }
    form: { user: ann, password: !env PASSWORD, csrf: !session csrf, n: !random hex 4 }
    tags: [t]
  - { id: bytes, path: /b, body: !base64 /wA=, query: { q: "a b" } }
  - { id: out, skip: later, path: /o }
`,
};

function jsonLines(stdout: string): readonly unknown[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

test('shows cases as they would go out, without secrets', async () => {
  const { code, stdout, stderr } = await wafproof(['list', 's.yaml', '--json'], {
    files,
    env: { PASSWORD: 'hunter2' },
  });
  expect([code, stderr]).toEqual([0, '']);
  const [login, bytes, ...more] = jsonLines(stdout);
  expect(login).toEqual({
    id: 's/login',
    suite: 'S',
    title: 'Log in',
    intent: 'legitimate',
    at: { file: 's.yaml', line: 3, column: 5 },
    wire: {
      method: 'POST',
      path: '/login?a=b',
      headers: [
        ['Host', 'localhost'],
        ['User-Agent', 'Mozilla/5.0 (compatible; Wafproof)'],
        ['Accept', '*/*'],
        ['X-Key', '[KEY]'],
        ['Content-Type', 'application/x-www-form-urlencoded'],
        ['Content-Length', expect.any(String)],
      ],
      bodyBase64: expect.any(String),
    },
  });
  const body = Buffer.from(JSON.parse(stdout.split('\n')[0] ?? '').wire.bodyBase64, 'base64').toString();
  expect(body).toMatch(/^user=ann&password=%5BPASSWORD%5D&csrf=%5Bcsrf%5D&n=[0-9a-f]{4}$/);
  expect(bytes).toMatchObject({ id: 's/bytes', wire: { path: '/b?q=a+b', bodyBase64: '/wA=' } });
  expect(more).toEqual([]);
});

test('shows a line a case for people, and those alone that are asked for', async () => {
  const { stdout } = await wafproof(['list', 's.yaml', '--tag', 't'], { files });
  expect(stdout).toBe('s/login  POST /login?a=b  Log in\n');
});

test('tells what is wrong with a suite', async () => {
  const { code, stderr } = await wafproof(['list', 's.yaml'], {
    files: { 's.yaml': 'suite: S\ncases: [{ id: a, nope: 1 }]\n' },
  });
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^SUITE_UNKNOWN_KEY s.yaml:2:18/)]);
});
