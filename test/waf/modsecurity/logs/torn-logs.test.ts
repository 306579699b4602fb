import { describe, expect, test } from 'vitest';
import type { LogItem } from '../../../../src/contract/log-source.js';
import { createJoiner } from '../../../../src/evidence/joiner.js';
import { promptDelay } from '../../../../src/evidence/log-delay.js';
import type { ModsecurityRecord } from '../../../../src/waf/modsecurity/log-record.js';
import { createLogReader } from '../../../../src/waf/modsecurity/logs/log-reader.js';
import { ModsecurityMerger } from '../../../../src/waf/modsecurity/logs/record-merger.js';
import { fixture, prefix } from './fixture-logs.js';

const begun = '--3e8fba2e-A--\n[22/Nov/2026:20:55:15 +0000] a 1.1.1.1 1 1.1.1.1 2\n';
const unfinished = [begun, `${begun}--3e8fba2e-B--\nGET / HTTP/1.1\n`, `${begun}--3e8fba2e-C--\na=b`];
const logs = ['v2/audit-native.log', 'v2/audit-json.log', 'v2/audit-concurrent.log', 'v3/audit-json.log'];

describe.each(unfinished)('after an entry that nobody finished: %j', (start) => {
  test.each([...logs, 'v2/error-native.log', 'v3/error-native.log'])('%s is read', (log) => {
    const reader = createLogReader({ prefix });
    const whole = [...createLogReader({ prefix }).push(fixture(log))];
    expect([...reader.push(Buffer.from(`${start}\n`)), ...reader.push(fixture(log))]).toEqual(whole);
  });
});

const entry = (id: string, inside: string) =>
  `--${id}-A--\n[22/Nov/2026:20:55:15 +0000] a 1.1.1.1 1 1.1.1.1 2\n--${id}-B--\nGET / HTTP/1.1\nX-Wafproof-Id: w7-fix-${id}\n\n` +
  `--${id}-H--\nMessage: Warning. x. [file "f"] [line "1"] [id "1"]\n${inside}Message: Warning. x. [file "f"] [line "1"] [id "2"]\n--${id}-Z--\n`;

test('an entry of another server in the middle of one keeps its own lines, and takes none', () => {
  const items = [...createLogReader({ prefix }).push(Buffer.from(entry('aaaaaaaa', entry('bbbbbbbb', ''))))];
  expect(items).toMatchObject([
    { correlationId: 'w7-fix-bbbbbbbb', hits: [{ ruleId: 1 }, { ruleId: 2 }] },
    { correlationId: 'w7-fix-aaaaaaaa', hits: [{ ruleId: 1 }, { ruleId: 2 }] },
  ]);
});

describe('an entry of ModSecurity 2', () => {
  const whole = entry('sqli', '').replaceAll('--sqli-', '--5c1de0aa-').split('\n');
  const message = whole.findIndex((line) => line.startsWith('Message:'));
  const withLine = (at: number, line: string) => whole.with(at, line);

  test('that is whole is read', async () => {
    expect(await joined(whole)).toMatchObject({ kind: 'found', record: { hits: [{ ruleId: 1 }, { ruleId: 2 }] } });
  });

  test.each([
    ['bytes before a message', withLine(message, `\x00\x7f{"a${whole[message]}`)],
    ['bytes instead of a message', withLine(message, 'k=\u00e9 ')],
    ['the start of an entry that is never finished', whole.toSpliced(message, 0, '--deadbeef-A--')],
    ['a part of an entry that is never finished', whole.toSpliced(message, 0, '--deadbeef-B--', 'GET / HTTP/1.1')],
  ])('with %s in its last part says nothing of the request', async (_, lines) => {
    expect(await joined(lines)).toMatchObject({
      kind: 'missing',
      reason: expect.stringContaining('something else was written into its entry'),
    });
  });

  test('with what looks like an entry in its body is read', async () => {
    const body = ['--5c1de0aa-C--', 'a=b', '--deadbeef-A--', '--deadbeef-H--', ''];
    const lines = whole.toSpliced(whole.indexOf('--5c1de0aa-H--'), 0, ...body);
    expect(await joined(lines)).toMatchObject({ kind: 'found', record: { hits: [{ ruleId: 1 }, { ruleId: 2 }] } });
  });
});

describe.each(['v2/error-native.log', 'v3/error-native.log'])('%s', (log) => {
  const lines = fixture(log).toString('latin1').split('\n');
  const id = /\[unique_id "([^"]+)"\]/.exec(lines.find((line) => line.includes('"w7-fix-sqli"')) ?? '')?.[1] ?? 'none';
  const about = lines.filter((line) => line.includes(`[unique_id "${id}"]`));

  test('all lines are there', async () => {
    expect(await joined(about)).toMatchObject({ kind: 'found', record: { action: 'blocked' } });
  });

  test.each([
    ['the first line is missing', about.slice(1)],
    [
      'the server cut a line short',
      about.map((line, i) => (i === 1 ? line.slice(0, line.indexOf('[unique_id')) : line)),
    ],
    ['the server cut a line short', about.map((line, i) => (i === 1 ? `--deadbeef-A${line}` : line))],
    ['the server cut a line short', about.map((line, i) => (i === 1 ? `{"transaction":{"${line}` : line))],
    ['the server cut a line short', about.map((line, i) => (i === 1 ? `2026/11/22 [error] 1#1: *1 Mod${line}` : line))],
  ])('%s: nothing is said of the request', async (why, present) => {
    expect(await joined(present)).toMatchObject({ kind: 'missing', reason: expect.stringContaining(why) });
  });

  test('the last line is missing, where others have theirs: nothing is said of the request', async () => {
    const isLast = (line: string) => about.includes(line) && line.includes(`[id "9900021"]`);
    expect(await joined(lines.filter((line) => !isLast(line)))).toMatchObject({
      kind: 'missing',
      reason: expect.stringContaining('the last line is missing'),
    });
  });
});

/** What comes of a request, `w7-fix-sqli`, whose log has these lines. */
async function joined(lines: readonly string[]) {
  const items = [...createLogReader({ prefix }).push(Buffer.from(`${lines.join('\n')}\n`, 'latin1'))];
  const joiner = createJoiner({ source: sourceOf(items), merger: new ModsecurityMerger(), waitMs: 50, pollMs: 1 });
  const [wanted] = [joiner.expect('w7-fix-sqli'), joiner.expect('w7-fix-benign')];
  const found = await wanted?.arrival();
  await joiner.close();
  return found;
}

function sourceOf(items: readonly LogItem<ModsecurityRecord>[]) {
  let rest: readonly ModsecurityRecord[] = items.flatMap((item) => ('entryFile' in item ? [] : [item]));
  return {
    delay: promptDelay,
    async *records() {
      const arrived = rest;
      rest = [];
      yield* arrived;
    },
    close: async () => {},
  };
}
