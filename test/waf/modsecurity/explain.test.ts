import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTemporaryFolder } from '../../../src/util/temporary-folder.js';
import { explainRules } from '../../../src/waf/modsecurity/explain/explain-rules.js';
import { ruleSentence } from '../../../src/waf/modsecurity/explain/rule-sentence.js';
import { readWrittenRules, writtenRules } from '../../../src/waf/modsecurity/explain/written-rules.js';
import { ruleSetFolders } from '../../../src/waf/modsecurity/rule-plan.js';

const file = `# -=[ Targets ]=-
#
# -=[ Words of the shell ]=-
SecRule REQUEST_COOKIES|!REQUEST_COOKIES:/__utm/|ARGS|XML:/* "@pmFromFile unix-shell.data" \\
    "id:932160,\\
    phase:2,\\
    t:urlDecode,t:none,t:urlDecodeUni,t:lowercase,\\
    tag:'attack-rce',\\
    ver:'OWASP_CRS/4.9.0'"

SecRule REQUEST_METHOD "!@within %{tx.allowed_methods}" "id:911100,phase:1,ver:'OWASP_CRS/4.9.0'"

SecRule REQUEST_PROTOCOL "!@rx ^HTTP/\\"2$" "id:920180,phase:1,chain,tag:'attack-protocol'"
    SecRule REQUEST_METHOD "@streq POST" "chain"
        SecRule &REQUEST_HEADERS:Content-Length "@eq 0" "t:none"

SecMarker "END"
SecAction "id:900000,phase:1,pass"
`;

const rules = new Map(writtenRules(file, 'REQUEST-932-X.conf'));
const said = (id: number) => {
  const rule = rules.get(id);
  return rule === undefined ? undefined : ruleSentence(rule);
};

test('a rule is told by where it looks, for what, and how', () => {
  expect(said(932160)).toBe(
    'It looks in cookies, values of fields and of the query and text in XML for one of the phrases in the file unix-shell.data, which are against execution of commands, with URL escapes decoded and upper case taken for lower case.',
  );
  expect(rules.get(932160)).toMatchObject({ line: 4, title: 'Words of the shell', version: 'OWASP_CRS/4.9.0' });
});

test('what must not be is told so, and settings by their name', () => {
  expect(said(911100)).toBe('It looks in the method for what is not one of the setting allowed_methods.');
  expect(rules.get(911100)?.title).toBeUndefined();
});

test('a chain is told by its first link, and says that there are more', () => {
  expect(said(920180)).toBe(
    'It looks in the version of HTTP for text that its regular expression does not match. It fires only where another condition is met too: in the method, text that is exactly POST, and 1 more.',
  );
});

test('what has no condition is no rule to explain', () => {
  expect([...rules.keys()]).toEqual([932160, 911100, 920180]);
});

test('the source is the file of the release, and the line in it', async () => {
  const crs = await makeTemporaryFolder('explain');
  mkdirSync(join(crs, 'rules'));
  writeFileSync(join(crs, 'rules', 'REQUEST-932-X.conf'), file);
  const [shell] = await explainRules([932160, 'named', 1], { crs }, 'OWASP_CRS/4.9.0');
  expect(shell?.source).toEqual({
    url: 'https://github.com/coreruleset/coreruleset/blob/v4.9.0/rules/REQUEST-932-X.conf#L4',
    text: 'REQUEST-932-X.conf, line 4, in version 4.9.0',
  });
  expect(await explainRules([932160], { crs }, 'OWASP_CRS/4.1.0')).toEqual([]);
});

test('every rule of the installed set has a sentence that is said to its end', () => {
  const installed = [...readWrittenRules(ruleSetFolders({})[0] ?? '').values()];
  expect(installed.length === 0 || installed.length > 300).toBe(true);
  for (const rule of installed) expect(ruleSentence(rule)).toMatch(/^It looks in .+ for .+\.$/);
});

test('nothing is said of a rule set of which nobody knows whether it is this one', async () => {
  expect(await explainRules([942100], {}, undefined)).toEqual([]);
});
