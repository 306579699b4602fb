import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { form, ruleFile, startTestEngine } from '../engine-fixture.js';

const attack = form(['comment', "1' OR 1=1 -- UNION SELECT password FROM users"]);
const calm = form(['comment', 'hello']);

interface Files {
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}

/** Status and rules of an attack and of a harmless request, under files of the user's. */
async function underRules({ before = [], after = [] }: Files) {
  const engine = await startTestEngine({ rulesBefore: before, rulesAfter: after });
  onTestFinished(() => engine.close());
  const answers = [await engine.evaluate(attack, 'w7-files-1'), await engine.evaluate(calm, 'w7-files-2')];
  return answers.map(({ exchange: { outcome }, record }) => ({
    status: outcome.kind === 'answered' ? outcome.status : outcome.message,
    rules: record?.hits.map(({ ruleId }) => ruleId),
  }));
}

const asEver = [
  { status: 403, rules: [942100, 942190, 942270] },
  { status: 200, rules: [] },
];

describe("a file of the user's does not change the engine's own log", () => {
  test.each([
    'SecAuditEngine Off',
    'SecAuditLogParts AZ',
    'SecAuditLogFormat Native',
    'SecAuditLogType Concurrent',
    'SecAuditLogRelevantStatus "^9"',
    'SecAuditLogStorageDir /nonexistent',
    'SecRuleEngine DetectionOnly',
    'SecDefaultAction "phase:2,nolog,noauditlog,pass"',
    'SecAction "id:1,phase:1,pass,nolog,ctl:auditEngine=Off"',
    'SecAction "id:1,phase:1,pass,nolog,ctl:auditLogParts=-H"',
    'SecAction \\\n "id:1,phase:1,pass,nolog,\\\n  ctl:auditEngine=Off"',
  ])('%s', async (text) => {
    expect(await underRules({ before: [ruleFile('own.conf', `${text}\n`)] })).toEqual(asEver);
    expect(await underRules({ after: [ruleFile('own.conf', `${text}\n`)] })).toEqual(asEver);
  });

  test('and writes no file where it says', async () => {
    const own = ruleFile('own.conf', '');
    const [audit, debug] = [join(dirname(own), 'audit.log'), join(dirname(own), 'debug.log')];
    const logs = ruleFile('logs.conf', `SecAuditLog ${audit}\nSecDebugLog ${debug}\nSecDebugLogLevel 9\n`);
    expect(await underRules({ before: [logs] })).toEqual(asEver);
    expect([existsSync(audit), existsSync(debug)]).toEqual([false, false]);
  });

  test('nor one that another includes, beside data files of its own', async () => {
    const inner = ruleFile(
      'inner.conf',
      'SecAuditEngine Off\nSecRule ARGS "@pmFromFile words.data" "id:7,phase:2,pass,log"\n',
    );
    const words = join(dirname(inner), 'words.data');
    writeFileSync(words, 'hello\n');
    const outer = ruleFile('outer.conf', `Include ${join(dirname(inner), '*.conf')}\n`);
    expect(await underRules({ before: [outer] })).toEqual([asEver[0], { status: 200, rules: [7] }]);
  });

  test('and a rule of theirs that refuses without a word is heard', async () => {
    const own = ruleFile('own.conf', 'SecRule REQUEST_METHOD "@streq POST" "id:7,phase:1,deny,status:403,nolog"\n');
    expect(await underRules({ before: [own] })).toEqual([
      { status: 403, rules: [7] },
      { status: 403, rules: [7] },
    ]);
  });
});

describe('a configuration that servers come with loads as it is', () => {
  test.each(['/etc/modsecurity/modsecurity.conf-recommended', '/etc/nginx/modsecurity.conf'])('%s', async (path) => {
    expect(await underRules({ before: [path] })).toEqual(asEver);
  });

  test('and its values count, not ours', async () => {
    const own = ruleFile('own.conf', 'SecRequestBodyNoFilesLimit 5\n');
    expect(await underRules({ before: [own] })).toEqual([
      { status: 400, rules: [200002] },
      { status: 400, rules: [200002] },
    ]);
  });
});

test('a message names the line of the file, and not of a copy', async () => {
  const own = ruleFile('own.conf', 'SecAuditLog \\\n a.log\n\nSecNonsense On\n');
  await expect(underRules({ before: [own] })).rejects.toMatchObject({
    code: 'RULES_INVALID',
    problems: [{ place: { file: own, line: 4 } }],
  });
  expect(readFileSync(own, 'utf8')).toContain('SecAuditLog');
});
