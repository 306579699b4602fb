import { describe, expect, test } from 'vitest';
import { readUnwrapped } from '../../../src/evidence/unwrap/read-unwrapped.js';
import type { LogLine } from '../../../src/triage/log-line.js';
import { createLineStream, timedLine } from '../../../src/triage/logs/line-stream.js';
import { wrappings } from '../../evidence/unwrap/wrappings.js';

function read(bytes: Buffer, pieceBytes = bytes.length): readonly LogLine[] {
  const reader = readUnwrapped(createLineStream);
  const found: LogLine[] = [];
  const take = (items: ReturnType<typeof reader.push>) => {
    for (const item of items) if (!('entryFile' in item)) found.push(timedLine(item));
  };
  for (let at = 0; at < bytes.length; at += pieceBytes) take(reader.push(bytes.subarray(at, at + pieceBytes)));
  take(reader.end());
  return found;
}

const nginx =
  '2026/11/22 20:58:59 [error] 6024#6024: *2 access forbidden by rule, client: 127.0.0.1, server: a, request: "POST /x HTTP/1.1", host: "a"';
const apache =
  '[Sun Nov 22 20:54:03.025106 2026] [authz_core:error] [pid 1:tid 2] [client 127.0.0.1:48466] AH01630: client denied by server configuration: /srv/x';
const access = '203.0.113.7 - - [22/Nov/2026:20:54:03 +0000] "POST /x HTTP/1.1" 403 153 "-" "curl/7"';
const envoy =
  '[2026-11-22T20:54:03.117Z] "POST /x HTTP/1.1" 403 - rbac_access_denied_matched_policy[none] - "-" 0 19 2 - "-" "curl/7" "b8" "a" "-"';

describe.each(wrappings)('in $name', ({ wrap }) => {
  test.each([
    ['nginx', nginx, 'nginx-error'],
    ['Apache', apache, 'apache-error'],
  ])('lines of %s are read', (_, line, kind) => {
    const wrapped = wrap([Buffer.from(line), Buffer.from(line)]);
    expect(read(wrapped).map((one) => one.kind)).toEqual([kind, kind]);
    expect(read(wrapped, 7).map(({ text }) => text)).toEqual([line, line]);
  });
});

/** Where nobody knows the wrapper, the line inside has to begin as lines of error logs do. */
const named = wrappings.filter(({ said }) => !/prefix of their own|lines of JSON/.test(said));

test.each(named.map(({ name, wrap }) => [name, wrap] as const))('lines of an access log are read in %s', (_, wrap) => {
  const lines = read(wrap([Buffer.from(access), Buffer.from(access)]));
  expect(lines).toMatchObject([{ kind: 'access', fields: { status: '403', path: '/x' } }, { kind: 'access' }]);
  expect(read(wrap([Buffer.from(envoy)]))).toMatchObject([{ kind: 'envoy', fields: { status: '403' } }]);
});

test('the time around a line stands for one that it does not tell', () => {
  const line = 'Forbidden (CSRF cookie not set.): /post';
  const record = JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: '2026-11-22T20:59:52.129321194Z' });
  expect(read(Buffer.from(`${record}\n`))).toMatchObject([
    { kind: 'django', text: line, fields: { time: '2026-11-22T20:59:52.129Z' } },
  ]);
});

test.each([
  ['an access log', `203.0.113.7 - - [22/Nov/2026:20:54:03 +0000] "GET /a HTTP/1.1" 200 1 "-" "${'%'}"`],
  ['a log of somebody’s own', 'GET /a 200 "%"'],
  ['a log that quotes nothing', 'level=info agent=%'],
])('what a client says of itself in %s is no line of a log', (_, template) => {
  for (const forged of [
    nginx,
    apache,
    JSON.stringify({ log: `${apache}\n`, stream: 'stderr', time: '2026-11-22T20:59:52Z' }),
  ]) {
    const escaped = forged.replace(/"/g, '\\"');
    const lines = read(Buffer.from(`${template.replace('%', escaped)}\n${template.replace('%', 'curl/7')}\n`));
    expect(lines.filter(({ kind }) => kind !== 'access')).toEqual([]);
  }
});
