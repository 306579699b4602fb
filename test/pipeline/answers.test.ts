import { readFileSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leaveOut, testFolder } from '../waf/modsecurity/lab/server-fixture.js';
import { diagnose, targetAt } from './doctor-target.js';
import { type RealServer, realServer } from './real-server.js';
import { resultOf, runAgainst, verdictsOf } from './run-against.js';

/** What browsers send, so that no rule counts for more than the case is about. */
const browser = 'defaults: { headers: { User-Agent: "Mozilla/5.0 (X11; Linux x86_64)", Accept: "*/*" } }';
const host = { host: 'app.example.com', logWaitMs: 3000 };

function suiteOf(intent: 'legitimate' | 'attack', cases: string): string {
  return `suite: S\nintent: ${intent}\n${browser}\ncases:\n${cases}`;
}

describe.skipIf(leaveOut('apache'))('Apache, whose engine notes that it could not parse a body and goes on', () => {
  const noParserRule = { before: 'SecAction "id:1001,phase:1,pass,t:none,nolog,ctl:ruleRemoveById=200002"' };
  const json = 'path: /search, headers: { Content-Type: application/json }';

  test('lets a legitimate request through, and misses an attack', async () => {
    const server = await realServer('apache', noParserRule);
    const lines = `  - { id: a, ${json}, body: "{\\"index\\":1}\\n{\\"query\\":2}\\n" }\n`;
    const passed = await runAgainst(server, suiteOf('legitimate', lines), { target: host });
    expect(resultOf(passed, 's/a')).toMatchObject({
      status: 200,
      verdict: { kind: 'let-through' },
      asExpected: true,
      unread: expect.stringMatching(/^the engine could not read the body \(.+\) and let the request pass/),
    });
    const attack = `  - { id: a, ${json}, body: "x 1' UNION SELECT password FROM users -- <script>alert(1)</script>" }\n`;
    const missed = await runAgainst(server, suiteOf('attack', attack), { target: host });
    expect(resultOf(missed, 's/a')).toMatchObject({
      status: 200,
      verdict: { kind: 'attack-missed' },
      asExpected: false,
    });
  });

  test('refuses it where the rule that is there for it is in force', async () => {
    const server = await realServer('apache', {});
    const report = await runAgainst(server, suiteOf('legitimate', `  - { id: a, ${json}, body: "{]" }\n`), {
      target: host,
    });
    expect(resultOf(report, 's/a')).toMatchObject({ status: 400, verdict: { kind: 'false-positive' } });
  });
});

/** The rules see a request that is redirected within nginx when it has been answered. */
const late = (location: string) => `location ${location} { error_page 405 =200 @application; return 405; }
location @application { proxy_pass http://application; proxy_set_header Host $http_host; }`;
const sqli = `form: { q: "1' UNION SELECT password FROM users -- " }`;
const redirected = `  - { id: a, path: /late, ${sqli} }\n`;
const both = `  - { id: blocked, path: /form, ${sqli} }\n  - { id: fine, path: /form, form: { q: hello } }\n`;

/** Paths that the attack canary was sent to, as the log of the server tells. */
function canaries({ log }: RealServer): readonly string[] {
  const text = readFileSync(log, 'utf8');
  return [...text.matchAll(/"uri":"([^"?]*)\?wafproof=(?:%3C|<)script/g)].map(([, path = '']) => path);
}

async function statusesAndKinds(server: RealServer, suite: string) {
  const { results } = await runAgainst(server, suite, { target: host });
  return results.map(({ status, verdict }) => [status, verdict.kind]);
}

describe.skipIf(leaveOut('nginx'))('nginx, which redirects within itself', () => {
  test('lets through what its log says was refused, and the log is contradicted', async () => {
    const server = await realServer('nginx', { server: late('/late') });
    const passed = await runAgainst(server, suiteOf('legitimate', redirected), { target: host });
    expect(resultOf(passed, 's/a')).toMatchObject({
      status: 200,
      verdict: { kind: 'let-through', nearMiss: true },
      contradiction: expect.stringMatching(
        /^the log says that rule 949110 refused it, but the application answered 200/,
      ),
    });
    const missed = await runAgainst(server, suiteOf('attack', redirected), { target: host });
    expect(verdictsOf(missed)).toEqual(['attack-missed']);
    expect(missed.summary.unexpected).toBe(1);
  });

  test('cannot be told where no attack may be sent that shows how it refuses', async () => {
    const server = await realServer('nginx', { server: late('/late') });
    const suite = suiteOf('legitimate', redirected);
    const report = await runAgainst(server, suite, { target: { ...host, attacks: false } });
    expect(resultOf(report, 's/a').verdict).toEqual({
      kind: 'inconclusive',
      reason: expect.stringMatching(/^answered 200, but the log says .*949110.*attacks: true/),
    });
  });

  test('answers 200 to what it refuses, with a page that is known from the canary', async () => {
    const folder = testFolder();
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'blocked.html'), '<h1>Sorry</h1><p>Your request was rejected.</p>');
    const page = `error_page 403 =200 /blocked.html;\nlocation = /blocked.html { internal; root ${folder}; }`;
    const server = await realServer('nginx', { server: page });
    expect(await statusesAndKinds(server, suiteOf('legitimate', both))).toEqual([
      [200, 'false-positive'],
      [200, 'let-through'],
    ]);
    const { byId } = await diagnose(targetAt(server.url, server.log, host));
    expect(byId('attack')).toMatchObject({ status: 'ok', detail: expect.stringMatching(/a page of status 200/) });
  });

  test('answers so in one location only, which the canary is then sent to', async () => {
    const folder = testFolder();
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'blocked.html'), '<h1>Sorry</h1><p>Your request was rejected.</p>');
    const page = `location = /form { error_page 403 =200 /blocked.html; proxy_pass http://application; }
location = /blocked.html { internal; root ${folder}; }`;
    const server = await realServer('nginx', { server: page });
    const elsewhere = `  - { id: c, path: /other, ${sqli} }\n`;
    expect(await statusesAndKinds(server, suiteOf('legitimate', both + elsewhere))).toEqual([
      [200, 'false-positive'],
      [200, 'let-through'],
      [403, 'false-positive'],
    ]);
    expect(canaries(server)).toEqual(['/', '/form']);
    const withoutAttacks = { target: { ...host, attacks: false } };
    const careful = await runAgainst(server, suiteOf('legitimate', both), withoutAttacks);
    expect(verdictsOf(careful)).toEqual(['inconclusive', 'let-through']);
    expect(canaries(server)).toHaveLength(2);
  });

  test('refuses with a redirect, which is known from the canary too', async () => {
    const after = 'SecRuleUpdateActionById 949110 "t:none,redirect:https://status.test/blocked"\n';
    const server = await realServer('nginx', { after });
    expect(await statusesAndKinds(server, suiteOf('legitimate', both))).toEqual([
      [302, 'false-positive'],
      [200, 'let-through'],
    ]);
  });

  test('is told by doctor where nothing is refused', async () => {
    const server = await realServer('nginx', { server: late('= /') });
    const { byId } = await diagnose(targetAt(server.url, server.log, host));
    expect(byId('attack')).toMatchObject({ status: 'failed', detail: expect.stringMatching(/nothing is blocked/) });
  });
});
