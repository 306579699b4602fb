import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WafproofError } from '../../../../src/model/error.js';
import { readUserRules } from '../../../../src/waf/modsecurity/rule-plan.js';
import type { ModsecurityVersion } from '../../../../src/waf/modsecurity/user-rules/modsecurity-version.js';
import { ruleFile, ruleFolder, startTestEngine } from '../engine-fixture.js';

function read(text: string, { engine = 'modsecurity3' as ModsecurityVersion, allowExec = false } = {}) {
  const options = { rulesBefore: [ruleFile('own.conf', text)], rulesAfter: [], mode: 'block' as const, allowExec };
  return readUserRules(options, engine, mkdtempSync(join(tmpdir(), 'wafproof-rules-')));
}

function problemsOf(text: string, engine?: ModsecurityVersion): readonly string[] {
  try {
    read(text, { ...(engine && { engine }) });
    return [];
  } catch (error) {
    return (error as WafproofError).problems.map(
      ({ code, message, place }) => `${code}:${place?.line} ${message.split(';')[0]}`,
    );
  }
}

describe('what runs a program or opens a connection is refused by name', () => {
  test.each([
    ['SecAction "id:1,phase:1,pass,exec:/bin/alert.lua"', '"exec:/bin/alert.lua" runs a program'],
    ["secrule args '@rx a' 'id:1,pass,EXEC:/bin/alert.lua'", '"exec:/bin/alert.lua" runs a program'],
    [
      'SecRule ARGS "@rx a" "id:1,pass,chain"\n SecRule ARGS "@rx b" "t:none,\\\nexec:/bin/a.lua"',
      '"exec:/bin/a.lua" runs a program',
    ],
    ['SecDefaultAction "phase:2,pass,exec:/bin/a.lua"', '"exec:/bin/a.lua" runs a program'],
    ['SecRuleUpdateActionById 942100 "pass,exec:/bin/a.lua"', '"exec:/bin/a.lua" runs a program'],
    ['SecRuleScript /x.lua "phase:2"', '"SecRuleScript /x.lua phase:2" runs a program'],
    ['SecRule FILES_TMPNAMES "@inspectFile /x.lua" "id:1"', '"@inspectfile /x.lua" runs a program'],
    ['SecGuardianLog |/bin/sh', '"SecGuardianLog |/bin/sh" runs a program'],
    ['SecRemoteRules key https://rules.example/', '"SecRemoteRules key https://rules.example/" opens a connection'],
    [
      'SecRule REMOTE_ADDR "@ipMatchFromFile https://a.example/l" "id:1"',
      '"@ipmatchfromfile https://a.example/l" opens a connection',
    ],
    ['SecRule REMOTE_ADDR "@rbl zen.example" "id:1"', '"@rbl zen.example" opens a connection'],
    ['SecXmlExternalEntity On', '"SecXmlExternalEntity On" opens a connection'],
    ['SecRule ARGS "@rx a" "id:1,proxy:http://a.example/"', '"proxy:http://a.example/" opens a connection'],
    ['SecRule ARGS "@pmFromFile $(id)" "id:1"', '"@pmfromfile $(id)" has a shell run a command while the file is read'],
    ['Include `id`.conf', '"Include `id`.conf" has a shell run a command while the file is read'],
  ])('%s', (text, said) => {
    expect(problemsOf(`# first line\n${text}\n`)).toEqual([expect.stringContaining(said)]);
    expect(() => read(text, { allowExec: true })).not.toThrow();
  });

  test('each of them at once, in files that are included too', () => {
    const inner = ruleFile('inner.conf', '\nSecRuleScript a.lua\n');
    expect(problemsOf(`Include ${inner}\nSecAction "id:1,exec:a.lua"\nSecRuleScript b.lua\n`)).toEqual([
      'RULES_EXECUTE:2 "exec:a.lua" runs a program',
      'RULES_EXECUTE:3 "SecRuleScript b.lua" runs a program',
      'RULES_EXECUTE:2 "SecRuleScript a.lua" runs a program',
    ]);
  });

  test("in a rule set of the user's", async () => {
    const crs = ruleFolder('SecAction "id:1,phase:1,pass,exec:/bin/a.lua"\n');
    await expect(startTestEngine({ crs })).rejects.toMatchObject({ code: 'RULES_EXECUTE' });
  });

  test('as directives of Apache are, where Apache reads the file', () => {
    const text =
      'LoadModule cgi_module mod_cgi.so\nErrorLog "|/bin/sh"\n<IfModule security2_module>\nSecRuleRemoveById 1\n</IfModule>\n';
    expect(problemsOf(text, 'modsecurity2')).toEqual([
      'RULES_EXECUTE:1 "LoadModule cgi_module mod_cgi.so" is a directive of Apache, and those can run programs',
      'RULES_EXECUTE:2 "ErrorLog |/bin/sh" is a directive of Apache, and those can run programs',
    ]);
  });
});

test('text that only speaks of programs is no danger', () => {
  const text = [
    '# exec:/bin/sh',
    `SecRule ARGS "@rx (?:exec:|\\$\\(|\`|https?://)" "id:1,phase:2,deny,log,msg:'exec: a program, or http://a',logdata:'%{MATCHED_VAR}'"`,
    'SecRuleRemoveByMsg "`id`"',
    'SecComponentSignature "https://rules.example/1.0"',
  ];
  expect(problemsOf(text.join('\n'))).toEqual([]);
});

test('libmodsecurity runs commands in the names of files, which is why they are refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wafproof-rules-'));
  const proof = join(folder, 'ran');
  const own = ruleFile('own.conf', `SecRule ARGS "@pmFromFile $(touch ${proof})x" "id:1,phase:2,pass"\n`);
  await expect(startTestEngine({ rulesBefore: [own] })).rejects.toMatchObject({ code: 'RULES_EXECUTE' });
  expect(existsSync(proof)).toBe(false);
  await expect(startTestEngine({ rulesBefore: [own], allowExec: true })).rejects.toMatchObject({
    code: 'RULES_INVALID',
  });
  expect(existsSync(proof)).toBe(true);
});

test('any bytes can be read, and a file that includes itself', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          'SecRule',
          ' ',
          '"',
          "'",
          '\\',
          '\n',
          ',',
          'exec:',
          'Include x*',
          'ctl:auditEngine=Off',
          'SecAuditLog',
          '\0',
          'é',
        ),
      ),
      (words) => {
        problemsOf(words.join(''));
      },
    ),
    { numRuns: 200 },
  );
  const own = ruleFile('loop.conf', '');
  writeFileSync(own, `Include ${join(dirname(own), '*.conf')}\nSecRuleScript a.lua\n`);
  expect(problemsOf(`Include ${own}\n`)).toEqual([expect.stringContaining('SecRuleScript')]);
});
