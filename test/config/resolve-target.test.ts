import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/config-file.js';
import { resolveTarget, type TargetFlags } from '../../src/config/resolve-target.js';
import { folderOf } from '../suite/suite-folder.js';
import { configOf } from './config-folder.js';

async function targetOf(text: string, flags: TargetFlags = {}) {
  return resolveTarget(await configOf(text), flags);
}

const one = 'targets: { staging: { url: https://staging.example.com } }';
const two = 'targets: { a: { url: http://a.example }, b: { url: http://b.example } }';

describe('the target', () => {
  test('needs no name where there is one', async () => {
    expect(await targetOf(one)).toEqual({
      name: 'staging',
      url: 'https://staging.example.com',
      connections: 16,
      timeoutMs: 30_000,
      waf: { kind: 'modsecurity' },
      attacks: false,
      insecure: false,
    });
  });

  test('is the one that is named', async () => {
    expect(await targetOf(two, { target: 'b' })).toMatchObject({ name: 'b', url: 'http://b.example' });
  });

  test('may be a URL, with or without a config', async () => {
    const target = { name: 'https://c.example/x', url: 'https://c.example/x' };
    expect(await targetOf(two, { target: 'https://c.example/x' })).toMatchObject(target);
    expect(await targetOf('{}', { target: 'https://c.example/x' })).toMatchObject(target);
  });

  test.each<[string, string, TargetFlags]>([
    ['TARGET_MISSING', two, {}],
    ['TARGET_MISSING', '{}', {}],
    ['TARGET_UNKNOWN', one, { target: 'production' }],
    ['TARGET_UNKNOWN', '{}', { target: 'staging' }],
    ['TARGET_UNKNOWN', one, { target: 'constructor' }],
    ['USAGE', one, { target: 'http://' }],
    ['USAGE', one, { target: 'https://a b' }],
  ])('%s: %s, %j', async (code, text, flags) => {
    await expect(targetOf(text, flags)).rejects.toMatchObject({ code });
  });

  test('that is unknown is answered with those that are known', async () => {
    await expect(targetOf(two, { target: 'c' })).rejects.toThrow(/"c"; the config names a, b; a URL works too/);
    await expect(targetOf('{}', { target: 'c' })).rejects.toThrow(/"c"; the config names none/);
  });

  test('cannot be changed afterwards', async () => {
    expect(Object.isFrozen(await targetOf(one))).toBe(true);
  });
});

describe('settings', () => {
  const full = `
    targets:
      a:
        url: https://a.example
        host: h.example
        waf: { kind: modsecurity, log: ../logs/audit.log }
        limits: { connections: 8, rate: 50, timeout: 9000 }
        logWait: 3000
        insecure: true
        session: { path: /login, form: { user: ada, csrf: x }, values: { csrf: { cookie: c } } }`;

  test('of the config win over defaults', async () => {
    expect(await targetOf(full)).toMatchObject({
      host: 'h.example',
      connections: 8,
      rate: 50,
      timeoutMs: 9000,
      logWaitMs: 3000,
      insecure: true,
      session: {
        steps: [
          {
            post: '/login',
            form: [
              ['user', 'ada'],
              ['csrf', 'x'],
            ],
          },
        ],
        values: { csrf: { cookie: 'c' } },
      },
    });
  });

  test('of the command line win over the config', async () => {
    const flags = { log: 'own.log', connections: 1, rate: 2, timeoutMs: 3 };
    const { log, ...limits } = flags;
    expect(await targetOf(full, flags)).toMatchObject({ waf: { kind: 'modsecurity', log }, ...limits });
  });

  test('may name several logs, commands and standard input', async () => {
    const log = "[audit.log, '-', { command: ssh staging tail -n0 -F x.log }]";
    const text = `targets: { a: { url: http://a.example, waf: { kind: modsecurity, since: 10m, log: ${log} } } }`;
    const cwd = await folderOf({ 'wafproof.config.yaml': text });
    expect(resolveTarget(await loadConfig({ cwd }), {})).toMatchObject({
      waf: {
        kind: 'modsecurity',
        log: [`${cwd}/audit.log`, '-', { command: 'ssh staging tail -n0 -F x.log' }],
        since: '10m',
      },
    });
  });

  test('say where the log is, seen from the config file', async () => {
    const cwd = await folderOf({ 'ci/w.yaml': full });
    const config = await loadConfig({ cwd, file: 'ci/w.yaml' });
    expect([resolveTarget(config, {}).waf.log].flat()).toEqual([`${cwd}/logs/audit.log`]);
  });
});

describe('attack cases', () => {
  test.each([
    ['http://localhost:8080', true],
    ['https://LOCALHOST/', true],
    ['http://127.0.0.1', true],
    ['http://127.1.2.3:81', true],
    ['http://[::1]:8080', true],
    ['http://localhost.example.com', false],
    ['http://127.0.0.1.example.com', false],
    ['http://10.0.0.1', false],
    ['http://0.0.0.0', false],
    ['http://staging.example.com', false],
  ])('to %s without being told: %s', async (url, attacks) => {
    expect((await targetOf('{}', { target: url })).attacks).toBe(attacks);
    expect((await targetOf(`targets: { a: { url: "${url}" } }`)).attacks).toBe(attacks);
  });

  test.each([
    ['http://localhost', false],
    ['http://staging.example.com', true],
  ])('to %s as the config says: %s', async (url, attacks) => {
    expect((await targetOf(`targets: { a: { url: "${url}", attacks: ${attacks} } }`)).attacks).toBe(attacks);
  });
});
