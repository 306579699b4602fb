import { describe, expect, test } from 'vitest';
import { resolveTarget } from '../../src/config/resolve-target.js';
import { configOf, problemsOf } from './config-folder.js';

const env = { PASSWORD: 'open-7741', EMPTY: '' };

async function sessionOf(session: string, given: Record<string, string> = env) {
  const text = `targets:\n  a:\n    url: http://a.example\n    session:\n${session.replace(/^/gm, '      ')}\n`;
  return resolveTarget(await configOf(text), {}, given).session;
}

describe('a session', () => {
  test('has steps with their places, values, headers, a sign that it is lost, and users', async () => {
    const session = await sessionOf(`steps:
  - { get: /login }
  - submit: form#login
    fill: { user: ada, pin: 12, password: !env PASSWORD }
    expect: { status: [302, 303], cookie: sid, text: Hello }
  - { post: /token, json: { grant: [!env PASSWORD, !session sid, 1] }, headers: { A: b }, method: PUT }
values:
  sid: { cookie: sid }
  nonce: { body: true, page: /nonce, fresh: case }
  access: { json: access_token, expires: expires_in }
headers: { Authorization: [Bearer, !session access] }
lost: { redirect: /login, status: 401 }
users: 4`);
    const place = { file: 'wafproof.config.yaml' };
    expect(session).toMatchObject({
      steps: [
        { get: '/login', at: { ...place, line: 6, column: 11 } },
        {
          submit: 'form#login',
          fill: [
            ['user', 'ada'],
            ['pin', '12'],
            ['password', { name: 'PASSWORD', value: 'open-7741' }],
          ],
          expect: { status: [302, 303], cookie: 'sid', text: 'Hello' },
        },
        { post: '/token', method: 'PUT', headers: [['A', 'b']] },
      ],
      values: { access: { json: 'access_token', expires: 'expires_in' }, nonce: { fresh: 'case' } },
      headers: [['Authorization', ['Bearer', { session: 'access' }]]],
      lost: { redirect: '/login', status: [401] },
      users: 4,
    });
    const step = session?.steps?.[2];
    expect(step).toHaveProperty('jsonValues', [
      { token: expect.any(String), value: { name: 'PASSWORD', value: 'open-7741' } },
      { token: expect.any(String), value: { session: 'sid' } },
    ]);
  });

  test.each([
    ['{}', [{ get: '/' }]],
    ['{ path: /csrf, headers: { A: b } }', [{ get: '/csrf', headers: [['A', 'b']] }]],
    ['{ form: { a: b } }', [{ post: '/', form: [['a', 'b']] }]],
    ['{ method: PUT, path: /x }', [{ post: '/x', method: 'PUT' }]],
    ['{ headers: { Authorization: [Bearer, !env PASSWORD] } }', []],
  ])('without steps is one request, or none: %s', async (text, steps) => {
    expect((await sessionOf(text))?.steps).toEqual(steps);
  });

  test('may be opened by a browser, whose files are relative to the config', async () => {
    const browser =
      'browser: { page: /editor, login: sessions/wp.ts, storage: /state.json, values: { nonce: api.nonce } }';
    const session = await sessionOf(browser);
    expect(session).toMatchObject({
      browser: { page: '/editor', storage: '/state.json', values: { nonce: 'api.nonce' }, at: { line: 5, column: 16 } },
      steps: [],
    });
    expect(session?.browser?.login).toMatch(/^\/.*\/sessions\/wp\.ts$/);
    const stepped = await sessionOf('{ browser: {}, steps: [{ get: /login }] }');
    expect(stepped).toMatchObject({ browser: { values: {} }, steps: [{ get: '/login' }] });
  });

  test('with a variable that is not set, or empty, says where', async () => {
    const missing = sessionOf('steps: [{ post: /, form: { a: !env NOPE } }]');
    await expect(missing).rejects.toMatchObject({
      code: 'ENV_MISSING',
      problems: [{ place: { line: 5, column: 37 } }],
    });
    await expect(sessionOf('steps: [{ post: /, form: { a: !env EMPTY } }]')).rejects.toMatchObject({
      code: 'ENV_EMPTY',
    });
  });

  test.each([
    ['steps: []', 'empty list'],
    ['steps: [{ fill: { a: b } }]', 'a step has one of "get", "post" and "submit"'],
    ['steps: [{ get: /a, post: /b }]', 'a step has one of "get", "post" and "submit"'],
    ['steps: [{ get: /a, form: { a: b } }]', '"form" does not belong to "get"'],
    ['steps: [{ post: /a, form: { a: b }, json: 1 }]', 'a step has either "form" or "json"'],
    ['steps: [{ submit: "form:first-child" }]', 'a selector is one of CSS without pseudo-classes'],
    ['steps: [{ submit: form, fill: { a: !each names } }]', 'a tag here is !env'],
    ['steps: [{ get: /, expect: { status: 99 } }]', 'at least 100'],
    ['values: { a: { input: b, cookie: c } }', 'a value has one of'],
    ['values: { a: { cookie: b, form: form } }', '"form" belongs to "input"'],
    ['values: { a: { regex: "(" } }', 'no regular expression'],
    ['values: { a: { json: "a..b" } }', 'a place in JSON is a path'],
    ['values: { a: { input: b, fresh: case } }', '"fresh: case" needs the "page"'],
    ['lost: {}', '"lost" has at least one of'],
    ['{ steps: [{ get: / }], path: /x }', '"path" and "steps" exclude each other'],
    ['{ browser: { page: /a }, form: { a: b } }', '"form" and "browser" exclude each other'],
    ['{ browser: { page: /a }, steps: [{ post: /x }] }', 'a browser takes "get" and "submit"'],
    ['browser: { values: { a: 1 } }', '"a" is a text, not the number 1'],
    ['users: 0', 'at least 1'],
    ['stepps: []', 'did you mean "steps"'],
  ])('that is wrong is one error that says how: %s', async (text, message) => {
    const problems = await problemsOf(
      `targets:\n  a:\n    url: http://a.example\n    session:\n${text.replace(/^/gm, '      ')}\n`,
    );
    expect(problems).toEqual([expect.stringContaining(message)]);
  });
});
