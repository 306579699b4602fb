import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/model/audit.js';
import type { RunReport } from '../../src/model/report.js';
import { audit } from '../../src/pipeline/audit.js';
import { ruleFile, startTestEngine } from '../waf/modsecurity/engine-fixture.js';
import { auditOf, files, folder, furnish, options, quoted, reportOf, verdictsOf, world } from './audit-house.js';

let report: RunReport;
let before: readonly Buffer[];

beforeAll(async () => {
  await furnish();
  before = files.map((file) => readFileSync(join(folder, file)));
  report = await audit(options, world);
});

function entryAt(place: string): AuditEntry | undefined {
  return report.audit?.find(({ at }) => `${at.file}:${at.line}` === place);
}

/** An exclusion for an endpoint that no case has. */
function unneeded(id: number, path: string, target: string): string {
  const condition = `SecRule REQUEST_FILENAME "@streq ${path}"`;
  return `${condition} "id:${9_700_000 + id},phase:1,pass,nolog,ctl:ruleRemoveTargetById=942100;${target}"\n`;
}

describe('an audit', () => {
  it('finds what a case needs, and nothing narrower', () => {
    expect(entryAt('exclusions-before.conf:7')).toEqual({
      at: { file: 'exclusions-before.conf', line: 7, column: 9 },
      text: 'ctl:ruleRemoveTargetById=942100;ARGS:note',
      where: 'POST /notes',
      verdict: 'needed',
      reason: 's/note is blocked without it',
      blockedWithout: ['s/note'],
      matchedWithout: [],
      stillBlocked: [],
      notes: [],
    });
  });

  it('finds what is not enough, and what is missing', () => {
    const entry = entryAt('exclusions-before.conf:12');
    expect(entry).toMatchObject({
      verdict: 'insufficient',
      matchedWithout: ['s/page'],
      stillBlocked: ['s/page'],
    });
    expect(entry?.missing).toMatch(/REQUEST_FILENAME "@streq \/pages"[\s\S]*941110;ARGS:html[\s\S]*941160;ARGS:html/);
    expect(entry?.missing).not.toContain('941100');
  });

  it('tells of as many attacks as it has sent', async () => {
    const many = join(mkdtempSync(join(folder, 'case-')), 'many.txt');
    writeFileSync(many, Array.from({ length: 300 }, (_, i) => `1' or '${i}'='${i}\n`).join(''));
    const [entry] = await verdictsOf(unneeded(1, '/other', 'ARGS:probe'), { attacks: [many] });
    expect(entry?.reason).toMatch(/ 200 of 200 attacks in ARGS:probe pass with it$/);
  });

  it('takes no exclusion for what another one of its kind is', async () => {
    const texts = [
      unneeded(1, '/other', 'ARGS:probe'),
      unneeded(2, '/more', 'args:probe'),
      unneeded(3, '/most', 'ARGS:a'),
    ];
    const reasons = (await verdictsOf(texts.join(''))).map(({ reason }) => reason);
    expect(reasons).toEqual([
      expect.stringContaining('1 of 1 attacks in ARGS:probe pass'),
      expect.stringContaining('does nothing'),
      expect.stringContaining('1 of 1 attacks in ARGS:a pass'),
    ]);
  });

  it('finds what does nothing on the engine, and says why', () => {
    expect(entryAt('exclusions-before.conf:13')).toMatchObject({
      verdict: 'idle',
      idle: 'no-effect',
      reason: 'does nothing on ModSecurity 3: no rule has the tag "attack-xs"',
    });
  });

  it('finds what no case needs, and what attacks gain by it', () => {
    expect(entryAt('exclusions-before.conf:16')).toMatchObject({
      verdict: 'idle',
      idle: 'not-asked-for',
      reason: 'no case of the report needs it, and it silences a rule on 1 of 1 attacks in ARGS:probe',
    });
  });

  it('finds what is wider than needed, and proves what is enough', async () => {
    const entry = entryAt('exclusions-after.conf:4');
    expect(entry).toMatchObject({
      verdict: 'broader',
      where: 'every request',
      reason: 'acts on every request; REQUEST_COOKIES:prefs from 942100 at POST /prefs is enough',
      blockedWithout: ['s/cookie'],
    });
    const own = await startTestEngine({ rulesBefore: [ruleFile('enough.conf', `${entry?.enough}\n`)] });
    await own.close();
  });

  it('finds what others do already, the wider one first', () => {
    expect(entryAt('exclusions-after.conf:7')).toMatchObject({
      verdict: 'idle',
      idle: 'redundant',
      reason: 'exclusions-before.conf:7 does the same',
    });
  });

  it('leaves the files as they are, and writes nothing beside them', () => {
    expect(files.map((file) => readFileSync(join(folder, file)))).toEqual(before);
    const written = readdirSync(folder).filter((name) => !name.startsWith('case-'));
    expect(written.sort()).toEqual(['attacks.txt', ...files.toSorted(), 'report.json', 's.yaml']);
  });

  it('removes its copies', async () => {
    const own = mkdtempSync(join(folder, 'case-'));
    const { TMPDIR } = process.env;
    process.env['TMPDIR'] = own;
    try {
      await auditOf('SecRuleRemoveById 942100\n');
      await auditOf('SecRuleRemoveById abc\n').catch(() => undefined);
    } finally {
      if (TMPDIR === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = TMPDIR;
    }
    expect(readdirSync(own)).toEqual([]);
  });
});

describe('wide exclusions', () => {
  it('give way to narrow ones', async () => {
    const text = `SecRule REQUEST_FILENAME "@beginsWith /pages" "id:1,phase:1,pass,nolog,ctl:ruleEngine=Off"
SecRule REQUEST_URI "@contains /prefs" "id:2,phase:1,nolog,allow"
SecRule REQUEST_METHOD "@streq POST" "id:3,phase:1,pass,nolog,chain"
  SecRule REQUEST_FILENAME "@streq /notes" "ctl:ruleRemoveByTag=attack-sqli"
`;
    const { audit: entries = [] } = await auditOf(text);
    expect(entries.map(({ verdict }) => verdict)).toEqual(['broader', 'broader', 'broader']);
    expect(entries.map(({ enough = '' }) => [...(/(\d{6});(\w+:\w+)/.exec(enough) ?? [])].slice(1))).toEqual([
      ['941100', 'ARGS:html'],
      ['942100', 'REQUEST_COOKIES:prefs'],
      ['942100', 'ARGS:note'],
    ]);
    expect(entries[0]?.reason).toContain('no rule is run, and nothing is logged');
  });

  it('are not called wide where it cannot be told', async () => {
    const text = `SecRule REQUEST_HEADERS:Host "@streq app.example.com" "id:1,phase:1,pass,nolog,ctl:ruleRemoveTargetById=942100;ARGS:note"\n`;
    expect(await verdictsOf(text)).toEqual([{ verdict: 'needed', reason: 's/note is blocked without it' }]);
  });

  it('that raise the threshold count as such', async () => {
    const [entry] = await verdictsOf(
      'SecRule REQUEST_FILENAME "@streq /notes" "id:1,phase:1,pass,nolog,setvar:tx.inbound_anomaly_score_threshold=50"\n',
    );
    expect(entry?.verdict).toBe('broader');
    expect(entry?.reason).toMatch(
      /^acts on every method, is for every field, is for every rule; ARGS:note from 942100/,
    );
  });
});

describe('two that do the same', () => {
  it('are not called idle both', async () => {
    const one = (id: number) =>
      `SecRule REQUEST_FILENAME "@streq /notes" "id:${id},phase:1,pass,nolog,ctl:ruleRemoveTargetById=942100;ARGS:note"\n`;
    const verdicts = await verdictsOf(`${one(1)}${one(2)}`);
    expect(verdicts.map(({ verdict }) => verdict).sort()).toEqual(['broader', 'idle']);
  });
});

describe('exclusions for different paths', () => {
  it('are told apart where a path is not what its condition looks like', async () => {
    const form = `form: { note: ${quoted} }`;
    const other = await reportOf(`path: "/odd%zz%41", ${form}`, `path: /notes, ${form}`);
    const on = (path: string, id: number) =>
      `SecRule REQUEST_FILENAME "@streq ${path}" "id:${id},phase:1,pass,nolog,ctl:ruleRemoveTargetById=942100;ARGS:note"\n`;
    const { audit: entries = [] } = await auditOf(`${on('/odd%zzA', 1)}${on('/notes', 2)}`, { reports: [other] });
    expect(entries.map(({ blockedWithout }) => blockedWithout)).toEqual([['s/c0'], ['s/c1']]);
  });
});

describe('exclusions for every request', () => {
  it('are not enough where their rule fires on another variable of the collection', async () => {
    const other = await reportOf(
      `form: { note: ${quoted} }`,
      `cookies: { prefs: ${quoted} }`,
      `path: /comments, form: { comment: ${quoted} }`,
    );
    const text = 'SecRuleUpdateTargetById 942100 "!ARGS:note,!REQUEST_COOKIES:prefs"\n';
    const { audit: entries = [] } = await auditOf(text, { reports: [other] });
    expect(entries.map(({ verdict, stillBlocked }) => ({ verdict, stillBlocked }))).toEqual([
      { verdict: 'insufficient', stillBlocked: ['s/c2'] },
      { verdict: 'broader', stillBlocked: [] },
    ]);
    expect(entries[0]?.missing).toContain('942100;ARGS:comment');
  });
});

describe('another engine', () => {
  it('makes an exclusion idle that it does not understand', async () => {
    const text = 'SecRuleUpdateTargetById 942100 "!ARGS:note"\n';
    const folderOf = mkdtempSync(join(folder, 'case-'));
    const name = join(folderOf, 'REQUEST-900-BEFORE.conf');
    writeFileSync(name, text);
    const { audit: entries = [] } = await audit({ ...options, audit: [name], engines: ['modsecurity2'] }, world);
    expect(entries[0]).toMatchObject({
      verdict: 'idle',
      reason: expect.stringMatching(/^does nothing on ModSecurity 2: /),
      blockedWithout: ['s/note'],
    });
  });
});
