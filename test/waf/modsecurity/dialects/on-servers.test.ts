import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { buildTimeoutMs, builtCaddy } from '../../../coraza/caddy-build.js';
import { leaveOut } from '../lab/server-fixture.js';
import { filesOf, narrowest, needs, neighbours } from './scenario.js';
import { type Server, startCaddy, startServer, statuses } from './servers.js';
import { caddyfile, leaveOutSetting, settings } from './settings.js';

/** Not: a name that Apache has to guess, what the WAF logs of requests, and what Caddy says of its own settings. */
function isComplaint(line: string): boolean {
  const isUsual = /AH00558|\[client |"logger":"(?:admin|http|http\.handlers\.waf)"/.test(line);
  return /error|emerg|warn|invalid|unknown/i.test(line) && !isUsual;
}

describe.each(Object.entries(settings))('%s', (_name, { on, dialect: written, start }) => {
  describe.skipIf(leaveOutSetting(on))(`on ${on}`, () => {
    let server: Server;

    beforeAll(async () => {
      server = await start(filesOf(written));
    }, buildTimeoutMs);

    afterAll(() => server?.close());

    test('is loaded without a complaint', () => {
      expect(server.said().split('\n').filter(isComplaint)).toEqual([]);
    });

    test.each(needs)('$name: what needs it passes, and what is beside it stays blocked', async (need) => {
      expect(narrowest(written, need)).toBeDefined();
      expect(await statuses(server, need.passes)).toEqual(need.passes.map(() => 200));
      const beside = neighbours(written, need);
      expect(await statuses(server, beside)).toEqual(beside.map(() => 403));
    });
  });
});

describe.each(['apache', 'nginx', 'caddy'] as const)('%s without exclusions', (on) => {
  describe.skipIf(leaveOutSetting(on))('', () => {
    test(
      'blocks all of it',
      async () => {
        const server =
          on === 'caddy' ? await startCaddy(await builtCaddy(), caddyfile(), 'waf') : await startServer(on, {});
        const all = needs.flatMap(({ passes, stays }) => [...passes, ...stays.map(([, sent]) => sent)]);
        const answered = await statuses(server, all).finally(() => server.close());
        expect(answered).toEqual(all.map(() => 403));
      },
      buildTimeoutMs,
    );
  });
});

describe.each(['apache', 'nginx'] as const)('the plugin on %s', (on) => {
  test.skipIf(leaveOut(on))('can be turned off', async () => {
    const { dialect } = settings['crs-plugin for version 3'] ?? {};
    if (dialect === undefined) throw new Error('no plugin');
    const { 'plugins/wafproof-config.conf': config = '', 'plugins/wafproof-before.conf': before = '' } =
      filesOf(dialect);
    const off = 'SecAction "id:900999,phase:1,pass,nolog,setvar:tx.wafproof-plugin_enabled=0"\n';
    const server = await startServer(on, { before: [off, config, before] });
    onTestFinished(() => server.close());
    const { passes = [] } = needs[0] ?? {};
    expect(await statuses(server, passes)).toEqual(passes.map(() => 403));
  });
});

describe.skipIf(leaveOut('apache'))('a target that Apache cannot read', () => {
  test('is complained of, though the server starts', async () => {
    const server = await startServer('apache', { after: ['SecRuleUpdateTargetById 942100 "!REQUEST_URI:x"\n'] });
    onTestFinished(() => server.close());
    expect(server.said().split('\n').filter(isComplaint).join('\n')).toContain('Error parsing rule targets');
  });
});
