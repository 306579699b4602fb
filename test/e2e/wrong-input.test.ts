import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { listen, serveHttp, serveRaw } from '../replay/loopback.js';
import { type Files, folderOf } from '../suite/suite-folder.js';
import { suiteOf, wafproof } from './command.js';
import { serveProtected } from './protected-server.js';

const suite = { 's.yaml': suiteOf('a') };
const rules = { 'crs/rules/own.conf': 'SecRule ARGS "@contains evil" "id:1000,phase:2,deny"\n' };

/** What the command says before it gives up: one message, its line breaks told apart from a stack. */
async function complaint(words: readonly string[], files: Files, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { code, stdout, stderr } = await wafproof([...words, '--quiet'], files, env);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).not.toMatch(/internal error|\n {4}at /);
  return stderr;
}

test.each<[string, readonly string[], Files, RegExp, NodeJS.ProcessEnv?]>([
  ['a missing suite', ['check', 'gone.yaml'], {}, /^SUITE_NOT_FOUND no suite file matches "gone.yaml"; .*\n$/],
  ['no suite', ['check'], {}, /^SUITE_NONE .*\n$/],
  ['bad YAML', ['check', 's.yaml'], { 's.yaml': 'suite: [' }, /^SUITE_YAML s\.yaml:1:\d+ is not valid YAML: .*\n$/],
  [
    'an unknown key',
    ['check', 's.yaml'],
    { 's.yaml': 'suite: S\ncases:\n  - id: a\n    header: {}\n' },
    /^SUITE_UNKNOWN_KEY s\.yaml:4:5 "header" is not a key of a case; did you mean "headers"\?\n$/,
  ],
  [
    'a missing corpus',
    ['check', 's.yaml'],
    { 's.yaml': 'suite: S\ncases:\n  - { id: a, body: !each wafproof:legitimate/name }\n' },
    /^CORPUS_MISSING s\.yaml:3:\d+ there is no corpus "wafproof:legitimate\/name"; did you mean .*names"\?\n$/,
  ],
  [
    'a config with an unknown key',
    ['check'],
    { 'wafproof.config.yaml': 'suite: []' },
    /^CONFIG_INVALID wafproof\.config\.yaml:1:1 .*\n$/,
  ],
  [
    'no config',
    ['check', '-c', 'gone.yaml'],
    suite,
    /^CONFIG_NOT_FOUND gone\.yaml there is no such config file; .*\n$/,
  ],
  [
    'no engine',
    ['check', 's.yaml'],
    suite,
    /^ENGINE_MISSING the ModSecurity engine is not installed; install it with .*\n$/,
    { WAFPROOF_LIBMODSECURITY: '/nonexistent/libmodsecurity.so.3' },
  ],
  ['no engine for the lab', ['lab', '--port=0'], {}, /^ENGINE_MISSING /, { WAFPROOF_LIBMODSECURITY: '/nonexistent' }],
  [
    'an engine that is none',
    ['check', 's.yaml'],
    suite,
    /^ENGINE_START .*\n$/,
    { WAFPROOF_LIBMODSECURITY: '/etc/hostname' },
  ],
  ['no rules', ['check', 's.yaml', '--crs', 'gone'], suite, /^CRS_MISSING .*gone": a folder that holds rules.*\n$/],
  [
    "no rules of one's own",
    ['check', 's.yaml', '--rules-after', 'gone.conf'],
    suite,
    /^RULES_NOT_FOUND gone\.conf .*\n$/,
  ],
  [
    'a broken rule file',
    ['check', 's.yaml', '--crs', 'crs', '--rules-after', 'broken.conf'],
    { ...suite, ...rules, 'broken.conf': '# fine\nSecRule ARGS "@rx a" "id:1,phase:2,nonsense"\n' },
    /^RULES_INVALID \S*broken\.conf:2:?\d* .*\n$/,
  ],
  [
    'a file in place of the output folder',
    ['check', 's.yaml', '-o', 's.yaml'],
    suite,
    /^OUTPUT_UNWRITABLE s\.yaml cannot write here \(.*\n$/,
  ],
  [
    'a file above the output folder',
    ['check', 's.yaml', '-o', 's.yaml/out'],
    suite,
    /^OUTPUT_UNWRITABLE s\.yaml\/out .*\n$/,
  ],
  [
    'an audit log that cannot be written',
    ['lab', '--port=0', '--audit-log', '/proc/gone/audit.log', '--crs', 'crs'],
    rules,
    /^OUTPUT_UNWRITABLE \/proc\/gone\/audit\.log .*\n$/,
  ],
  ['no log', ['run', 's.yaml', '-t', 'http://127.0.0.1:9'], suite, /^LOG_MISSING .*names none.*\n$/],
  [
    'a missing log',
    ['run', 's.yaml', '-t', 'http://127.0.0.1:9', '--log', 'gone.log'],
    suite,
    /^LOG_MISSING gone\.log .*\n$/,
  ],
  [
    'a target that has no name',
    ['run', 's.yaml', '-t', 'http://wafproof.invalid', '--log', 's.yaml'],
    suite,
    /^TARGET_UNREACHABLE http:\/\/wafproof\.invalid does not answer \(.*\n$/,
  ],
  ['a missing report', ['report', 'gone.json'], {}, /^REPORT_INVALID .*gone\.json .*\n$/],
  ['a report that is none', ['report', 's.yaml'], suite, /^REPORT_INVALID s\.yaml .*\n$/],
])('%s', async (_, words, files, expected, env) => {
  expect(await complaint(words, files, env)).toMatch(expected);
});

/** Runs one case against a server, with a log that stays empty. */
function runAgainst(url: string, ...words: readonly string[]): Promise<string> {
  const config = `targets: { t: { url: "${url}", logWait: 50, waf: { kind: modsecurity, log: audit.log } } }\n`;
  return complaint(['run', 's.yaml', ...words], { ...suite, 'wafproof.config.yaml': config, 'audit.log': 'noise\n' });
}

test('a target that is down', async () => {
  const server = createServer();
  const url = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  expect(await runAgainst(url)).toMatch(/^TARGET_UNREACHABLE http:\/\/127\.0\.0\.1:\d+ does not answer \(.*\n$/);
});

test('a target that never answers', async () => {
  expect(await runAgainst(await serveRaw(() => {}), '--timeout', '200')).toMatch(
    /^TARGET_SILENT .* accepted the connection and gave no answer in 200 ms; raise --timeout .*\n$/,
  );
});

test('a log that has no entries', async () => {
  const url = await serveHttp((_, response) => response.end());
  expect(await runAgainst(url)).toMatch(/^EVIDENCE_NONE .*X-Wafproof-Id.*\n$/);
});

test('a session that cannot be opened', async () => {
  const folder = await folderOf({});
  const { url } = await serveProtected(folder);
  const config =
    `targets: { t: { url: "${url}", waf: { kind: modsecurity, log: "${folder}/audit.log" },\n` +
    '  session: { path: /login, values: { csrf: { input: csrf_token } } } } }\n';
  expect(await complaint(['run', 's.yaml'], { ...suite, 'wafproof.config.yaml': config })).toMatch(
    /^SESSION_FAILED the session could not be opened: .*: expected an input or meta "csrf_token" for the value "csrf", but status 200 came from \/login .*\n$/,
  );
});

test('a port that is taken', async () => {
  const url = new URL(await listen(createServer()));
  expect(await complaint(['lab', '--port', url.port, '--crs', 'crs'], rules)).toMatch(
    new RegExp(`^LAB_PORT cannot listen on 127\\.0\\.0\\.1:${url.port} \\(.*\\); choose another --port\\n$`),
  );
});

test('several mistakes have a line each', async () => {
  const files = { 's.yaml': suiteOf('a', 'a'), 't.yaml': 'suite: T\ncases:\n  - { id: a, paht: /x, tgas: [] }\n' };
  const lines = (await complaint(['check', 's.yaml', 't.yaml'], files)).trimEnd().split('\n');
  expect(lines.map((line) => line.split(' ', 2).join(' ')).toSorted()).toEqual([
    'SUITE_DUPLICATE_ID s.yaml:4:11',
    'SUITE_UNKNOWN_KEY t.yaml:3:14',
    'SUITE_UNKNOWN_KEY t.yaml:3:24',
  ]);
});

test('what is wrong with a file name is shown and not obeyed', async () => {
  expect(await complaint(['check', '\u001b[31mred.yaml'], {})).toContain('"\\x1b[31mred.yaml"');
});
