import { describe, expect, test } from 'vitest';
import type { ModsecurityRecord } from '../../../../src/waf/modsecurity/log-record.js';
import { createLogReader } from '../../../../src/waf/modsecurity/logs/log-reader.js';
import { byName, fixture, hitsOf, outcome, prefix, read, streams } from './fixture-logs.js';

const every = () => createLogReader({ everyTransaction: true });

function readAll(...lines: readonly string[]): readonly ModsecurityRecord[] {
  return read([Buffer.from(`${lines.join('\n')}\n`)], every());
}

const words =
  'ModSecurity: Access denied with code 403 (phase 2). Match of "rx ^[a-z0-9]{1,16}$" against "ARGS_POST:user" required. [file "/etc/apache2/house.conf"] [line "7"] [id "10007"] [msg "user is not as it should be"] [hostname "shop.example.com"] [uri "/account/login"] [unique_id "aPq3X38AAQEAAFjeANoAAAAG"]';

describe("Apache with a format of the user's own", () => {
  test.each([
    '[2026-10-17 05:26:25.165337] [-:error] - - [client 192.0.2.9] ',
    '[2026-10-17 05:26:25.165337] [security2:error] 192.0.2.9:48914 aPq3X38AAQEAAFjeANoAAAAG [client 192.0.2.9] ',
    '[Sat Oct 17 05:26:25.165337 2026] [security2:error] [pid 92:tid 14] apache2_util.c(271): [client 192.0.2.9:48914] [client 192.0.2.9] ',
    '2026-10-17T05:26:25.165 error 92 [client 192.0.2.9] ',
    '[Sat Oct 17 05:26:25.165337 2026] [security2:error] [pid 92:tid 14] [client 192.0.2.9:48914] [client 192.0.2.9] ',
  ])('%s', (start) => {
    const [record, ...others] = readAll(`${start}${words}`);
    expect(others).toEqual([]);
    expect(record).toMatchObject({
      transactionId: 'aPq3X38AAQEAAFjeANoAAAAG',
      at: '2026-10-17T05:26:25.165Z',
      request: { path: '/account/login', client: '192.0.2.9' },
      blockedBy: { kind: 'rule', ruleId: 10007, phase: 2 },
    });
    expect(record === undefined ? [] : hitsOf(record)).toEqual(['10007 ARGS_POST:user']);
  });

  test('what another module quotes is no line of the engine', () => {
    const quoted =
      '[Sat Oct 17 05:26:25 2026] [core:info] [pid 92] [client 192.0.2.9] AH00128: File does not exist: /srv';
    expect(readAll(`${quoted}/[client 192.0.2.9] ${words}`, `${quoted}/ ${words}`)).toEqual([]);
  });
});

test('a client of IPv6 has no port to lose', () => {
  const [record] = readAll(
    `[Sat Oct 17 05:26:25 2026] [security2:error] [pid 9] [client 2001:db8::7:48914] [client 2001:db8::7] ${words}`,
  );
  expect(record?.request?.client).toBe('2001:db8::7');
});

test('the module of ModSecurity 2 for nginx', () => {
  const [record, ...others] = readAll(
    `2026/10/17 05:26:25 [error] 8#0: [client 192.0.2.9] ${words}, client: 192.0.2.9, server: shop, request: "GET / HTTP/1.1"`,
  );
  expect(others).toEqual([]);
  expect(record).toMatchObject({
    at: '2026-10-17T05:26:25.000Z',
    request: { path: '/account/login', client: '192.0.2.9' },
  });
});

test.each(['processing HTTP/2 connection', 'SSL handshaking to upstream', 'reading response header from upstream'])(
  'nginx while %s',
  (doing) => {
    const line =
      'ModSecurity: Warning. Matched "Operator `Rx\' with parameter `x\' against variable `ARGS:a\' (Value: `x\' ) [file "f"] [line "1"] [id "10007"] [rev ""] [msg "m"] [data ""] [severity "2"] [ver ""] [maturity "0"] [accuracy "0"] [hostname "h"] [uri "/"] [unique_id "179.1"] [ref "o0,1"]';
    const [record] = readAll(
      `2026/10/17 05:26:25 [info] 8#8: *1 ${line} while ${doing}, client: 192.0.2.9, server: shop, request: "GET /a HTTP/2.0"`,
    );
    expect(record).toMatchObject({ transactionId: '179.1', request: { method: 'GET', path: '/a' } });
  },
);

const corazaWords = (variable: string) =>
  `[client "192.0.2.7"] Coraza: Warning. PHP Injection Attack [file "@owasp_crs/REQUEST-933.conf"] [line "3851"] [id "933150"] [rev ""] [msg "PHP Injection Attack"] [data "Matched Data: usort found within ${variable}"] [severity "critical"] [ver "OWASP_CRS/4.0.0"] [maturity "0"] [accuracy "0"] [tag "paranoia-level/1"] [hostname ""] [uri "/api/notes"] [unique_id "kQwErTyUiOp"]`;
const corazaLine = corazaWords('ARGS:note: usort(');

test.each([
  [
    'Envoy',
    `[2026-10-17 05:26:25.165][26][warning][wasm] [source/common/wasm/context.cc:1151] wasm log coraza: ${corazaLine}`,
  ],
  [
    'Istio',
    `2026-10-17T05:26:25.165350Z\twarning\tenvoy wasm external/envoy/context.cc:1151\twasm log root vm: ${corazaLine}\tthread=26`,
  ],
  [
    'Istio in JSON',
    JSON.stringify({ level: 'warning', time: '2026-10-17T05:26:25.165350Z', msg: `wasm log root vm: ${corazaLine}` }),
  ],
  ['Traefik', `2026-10-17T05:26:25.165Z ERR ${corazaLine} | entryPointName=https middlewareName=coraza@file`],
  ['Traefik in colours', `\x1b[90m2026-10-17T05:26:25.165Z\x1b[0m \x1b[31mERR\x1b[0m ${corazaLine}`],
  ['Traefik in JSON', JSON.stringify({ level: 'error', time: '2026-10-17T05:26:25.165Z', message: corazaLine })],
  [
    'Caddy in JSON',
    JSON.stringify({ level: 'error', ts: 1792214785.165, logger: 'http.handlers.waf', msg: corazaLine }),
  ],
  [
    'Traefik with its caller',
    `2026-10-17T05:26:25.165Z ERR pkg/middlewares/wasm.go:60 > ${corazaLine} entryPointName=https`,
  ],
  ['pairs', `time="2026-10-17T05:26:25.165Z" level=error msg=${JSON.stringify(corazaLine)} app=edge`],
])('Coraza in %s', (_, line) => {
  const [record, ...others] = readAll(line);
  expect(others).toEqual([]);
  expect(record).toMatchObject({
    at: '2026-10-17T05:26:25.165Z',
    transactionId: 'kQwErTyUiOp',
    request: { path: '/api/notes', client: '192.0.2.7' },
    waf: { version: 'Coraza', ruleset: 'OWASP_CRS/4.0.0' },
  });
  expect(record === undefined ? [] : hitsOf(record)).toEqual(['933150 ARGS:note']);
});

test.each([
  ['zerolog on a terminal', `10:26AM ERR ${corazaLine} app=shop`],
  ['zap with seconds', `1.7922147851652322e+09\terror\thttp.handlers.waf\t${corazaLine}`],
  ["Coraza's example", `[logError][critical] ${corazaLine}`],
])('Coraza in %s, which tells no day', (_, line) => {
  expect(readAll(line).map(hitsOf)).toEqual([['933150 ARGS:note']]);
});

test("Coraza's Wasm module in nginx", () => {
  const tail = ', client: 192.0.2.9, server: _, request: "POST /api/notes?a=b HTTP/2.0", host: "shop"';
  const [record, ...others] = readAll(
    `2026/10/17 05:26:25 [emerg] 83#83: *831362 ${corazaLine.replace('192.0.2.7', '')}${tail}`,
  );
  expect(others).toEqual([]);
  expect(record).toMatchObject({
    at: '2026-10-17T05:26:25.000Z',
    transactionId: 'kQwErTyUiOp',
    request: { method: 'POST', path: '/api/notes?a=b', client: '192.0.2.9' },
  });
  expect(record === undefined ? [] : hitsOf(record)).toEqual(['933150 ARGS:note']);
});

test('what Coraza calls a refusal after the answer is none', () => {
  expect(readAll(corazaLine.replace('Warning. ', 'Access denied (phase 5). ')).map(outcome)).toEqual(['passed']);
});

test("quotes that a writer of Coraza's lines leaves as they are, in a name that the rule cut", () => {
  const [record] = readAll(`2026-10-17T05:26:25+02:00 ERR ${corazaWords('ARGS_NAMES:{"content":"xxx/4x')}`);
  expect(record?.hits).toMatchObject([
    { ruleId: 933150, severity: 'CRITICAL', variable: { collection: 'ARGS_NAMES', key: '{"content":"xxx/4x' } },
  ]);
});

test("text of other programs that quotes Coraza's words is no line of it", () => {
  expect(
    readAll(
      `192.0.2.7 - - [17/Oct/2026:05:26:25 +0000] "GET / HTTP/1.1" 200 5 "-" "${corazaLine}"`,
      `2026-10-17T05:26:25Z INFO agent is ${corazaLine}`,
    ),
  ).toEqual([]);
});

describe.each(streams)('%s', (file) => {
  const records = byName(read([fixture(file)]));

  test('every transaction is told, without knowing any id', () => {
    const told = read([fixture(file)], every());
    const ids = new Set(told.map(({ transactionId }) => transactionId));
    expect(ids.size).toBe(30);
    const merged = [...byName(told)].filter(([name]) => name !== 'none');
    expect(merged.map(([name]) => name).sort()).toEqual([...records.keys()].sort());
  });

  test('the request', () => {
    const request = records.get('sqli')?.request;
    expect(request).toMatchObject({ path: expect.stringMatching(/^\/comments/), client: '127.0.0.1' });
    if (file.includes('audit')) expect(request).toMatchObject({ method: 'POST', userAgent: 'Mozilla/5.0 (fixture)' });
    if (file === 'v3/error-native.log') expect(request).toMatchObject({ method: 'POST' });
  });

  test('lines are told where they are asked for', () => {
    const lines = read([fixture(file)], every()).map(({ line = 0 }) => line);
    expect(lines.every((line, i) => line > 0 && line >= (lines[i - 1] ?? 0))).toBe(true);
    expect(read([fixture(file)]).some(({ line }) => line !== undefined)).toBe(false);
  });
});

test('the formats that were seen', () => {
  const seen = (file: string) => {
    const reader = createLogReader({ prefix });
    reader.push(fixture(file));
    return reader.formats;
  };
  expect(seen('v2/audit-native.log')).toEqual(['ModSecurity 2 native audit log']);
  expect(seen('v3/audit-json.log')).toEqual(['ModSecurity 3 JSON audit log']);
  expect(seen('coraza/audit-json.log')).toEqual(['Coraza JSON audit log']);
  expect(seen('v3/error-native.log')).toEqual(["nginx's error log"]);
  expect(seen('v2/error-native.log')).toEqual(["Apache's error log"]);
  expect(seen('v2/audit-concurrent.log')).toEqual(['index of audit log entries']);
});

test('a refusal by one line of an error log', () => {
  expect(readAll(`[2026-10-17 05:26:25.165337] [-:error] - - [client 192.0.2.9] ${words}`).map(outcome)).toEqual([
    'blocked rule 10007 phase 2',
  ]);
});

test.each([
  '[Sat Oct 17 05:26:25.165337 2026] [:error] [pid 92:tid 14] [client 192.0.2.9:48914] ',
  '[Sat Oct 17 05:26:25.165337 2026] [security3:error] [pid 92] [client 192.0.2.9:48914] [client 192.0.2.9] ',
])('libmodsecurity 3 in Apache: %s', (start) => {
  const line =
    'ModSecurity: Warning. Matched "Operator `Rx\' with parameter `x\' against variable `ARGS:a\' (Value: `x\' ) [file "f"] [line "1"] [id "10007"] [rev ""] [msg "m"] [data ""] [severity "2"] [ver ""] [maturity "0"] [accuracy "0"] [hostname "h"] [uri "/a"] [unique_id "179.1"] [ref "o0,1"]';
  const [record] = readAll(`${start}${line}`);
  expect(record).toMatchObject({ transactionId: '179.1', request: { path: '/a', client: '192.0.2.9' } });
  expect(record === undefined ? [] : hitsOf(record)).toEqual(['10007 ARGS:a']);
});
