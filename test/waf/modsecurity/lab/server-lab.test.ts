import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startEchoApplication } from '../../../../src/lab/echo-application.js';
import { nginxServer } from '../../../../src/waf/modsecurity/lab/nginx-server.js';
import { startServerLab } from '../../../../src/waf/modsecurity/lab/server-lab.js';
import { attack, formType, leaveOut, logWith, ruleFile, send, testFolder, testLab } from './server-fixture.js';

const servers = [
  { waf: 'apache', version: '2' },
  { waf: 'nginx', version: '3' },
] as const;

describe.each(servers)('$waf with ModSecurity $version', ({ waf, version }) => {
  describe.skipIf(leaveOut(waf))('', () => {
    test('it says what it is from its own log, not from its options', async () => {
      const lab = await testLab(waf, { engine: { paranoia: 2, threshold: 7 }, mode: 'detect', port: 0 });
      expect(lab.url).toMatch(/^http:\/\/localhost:\d+$/);
      expect(lab.waf).toEqual({
        kind: 'modsecurity',
        version: expect.stringMatching(new RegExp(`^ModSecurity ${version}\\.\\d+\\.\\d+$`)),
        ruleset: expect.stringMatching(/^OWASP_CRS\/\d+\.\d+\.\d+/),
        paranoia: 2,
        threshold: 7,
        mode: 'detect',
      });
    });

    test('harmless requests reach the application byte for byte', async () => {
      const lab = await testLab(waf);
      const body = `text=${'Grüße, 你好 “quotes” '.repeat(3000)}`.replaceAll(' ', '+');
      const path = '/a%2Fb/%C3%A9;v=1/x%20y?q=%E2%82%AC&empty=&q=2';
      const { status, text } = await send(lab, { path, body, headers: formType });
      expect(status).toBe(200);
      const echoed = JSON.parse(text);
      expect(echoed).toMatchObject({ method: 'POST', url: path, bytes: Buffer.byteLength(body) });
      expect(echoed.body === body).toBe(true);
      expect(echoed.headers.join('\n')).toContain('Host\napp.example.com');
    });

    // SecRequestBodyNoFilesLimit: version 2 refuses by itself, version 3 by the rule 200002 for bodies it cannot parse.
    test('a form of more than 128 KB is too long', async () => {
      const lab = await testLab(waf);
      const sent = { body: `text=${'a'.repeat(131_072)}`, headers: formType };
      expect((await send(lab, sent)).status).toBe(waf === 'apache' ? 413 : 400);
    });

    test('attacks are refused, and the log has each request with its header', async () => {
      const auditLog = join(testFolder(), 'audit.log');
      const lab = await testLab(waf, { auditLog });
      expect((await send(lab, attack, 'w7-attack')).status).toBe(403);
      expect((await send(lab, {}, 'w7-clean')).status).toBe(200);
      await logWith(auditLog, 'w7-attack');
      const log = await logWith(auditLog, 'w7-clean');
      const lines = log.trimEnd().split('\n');
      expect(lines).toHaveLength(2);
      const refused = lines.find((line) => line.includes('w7-attack')) ?? '';
      expect(() => JSON.parse(refused)).not.toThrow();
      expect(refused).toMatch(/942\d{3}/);
      expect(refused).toMatch(/wafproof score=\d+ threshold=5/);
    });

    test('in detect mode attacks pass, and the log says what would have been', async () => {
      const auditLog = join(testFolder(), 'audit.log');
      const lab = await testLab(waf, { auditLog, mode: 'detect' });
      expect((await send(lab, attack, 'w7-seen')).status).toBe(200);
      expect(await logWith(auditLog, 'w7-seen')).toContain('949110');
    });

    test('own rules before and after the rule set, in files whose names have blanks', async () => {
      const before = await ruleFile(
        'SecRule REQUEST_FILENAME "@streq /before" "id:1000,phase:1,deny,status:406"',
        'be fore.conf',
      );
      const after = await ruleFile(
        'SecRuleRemoveById 942000-942999\nSecRule REQUEST_FILENAME "@streq /after" "id:1001,phase:1,deny,status:409"\n',
        'af "ter".conf',
      );
      const lab = await testLab(waf, { engine: { rulesBefore: [before], rulesAfter: [after], threshold: 10 } });
      expect((await send(lab, { path: '/before' })).status).toBe(406);
      expect((await send(lab, { path: '/after' })).status).toBe(409);
      expect((await send(lab, attack)).status).toBe(200);
    });

    test("files that come with a server leave the lab's log and mode alone, and may not run programs", async () => {
      const stock = ['/etc/modsecurity/modsecurity.conf-recommended', '/etc/nginx/modsecurity.conf'];
      const before = await ruleFile(
        'SecAuditEngine Off\nSecAuditLogParts AZ\nSecRuleEngine DetectionOnly\n',
        'quiet.conf',
      );
      const auditLog = join(testFolder(), 'audit.log');
      const own = [stock[waf === 'apache' ? 0 : 1] ?? '', before];
      const lab = await testLab(waf, { auditLog, engine: { rulesBefore: own } });
      expect((await send(lab, attack, 'w7-heard')).status).toBe(403);
      expect(await logWith(auditLog, 'w7-heard')).toContain('942100');
      await lab.close();
      const script = await ruleFile('SecRuleScript /tmp/a.lua\n');
      await expect(testLab(waf, { engine: { rulesBefore: [script] } })).rejects.toMatchObject({
        code: 'RULES_EXECUTE',
      });
    });

    test('a rule file that ends in the middle of a line hurts no other', async () => {
      const after = await ruleFile('SecRuleUpdateTargetById 942100 "!ARGS:id"');
      const lab = await testLab(waf, { engine: { rulesAfter: [after, after] } });
      expect((await send(lab, {})).status).toBe(200);
    });

    test('a broken rule file is named with its line', async () => {
      const file = await ruleFile('# fine\nSecRuleRemoveById 942100\nSecRul ARGS "@rx x" "id:1002"\n');
      const started = testLab(waf, { engine: { rulesAfter: [file] } });
      await expect(started).rejects.toMatchObject({ code: 'RULES_INVALID' });
      await expect(started).rejects.toThrow(`${file}:3`);
      await expect(started).rejects.toThrow('SecRul');
      expect(runningLabs()).toEqual([]);
    });

    test('a broken rule file is named as the user names it, blanks and all', async () => {
      const file = await ruleFile('SecRule ARGS "@rx (" "id:1003,phase:2,pass"\nSecNothing On\n', 'my rules.conf');
      await expect(testLab(waf, { engine: { rulesBefore: [file] } })).rejects.toThrow(file);
    });

    // Version 3 says it without a place, and does not notice a SecAction that has the id of a rule.
    test('two rules with the same id', async () => {
      const file = await ruleFile('SecRule REQUEST_METHOD "@rx ." "id:949110,phase:2,pass,nolog"\n');
      const started = testLab(waf, { engine: { rulesBefore: [file] } });
      await expect(started).rejects.toMatchObject({ code: waf === 'apache' ? 'RULES_INVALID' : 'LAB_START' });
      await expect(started).rejects.toThrow(
        waf === 'apache' ? 'another rule with the same id' : '949110 is duplicated',
      );
    });

    test('a port that is taken', async () => {
      const taken = createServer();
      await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void taken.close());
      const address = taken.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const started = testLab(waf, { port });
      await expect(started).rejects.toMatchObject({ code: 'LAB_PORT' });
      await expect(started).rejects.toThrow(`127.0.0.1:${port}`);
    });

    test('a log that cannot be written', async () => {
      const auditLog = join(testFolder(), 'no', 'such', 'audit.log');
      await expect(testLab(waf, { auditLog })).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
    });

    test('two at once do not see one another, and each leaves nothing behind', async () => {
      const labs = await Promise.all([testLab(waf), testLab(waf, { mode: 'detect' })]);
      const answers = await Promise.all(labs.map((lab) => send(lab, attack)));
      expect(answers.map(({ status }) => status)).toEqual([403, 200]);
      const folders = runningLabs();
      expect(folders).toHaveLength(2);
      expect(folders.every((folder) => existsSync(join(folder, 'server.conf')))).toBe(true);
      await Promise.all(labs.map((lab) => lab.close()));
      expect(runningLabs()).toEqual([]);
      expect(folders.some((folder) => existsSync(folder))).toBe(false);
    });

    test('an application of the user’s own', async () => {
      const application = await startEchoApplication();
      onTestFinished(() => application.close());
      const lab = await testLab(waf, { upstream: application.url.href });
      expect((await send(lab, { path: '/mine' })).text).toContain('"url":"/mine"');
    });

    test('an application that is down is no refusal of the WAF’s', async () => {
      const application = await startEchoApplication();
      await application.close();
      const lab = await testLab(waf, { upstream: application.url.href });
      expect((await send(lab, {})).status).toBe(waf === 'apache' ? 503 : 502);
    });
  });
});

test.each([
  ['the program', { programs: ['/no/such/program'] }],
  ['its module', { module: 'no_such_module.so' }],
])('a server that lacks %s is named with what to install', async (_what, lacking) => {
  const kind = { ...nginxServer, ...lacking };
  const rules = { rulesBefore: [], rulesAfter: [], mode: 'block' } as const;
  const started = startServerLab({ kind, rules, port: 0, log: { format: 'json' } });
  await expect(started).rejects.toMatchObject({ code: 'LAB_MISSING' });
  await expect(started).rejects.toThrow(/apt-get install .*libnginx-mod-http-modsecurity/);
});

/** Folders of the labs that this process runs: other test files run theirs at the same time. */
function runningLabs(): readonly string[] {
  const processes = execFileSync('ps', ['-ww', '-eo', 'ppid=,args='], { encoding: 'utf8' }).split(/\n(?=\s*\d+ )/);
  const own = processes.filter((line) => Number.parseInt(line, 10) === process.pid);
  return own.flatMap((line) => /wafproof-lab (\/\S+)/.exec(line)?.[1] ?? []);
}
