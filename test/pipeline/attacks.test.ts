import { expect, test } from 'vitest';
import { readAttacks } from '../../src/pipeline/tune/attacks.js';
import { modsecurityFieldNames } from '../../src/waf/modsecurity/field-names.js';
import { type Files, folderOf } from '../suite/suite-folder.js';

async function payloads(files: Files, names: readonly string[] = ['.'], env = {}) {
  const attacks = await readAttacks(names, modsecurityFieldNames, { cwd: await folderOf(files), env });
  return attacks.map(({ className, payload }) => `${className}: ${payload}`);
}

const suite = `suite: S
intent: attack
cases:
  - { id: query, path: "/a?x=1%20or%201", query: { y: "<b>" } }
  - { id: form, form: [[a, "1 or 1"], [a, "<i>"], [b, ""]] }
  - { id: json, json: { deep: ["{x}", 7] } }
  - { id: parts, multipart: [{ name: f, filename: "../x", value: hidden }, { name: g, value: "<u>" }] }
  - { id: headers, headers: { Referer: "() { :; }", Accept: a, User-Agent: b, Cookie: "s=<s>; t=1" }, cookies: { c: "<c>" } }
  - { id: raw, headers: { Content-Type: text/xml }, body: "<!DOCTYPE x>" }
  - { id: fine, intent: legitimate, form: { a: legitimate } }
  - { id: later, skip: not yet, form: { a: skipped } }
`;

test('the values of attack cases are attacks, each once', async () => {
  expect(await payloads({ 'sqli.yaml': suite })).toEqual(
    ['1 or 1', '<b>', '<i>', '{x}', '7', '../x', '<u>', '() { :; }', '<s>', '1', '<c>', '<!DOCTYPE x>'].map(
      (payload) => `sqli: ${payload}`,
    ),
  );
});

test('corpora and suites may be mixed, in one folder too', async () => {
  const files = {
    'in/list.yaml': '- a\n- b\n',
    'in/lines.txt': 'c\n',
    'in/suite.yml': 'suite: S\nintent: attack\ncases: [{ id: a, form: { x: !each lines.txt, y: d } }]\n',
  };
  const all = ['lines: c', 'list: a', 'list: b', 'suite: c', 'suite: d'];
  expect(await payloads(files, ['in'])).toEqual(all);
  expect(await payloads(files, ['in/suite.yml', 'in/lines.txt'])).toEqual(['suite: c', 'suite: d', 'lines: c']);
});

test('what comes from the environment is used by no attack', async () => {
  const files = { 's.yaml': 'suite: S\nintent: attack\ncases: [{ id: a, form: { x: !env TOKEN, y: "<b>" } }]\n' };
  expect(await payloads(files, ['s.yaml'], { TOKEN: 'secret' })).toEqual(['s: <b>']);
});

test.each<[string, Files]>([
  ['CORPUS_MISSING', {}],
  ['CORPUS_INVALID', { 's.yaml': 'suite: S\ncases: [{ id: a, form: { x: y } }]\n' }],
  ['CORPUS_INVALID', { 's.yaml': '[' }],
  ['SUITE_UNKNOWN_KEY', { 's.yaml': 'suite: S\ncases: [{ id: a, frm: {} }]\n' }],
])('stops: %s', async (code, files) => {
  await expect(payloads(files, ['s.yaml'])).rejects.toMatchObject({ code });
});
