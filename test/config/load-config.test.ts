import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/config-file.js';
import { folderOf } from '../suite/suite-folder.js';
import { configOf, problemsOf } from './config-folder.js';

const whole = `
targets:
  staging:
    url: https://staging.example.com/app
    host: app.example.com
    waf: { kind: modsecurity, log: logs/audit.log }
    limits: { connections: 8, rate: 50, timeout: 9000 }
    logWait: 3000
    attacks: false
    insecure: true
    session:
      method: POST
      path: /login
      form: { user: ada }
      headers: { Accept: text/html }
      values: { csrf: { input: csrf_token } }
suites: [suites/**/*.yaml]
`;

describe('a config file', () => {
  test('may have all of its keys', async () => {
    const { targets, suites } = await configOf(whole);
    expect(suites).toEqual(['suites/**/*.yaml']);
    expect(targets['staging']).toEqual({
      url: 'https://staging.example.com/app',
      host: 'app.example.com',
      waf: { kind: 'modsecurity', log: 'logs/audit.log' },
      limits: { connections: 8, rate: 50, timeout: 9000 },
      logWait: 3000,
      attacks: false,
      insecure: true,
      session: {
        method: 'POST',
        path: '/login',
        form: { user: 'ada' },
        headers: { Accept: 'text/html' },
        values: { csrf: { input: 'csrf_token' } },
      },
    });
  });

  test('may have none', async () => {
    expect(await configOf('{}')).toMatchObject({ targets: {}, suites: [] });
  });

  test('need not be there', async () => {
    const cwd = await folderOf({});
    expect(await loadConfig({ cwd })).toEqual({ folder: cwd, targets: {}, suites: [] });
  });

  test('and names no suites: those of the folder suites are meant', async () => {
    const suites = { 'suites/a.yaml': 'suite: A\n' };
    expect((await loadConfig({ cwd: await folderOf(suites) })).suites).toEqual(['suites']);
    const withTarget = { ...suites, 'wafproof.config.yaml': 'targets: {}\n' };
    expect((await loadConfig({ cwd: await folderOf(withTarget) })).suites).toEqual(['suites']);
    const inFolder = { 'ci/suites/a.yaml': 'suite: A\n', 'ci/w.yaml': 'targets: {}\n' };
    expect((await loadConfig({ cwd: await folderOf(inFolder), file: 'ci/w.yaml' })).suites).toEqual(['ci/suites']);
    const none = { ...suites, 'wafproof.config.yaml': 'suites: []\n' };
    expect((await loadConfig({ cwd: await folderOf(none) })).suites).toEqual([]);
    expect((await loadConfig({ cwd: await folderOf({ suites: 'a file' }) })).suites).toEqual([]);
  });

  test('must be there where it is asked for', async () => {
    const loading = loadConfig({ cwd: await folderOf({}), file: 'ci/other.yaml' });
    await expect(loading).rejects.toMatchObject({
      code: 'CONFIG_NOT_FOUND',
      problems: [{ place: { file: 'ci/other.yaml' } }],
    });
  });

  test('in another folder says where its suites are, seen from itself', async () => {
    const cwd = await folderOf({ 'ci/other.yaml': 'suites: [s.yaml, ../more/**/*.yaml, /srv/suites]' });
    expect(await loadConfig({ cwd, file: 'ci/other.yaml' })).toEqual({
      folder: join(cwd, 'ci'),
      targets: {},
      suites: ['ci/s.yaml', 'more/**/*.yaml', '/srv/suites'],
    });
  });
});

describe('CONFIG_INVALID', () => {
  test.each([
    ['YAML that is none', 'targets: [', /:1:\d+ is not valid YAML: /],
    ['a tab', 'targets:\n\tstaging: {}', /:2:\d+ is not valid YAML: /],
    ['a list', '- a', /:1:1 .*mapping/],
    ['an unknown key', 'suite: []', /:1:1 "suite" is not a key that may stand here; did you mean "suites"\?$/],
    ['a key like no other', 'suites: []\nzebra: 1', /:2:1 "zebra" is not a key that may stand here$/],
    [
      'an unknown key of a target',
      'targets:\n  a:\n    url: http://a\n    atacks: true',
      /:4:5 "atacks" is not a key that may stand here; did you mean "attacks"\?$/,
    ],
    [
      'an unknown key of limits',
      'targets: { a: { url: http://a, limits: { conections: 1 } } }',
      /:1:\d+ .*"connections"\?$/,
    ],
    [
      'a key at another place',
      'targets:\n  a:\n    url: http://a\n    log: audit.log',
      /:4:5 "log" is not a key that may stand here; it stands under "waf"$/,
    ],
    [
      'a key of a target at the top',
      'url: http://a',
      /:1:1 "url" is not a key that may stand here; it stands under "targets"$/,
    ],
    ['a target without a URL', 'targets:\n  a: {}', /:2:6 "url" is missing/],
    ['a URL of another kind', 'targets: { a: { url: ftp://a } }', /:1:22 "url" is a URL that begins with http/],
    ['a URL that is none', 'targets: { a: { url: "http://" } }', /:1:22 "url" is a URL that begins with http/],
    ['another WAF', 'targets: { a: { url: http://a, waf: { kind: modsecurty } } }', /:1:\d+ .*modsecurity/],
    [
      'no connections',
      'targets: { a: { url: http://a, limits: { connections: 0 } } }',
      /:1:\d+ "connections" is at least/,
    ],
    ['too many', 'targets: { a: { url: http://a, limits: { connections: 9999 } } }', /"connections" is at most 4096/],
    ['half a request', 'targets: { a: { url: http://a, limits: { rate: 0.5 } } }', /"rate" is a whole number/],
    ['a number in quotes', 'targets: { a: { url: http://a, limits: { rate: "5" } } }', /"rate" is a (whole )?number/],
    ['suites that are no list', 'suites: a.yaml', /:1:9 "suites" is a list/],
    ['bytes that are no text', Uint8Array.of(0xff, 0xfe), / is not UTF-8 text$/],
  ])('%s', async (_, text, expected) => {
    expect(await problemsOf(text)).toEqual([expect.stringMatching(/^CONFIG_INVALID /)]);
    expect((await problemsOf(text))[0]).toMatch(expected);
  });

  test('names all that is wrong', async () => {
    const text = 'suite: []\ntargets: { a: { urls: http://a } }\n';
    expect(await problemsOf(text)).toEqual([
      expect.stringContaining('"url" is missing'),
      expect.stringContaining('did you mean "url"?'),
      expect.stringContaining('did you mean "suites"?'),
    ]);
  });

  test('a file that is too large', async () => {
    expect(await problemsOf(`# ${'x'.repeat(1024 * 1024)}`)).toEqual([expect.stringMatching(/is larger than/)]);
  });

  test('a folder in its place', async () => {
    const cwd = await folderOf({ 'wafproof.config.yaml/a': '' });
    await expect(loadConfig({ cwd })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});
