import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogReader } from '../../../src/contract/log-source.js';
import { readUnwrapped } from '../../../src/evidence/unwrap/read-unwrapped.js';
import type { ModsecurityRecord } from '../../../src/waf/modsecurity/log-record.js';
import { createLogReader } from '../../../src/waf/modsecurity/logs/log-reader.js';
import { byName, fixture, outcome, prefix, read, streams } from '../../waf/modsecurity/logs/fixture-logs.js';
import { linesOf, type Wrapping, wrappingOf, wrappings } from './wrappings.js';

/** A reader of what is inside, for every transaction. */
function reader(): LogReader<ModsecurityRecord> {
  return readUnwrapped(() => createLogReader({ everyTransaction: true }));
}

function recordsOf(bytes: Uint8Array): readonly Partial<ModsecurityRecord>[] {
  return read([bytes], reader()).map(withoutPlace);
}

/** A wrapper has other lines, and tells times that the inner line does not. */
function withoutPlace({ line: _, at: __, ...record }: ModsecurityRecord): Partial<ModsecurityRecord> {
  return record;
}

/** Some of these logs have bytes in them that are no text, which collectors that write JSON replace. */
const textOf = (log: Buffer) => Buffer.from(log.toString('utf8'), 'utf8');

function inner(file: string, { isText }: Wrapping): Buffer {
  return isText === true ? textOf(fixture(file)) : fixture(file);
}

describe.each(wrappings)('$name', (wrapping) => {
  test.each(streams)('%s is read as if it were not wrapped', (file) => {
    const log = inner(file, wrapping);
    const records = recordsOf(wrapping.wrap(linesOf(log)));
    expect(records).toEqual(recordsOf(log));
    expect(records.length).toBeGreaterThan(29);
  });

  test('it is said what it is', () => {
    const log = reader();
    read([wrapping.wrap(linesOf(inner('v3/audit-json.log', wrapping)))], log);
    expect(log.formats).toEqual([`${wrapping.said}, ModSecurity 3 JSON audit log inside`]);
  });

  test.each([
    ['v2/error-native.log', "Apache's error log"],
    ['v3/error-native.log', "nginx's error log"],
  ])('%s that begins with a refusal is told with its wrapper, and as it is without one', (file, format) => {
    const lines = linesOf(inner(file, wrapping)).filter((line) => line.includes('Access denied'));
    const log = reader();
    const records = read([wrapping.wrap(lines)], log);
    expect(log.formats).toEqual([`${wrapping.said}, ${format} inside`]);
    const plain = read([joinLines(lines)], reader());
    expect(records.map(({ at, request, score }) => ({ at, request, score }))).toEqual(
      plain.map(({ at, request, score }) => ({ at, request, score })),
    );
  });

  test('ends at any byte, and nothing is made up', () => {
    const lines = linesOf(inner('v3/audit-json.log', wrapping)).slice(0, 6);
    const whole = wrapping.wrap(lines);
    const known = new Set(recordsOf(whole).map((record) => JSON.stringify(record)));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length }), fc.integer({ min: 0, max: 3000 }), (end, start) => {
        for (const record of recordsOf(whole.subarray(start, end))) expect(known).toContain(JSON.stringify(record));
      }),
      { numRuns: 30 },
    );
  });

  test('in any pieces', () => {
    const whole = wrapping.wrap(linesOf(inner('v2/audit-native.log', wrapping)).slice(0, 120));
    const records = recordsOf(whole);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (at) => {
        const places = [0, ...at.map((part) => Math.floor(part * whole.length)), whole.length].sort((a, b) => a - b);
        const pieces = places.slice(1).map((end, i) => whole.subarray(places[i], end));
        expect(read(pieces, reader()).map(withoutPlace)).toEqual(records);
      }),
      { numRuns: 10 },
    );
  });
});

test('any log in any wrapper', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...wrappings),
      fc.constantFrom(...streams),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
      (wrapping, file, at) => {
        const all = linesOf(inner(file, wrapping));
        // Whole lines of the log, from some on: those before may be missing.
        const lines = all.slice(Math.floor(Math.min(...at) * (all.length - 1)));
        expect(recordsOf(wrapping.wrap(lines))).toEqual(
          recordsOf(Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]))),
        );
      },
    ),
    { numRuns: 60 },
  );
});

describe('wrapped twice', () => {
  test.each([
    ['Filebeat', 'docker json-file'],
    ['docker compose', 'Fluent Bit'],
    ['Fluent Bit', 'CRI'],
    ['journalctl -o json', 'docker json-file'],
    ["nginx's syslog", 'Fluent Bit'],
  ])('%s around %s', (outer, within) => {
    const log = textOf(fixture('v3/error-native.log'));
    const wrapped = wrappingOf(outer).wrap(linesOf(wrappingOf(within).wrap(linesOf(log))));
    expect(recordsOf(wrapped)).toEqual(recordsOf(log));
  });

  test('three times: docker compose around Fluent Bit around CRI', () => {
    const log = textOf(fixture('v3/audit-json.log'));
    const layers = ['CRI', 'Fluent Bit', 'docker compose'].map(wrappingOf);
    const wrapped = layers.reduce<Buffer>((bytes, layer) => layer.wrap(linesOf(bytes)), log);
    expect(recordsOf(wrapped)).toEqual(recordsOf(log));
  });
});

describe("Envoy writes Coraza's logs as lines of its own", () => {
  const audit = textOf(fixture('coraza/audit-json.log'));
  const before =
    '[2026-11-22 20:59:52.129][40][info][wasm] [source/extensions/common/wasm/context.cc:1148] wasm log waf vm: ';
  const tabs = '2026-11-22T20:59:52.129289Z\tinfo\tenvoy wasm external/envoy/context.cc:1148\twasm log waf vm: ';

  test.each([
    ['Envoy', (line: string) => `${before}${line}`],
    ['Envoy in docker compose', (line: string) => `edge-1  | ${before}${line}`],
    ['Istio', (line: string) => `${tabs}${line}\tthread=26`],
    ['Istio in JSON', (line: string) => JSON.stringify({ level: 'info', msg: `wasm log waf vm: ${line}` })],
  ])('%s', (_, around) => {
    const lines = linesOf(audit).map((line) => Buffer.from(around(line.toString())));
    expect(recordsOf(joinLines(lines))).toEqual(recordsOf(audit));
  });
});

/** Lines of several streams in turn. */
function interleaved(...streams: readonly (readonly Buffer[])[]): Buffer {
  const longest = Math.max(...streams.map(({ length }) => length));
  const lines = [...Array(longest).keys()].flatMap((i) => streams.flatMap((lines) => lines[i] ?? []));
  return Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
}

test.each(['docker compose', 'docker json-file', 'CRI', 'journalctl', 'stern', 'Filebeat'])(
  '%s: entries of many lines, of two containers in turn',
  (name) => {
    const wrapping = wrappingOf(name);
    const [one, other] = [inner('v2/audit-native.log', wrapping), inner('v3/audit-native.log', wrapping)];
    const mixed = interleaved(
      linesOf(wrapping.wrap(linesOf(one), 'stdout')),
      linesOf(wrapping.wrap(linesOf(other), 'stderr')),
    );
    const sorted = (records: readonly Partial<ModsecurityRecord>[]) => records.map((r) => JSON.stringify(r)).sort();
    expect(sorted(recordsOf(mixed))).toEqual(sorted([...recordsOf(one), ...recordsOf(other)]));
  },
);

const error = linesOf(fixture('v3/error-native.log'));
const forged = 'w7-fix-sqli';

describe('what a line quotes is not unwrapped', () => {
  const quoted = wrappingOf('docker json-file').wrap(error.slice(0, 3)).toString().trimEnd().split('\n');
  const noise = (line: string) => Buffer.from(`2026/11/23 05:48:53 [notice] 1#1: *9 ${line}`);

  test('in a plain log', () => {
    const log = Buffer.concat(
      [...error.slice(0, 4), ...quoted.map((line) => Buffer.from(line))].flatMap((line) => [line, Buffer.from('\n')]),
    );
    expect(recordsOf(log)).toHaveLength(4);
  });

  test('in the body of an entry', () => {
    const entry = (body: string) =>
      `--3e8fba2e-A--\n[22/Nov/2026:20:55:15 +0000] awNWs 192.0.2.1 1 192.0.2.2 2\n--3e8fba2e-C--\n${body}\n--3e8fba2e-Z--\n`;
    expect(recordsOf(Buffer.from(entry(quoted.join('\n')) + entry('a=b')))).toHaveLength(2);
  });

  test('in a wrapper, by another container', () => {
    const compose = wrappingOf('docker compose');
    const lines = [
      compose.wrap(error.slice(0, 4), 'waf-1'),
      compose.wrap(
        quoted.map((line) => Buffer.from(line)),
        'app-1',
      ),
      compose.wrap(quoted.map(noise), 'waf-1'),
    ];
    expect(recordsOf(Buffer.concat(lines))).toHaveLength(4);
  });

  test('in a wrapper of the same kind', () => {
    const docker = wrappingOf('docker json-file');
    expect(recordsOf(docker.wrap(quoted.map((line) => Buffer.from(line))))).toEqual([]);
  });
});

describe('nobody knows what stands before the lines', () => {
  const audit = textOf(fixture('v3/audit-native.log'));
  const whole = recordsOf(audit);

  test.each([
    '0|waf  | ',
    '/var/log/apache2/error.log:',
    '17:',
    'Nov 22 20:59:52 ',
    '[ 5331.140021 <    0.000012 >] web1 nginx[812]: ',
    '2026-11-22T20:59:52.129321+00:00 app[web.1]: ',
    '819001\t2026-11-22T20:59:52Z\t31181\tweb1\t192.0.2.1\tLocal7\tError\tnginx\t',
    'com.example.team=a,tier=web ',
    '/ecs/waf waf/nginx/7f3c2e11aa 2026-11-22T20:59:52.129Z ',
    'Sun 2026-11-22 20:59:52 CET web1 nginx[812]: ',
    '2026-11-22T20:59:52.129321+00:00 web1 nginx 8710 - - ',
    '1 2026-11-22T20:59:52.003Z web1 nginx 8710 - - ',
    '2026-11-22T20:59:52Z {app="nginx", path="/a}b"} ',
  ])('%s', (before) => {
    expect(recordsOf(joinLines(linesOf(audit).map((line) => Buffer.concat([Buffer.from(before), line]))))).toEqual(
      whole,
    );
  });

  test('lines of other programs with other prefixes change nothing', () => {
    const lines = linesOf(audit).flatMap((line, i) => [
      Buffer.concat([Buffer.from('shop_waf.1.w9kq@node-1    | '), line]),
      Buffer.from(`shop_app.1.k2j3@node-1    | GET /${i} 200`),
      Buffer.from('-- a rotation --'),
    ]);
    expect(recordsOf(joinLines(lines))).toEqual(whole);
  });

  test('levels differ from line to line of a transaction', () => {
    const log = fixture('coraza/error-console.log');
    const wrapped = linesOf(log).map((line) => Buffer.concat([Buffer.from('shop_waf.1.w9kq@node-1    | '), line]));
    expect(recordsOf(joinLines(wrapped))).toEqual(recordsOf(log));
  });
});

describe('what a client said is no line of a log', () => {
  const line = `${error.find((one) => one.includes('Access denied'))}`;
  const audit = `${linesOf(fixture('v3/audit-json.log'))[1]}`;

  test.each([
    ['in an access log', `192.0.2.7 - - [22/Nov/2026:20:59:52 +0000] "GET /${line} HTTP/1.1" 200 5`],
    ['as the user of one', `192.0.2.7 - ${line} [22/Nov/2026:20:59:52 +0000] "GET / HTTP/1.1" 200 5`],
    ['in an access log of JSON', JSON.stringify({ time: 'x', request: line, status: 200 })],
    ['as the agent of one', JSON.stringify({ time: 'x', http_user_agent: audit, status: 200 })],
    ['in a body that was logged', JSON.stringify({ req: { body: audit }, args: { text: line } })],
    ["in nginx's own words", `2026/11/23 05:48:53 [error] 1#1: *9 open() "/srv/${line}" failed`],
    ['unquoted there', `2026/11/23 05:48:53 [error] 1#1: *9 no such file ${audit}`],
    ["in Apache's", `[2026-10-17 05:26:25.165] [core:info] - - [client 192.0.2.9] AH00128: not there: /srv/ ${line}`],
    ["in an application's", `20:59:52 INFO user said ${line}`],
  ])('%s', (_, forged) => {
    expect(recordsOf(Buffer.from(`${forged}\n`))).toEqual([]);
  });
});

describe('how a file is encoded', () => {
  const log = fixture('v3/error-native.log');

  test.each([
    ['a mark before UTF-8', Buffer.concat([Buffer.from('\ufeff'), log])],
    ['UTF-16', Buffer.from(`\ufeff${textOf(log)}`, 'utf16le')],
    ['UTF-16, the other way round', Buffer.from(`\ufeff${textOf(log)}`, 'utf16le').swap16()],
  ])('%s', (_, bytes) => {
    const plain = recordsOf(bytes[0] === 0xef ? log : textOf(log));
    expect(recordsOf(bytes)).toEqual(plain);
    const byteByByte = [...bytes.subarray(0, 40)].map((byte) => Buffer.from([byte]));
    expect(read([...byteByByte, bytes.subarray(40)], reader()).map(withoutPlace)).toEqual(plain);
  });
});

test('a run finds its own lines, and its own only', () => {
  const own = () => readUnwrapped(() => createLogReader({ prefix }));
  for (const wrapping of wrappings) {
    const log = wrapping.wrap(linesOf(inner('v3/error-native.log', wrapping)));
    const records = byName(read([log], own()));
    expect([...records.keys()], wrapping.name).toHaveLength(30);
    expect(outcome(records.get('sqli') ?? { action: 'passed', waf: { kind: 'modsecurity' }, hits: [] })).toMatch(
      /^blocked/,
    );
  }
  expect(forged).toContain(prefix);
});

describe('times that the inner line does not tell', () => {
  const line =
    '[client "192.0.2.7"] Coraza: Warning. x [file "f"] [line "1"] [id "933150"] [msg "x"] [uri "/"] [unique_id "kQwE"]';
  const told = (name: string) => read([wrappingOf(name).wrap([Buffer.from(line)])], reader())[0]?.at;

  test.each([
    ['docker json-file', '2026-11-22T20:59:52.129Z'],
    ['CRI', '2026-11-22T20:59:52.129Z'],
    ['journalctl -o json', '2026-11-23T05:53:08.332Z'],
    ['docker logs -t', '2026-11-22T20:59:52.129Z'],
    ['rsyslog', '2026-11-22T20:59:52.129Z'],
    ["Loki's API", '2026-11-23T05:53:08.332Z'],
    ['GELF', '2026-11-23T05:53:08.332Z'],
    ['Fluent Bit, time and record', '2026-11-23T05:53:08.332Z'],
  ])('%s', (name, at) => {
    expect(told(name)).toBe(at);
  });

  test('of the year in which they are not in the future', () => {
    const at = told("nginx's syslog") ?? '';
    expect(new Date(at).getTime()).toBeLessThan(Date.now() + 2 * 86_400_000);
    expect(at).toMatch(/^\d{4}-11-22T20:59:52\.000Z$/);
  });
});

describe('JSON that is not one object a line', () => {
  const objects = linesOf(fixture('v3/audit-json.log'));
  const whole = recordsOf(fixture('v3/audit-json.log'));

  test.each([
    ['without anything between them', Buffer.concat(objects)],
    [
      'over several lines',
      Buffer.from(
        objects.map((o) => JSON.stringify(JSON.parse(o.toString('latin1')), undefined, 2)).join('\n'),
        'latin1',
      ),
    ],
    ['in a list', Buffer.from(JSON.stringify(objects.map((o): unknown => JSON.parse(o.toString('latin1')))), 'latin1')],
    [
      'in a list over several lines',
      Buffer.from(
        JSON.stringify(
          objects.map((o): unknown => JSON.parse(o.toString('latin1'))),
          undefined,
          2,
        ),
        'latin1',
      ),
    ],
  ])('%s', (_, log) => {
    expect(recordsOf(log)).toEqual(whole);
  });

  test('a torn object does not hide the next one', () => {
    const torn = objects[3]?.subarray(0, 700) ?? Buffer.alloc(0);
    const found = recordsOf(Buffer.concat([objects[0] ?? torn, objects[1] ?? torn, torn, objects[4] ?? torn]));
    expect(found).toEqual([whole[0], whole[1], whole[4]]);
  });

  test('a torn first line', () => {
    const torn = (objects[3] ?? Buffer.alloc(0)).subarray(0, 700);
    expect(recordsOf(Buffer.concat([torn, Buffer.from('\n'), fixture('v3/audit-json.log')]))).toEqual(whole);
  });
});

test.each(['{"message":', '{"events":[{"message":1,"logStreamName":'])('no depth of %s makes it throw', (opening) => {
  const depth = 50_000;
  const closing = opening.includes('[') ? '}]}' : '}';
  expect(recordsOf(Buffer.from(`${opening.repeat(depth)}1${closing.repeat(depth)}\n`))).toEqual([]);
});

test('no bytes make it throw', () => {
  const pieces = fc.oneof(
    fc.uint8Array({ maxLength: 100 }),
    fc
      .constantFrom(
        '{"log":"x","stream":"stderr","time":"y"}\n',
        '{"log":{"a":1},"stream":[],"time":null}\n',
        '__CURSOR=a\nMESSAGE\n',
        '\xff\xff\xff\xff\xff\xff\xff\xff',
        '{"MESSAGE":[300,-1,"x"],"__REALTIME_TIMESTAMP":{}}\n',
        '{"data":{"result":[{"values":[[],[1],null,["1","x"]]}]}}\n',
        '[1795413188.332,{"log":"x"}]\n',
        '[0] a: [[1,{}],{"log"=>"x", "log"=>"y"}]\n',
        '2026-11-22T20:59:52.129Z stdout P x\n',
        'web-1  | ',
        '}{"',
        '[\n{\n"a":',
        '\n',
      )
      .map((text) => Buffer.from(text, 'latin1')),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (bytes) => {
      expect(read(bytes, reader())).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

function joinLines(lines: readonly Buffer[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
}
