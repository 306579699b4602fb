import { describe, expect, test } from 'vitest';
import { ruleFolder } from '../waf/modsecurity/engine-fixture.js';
import { leaveOut, type ServerName, testLab } from '../waf/modsecurity/lab/server-fixture.js';
import { serveSetup } from '../waf/modsecurity/setup-server.js';
import { caseFile } from './doctor-suites.js';
import { diagnose, emptyLog, statuses, targetAt } from './doctor-target.js';

describe.each<ServerName>(['apache', 'nginx'])('%s', (server) => {
  test.skipIf(leaveOut(server))('is ready when it has the lines that are advised', async () => {
    const { url, log } = await serveSetup(server);
    const diagnosis = await diagnose(targetAt(url, log), { suites: [caseFile({ form: { text: 'a'.repeat(9000) } })] });
    const { truncation, ...others } = statuses(diagnosis);
    expect(new Set(Object.values(others))).toEqual(new Set(['ok']));
    // ModSecurity 2 cuts what a rule matched at 512 bytes, whatever the format.
    expect(truncation).toBe(server === 'apache' ? 'warning' : 'ok');
    expect(diagnosis.byId('engine').detail).toMatch(
      server === 'apache' ? /\(ModSecurity for Apache/ : /\(ModSecurity-nginx v/,
    );
    expect(diagnosis.target.waf).toMatchObject({
      version: expect.stringMatching(server === 'apache' ? /^ModSecurity 2/ : /^ModSecurity 3/),
      ruleset: expect.stringMatching(/^OWASP_CRS/),
      paranoia: 1,
      threshold: 5,
      mode: 'block',
    });
  });

  test.skipIf(leaveOut(server))('may have rules of its own, when they have a name', async () => {
    const log = await emptyLog();
    const own = 'SecAction "id:1,phase:1,pass,nolog"\n';
    const lab = (rules: string) => testLab(server, { auditLog: log, engine: { crs: ruleFolder(rules) } });
    const named = await lab(`SecComponentSignature "shop/1.0"\n${own}`);
    const { byId } = await diagnose(targetAt(named.url, log, { attacks: false }));
    expect(byId('rules')).toMatchObject({ status: 'ok', detail: 'shop/1.0' });
    const unnamed = await lab(own);
    const other = await diagnose(targetAt(unnamed.url, log, { attacks: false }));
    expect(other.byId('rules').status).toBe('failed');
  });

  test.skipIf(leaveOut(server))('takes no form of 140 KB, and says which limit it is', async () => {
    const log = await emptyLog();
    const { url } = await testLab(server, { auditLog: log });
    const suites = [caseFile({ form: { text: 'a'.repeat(140_000) } })];
    const { byId } = await diagnose(targetAt(url, log), { suites });
    expect(byId('body')).toMatchObject({ status: 'failed', fix: expect.stringMatching(/SecRequestBodyNoFilesLimit/) });
  });

  test.skipIf(leaveOut(server))(
    'with nothing but its error log can be joined too, and lines that are cut are told',
    async () => {
      const log = await emptyLog();
      const { url } = await testLab(server, { auditLog: log, logFormat: 'error' });
      const diagnosis = await diagnose(targetAt(url, log));
      expect(statuses(diagnosis)).toMatchObject({
        'log-entry': 'ok',
        header: 'ok',
        benign: 'ok',
        attack: 'ok',
        rules: 'ok',
      });
      expect(['warning', 'failed']).toContain(diagnosis.byId('truncation').status);
    },
  );
});
