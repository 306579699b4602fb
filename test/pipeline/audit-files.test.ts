import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { audit } from '../../src/pipeline/audit.js';
import { auditOf, checked, engine, files, folder, furnish, options, warnings, world } from './audit-house.js';

beforeAll(furnish);

describe('files beside an exclusion file', () => {
  it('are read from there, and included ones are named', async () => {
    const beside = mkdtempSync(join(folder, 'case-'));
    mkdirSync(join(beside, 'more'));
    writeFileSync(join(beside, 'hosts.data'), 'app.example.com\n');
    writeFileSync(join(beside, 'other.conf'), 'SecRuleRemoveById 920350\n');
    const name = join(beside, 'rules.conf');
    writeFileSync(
      name,
      'SecRule REQUEST_HEADERS:Host "@pmFromFile hosts.data" "id:1,phase:1,pass,nolog,ctl:ruleRemoveById=942100"\nInclude other.conf\n',
    );
    const { audit: entries = [] } = await audit({ ...options, audit: [name] }, world);
    expect(entries.map(({ blockedWithout }) => blockedWithout)).toEqual([['s/cookie', 's/note']]);
    expect(warnings).toContain(`${name} includes other.conf, which is loaded and not audited`);
  });

  it('are not loaded twice where they are also given as rules', async () => {
    const rules = {
      ...engine,
      rulesBefore: [join(folder, files[0] ?? '')],
      rulesAfter: [join(folder, files[1] ?? '')],
    };
    const saved = await checked('s.yaml', rules);
    const name = join(mkdtempSync(join(folder, 'case-')), 'report.json');
    writeFileSync(name, saved);
    const verdicts = ({ audit: entries = [] }: RunReport) => entries.map(({ verdict }) => verdict);
    const again = await audit({ ...options, reports: [name], engine: rules }, world);
    expect(verdicts(again)).toEqual(verdicts(await audit(options, world)));
  });

  it('do not hide a threshold that the report has from them', async () => {
    const beside = mkdtempSync(join(folder, 'case-'));
    const name = join(beside, 'rules.conf');
    writeFileSync(name, 'SecAction "id:1,phase:1,pass,nolog,setvar:tx.inbound_anomaly_score_threshold=50"\n');
    const rules = { ...engine, rulesBefore: [name] };
    const saved = await checked('s.yaml', rules);
    writeFileSync(join(beside, 'report.json'), saved);
    const { audit: entries = [] } = await audit(
      { ...options, reports: [join(beside, 'report.json')], audit: [name] },
      world,
    );
    expect(entries[0]?.blockedWithout).toEqual(['s/cookie', 's/note', 's/page']);
  });
});

describe('numbers in quotes', () => {
  const quoted = () => {
    const name = join(mkdtempSync(join(folder, 'case-')), 'rules.conf');
    writeFileSync(name, 'SecRuleRemoveById 920350 "942100-942999"\n');
    return name;
  };

  it('are audited as ModSecurity 2 reads them', async () => {
    const { audit: entries = [] } = await audit({ ...options, audit: [quoted()], engines: ['modsecurity2'] }, world);
    expect(entries.map(({ text, verdict }) => [text, verdict])).toEqual([
      ['SecRuleRemoveById 920350', expect.any(String)],
      ['SecRuleRemoveById "942100-942999"', expect.any(String)],
    ]);
    expect(entries[1]?.blockedWithout).toEqual(['s/cookie', 's/note']);
  });

  it('are refused with their place for ModSecurity 3, which loads nothing of such a file', async () => {
    const name = quoted();
    await expect(audit({ ...options, audit: [name] }, world)).rejects.toMatchObject({
      code: 'AUDIT_REFUSED',
      problems: [{ place: { file: name, line: 1 } }],
    });
  });
});

describe('an audit stops', () => {
  it('where a file is missing or is no file', async () => {
    await expect(audit({ ...options, audit: ['gone.conf'] }, world)).rejects.toMatchObject({
      code: 'AUDIT_UNREADABLE',
      problems: [{ place: { file: 'gone.conf' }, message: expect.stringMatching(/no such file; .*--audit/) }],
    });
    await expect(audit({ ...options, audit: ['.'] }, world)).rejects.toMatchObject({ code: 'AUDIT_UNREADABLE' });
  });

  it('where a file is too long to be one of exclusions', async () => {
    await expect(auditOf('#'.repeat(1_000_001))).rejects.toMatchObject({ code: 'AUDIT_UNREADABLE' });
  });

  it('where there is nothing to audit', async () => {
    await expect(auditOf('SecMarker END\n')).rejects.toMatchObject({ code: 'AUDIT_NOTHING' });
  });

  it('where an engine is unknown', async () => {
    await expect(audit({ ...options, engines: ['apache'] }, world)).rejects.toMatchObject({ code: 'ENGINE_UNKNOWN' });
  });

  it.each([
    ['a line that it does not know', 'SecRuleRemoveById 942100\n\n<Location "/a">\n', 3, /Invalid input/],
    [
      'a number that it does not understand',
      '\nSecRuleRemoveById 942100\nSecRuleRemoveById "1-3"\n',
      3,
      /1-3|variable/,
    ],
    ['words that it does not understand', '\nSecRuleRemoveById 942100\nSecRuleRemoveById abc\n', 3, /abc/],
    [
      'a rule without a number',
      'SecRuleRemoveById 942100\nSecAction "phase:1,pass"\nSecRule ARGS "@rx a" "phase:1,pass"\n',
      3,
      /ID/,
    ],
    ['a crash', 'SecRuleRemoveById\t942100\n', undefined, /SIG/],
  ])('where the engine refuses a file, with its place: %s', async (_, text, line, reason) => {
    const name = join(mkdtempSync(join(folder, 'case-')), 'house.conf');
    writeFileSync(name, text);
    const refused = audit({ ...options, audit: [...files, name] }, world);
    await expect(refused).rejects.toMatchObject({
      code: 'AUDIT_REFUSED',
      problems: [
        { place: { file: name, ...(line !== undefined && { line }) }, message: expect.stringMatching(reason) },
      ],
    });
    const message = await refused.catch((error: Error) => error.message);
    expect(message).not.toContain('wafproof-audit-');
  });
});
