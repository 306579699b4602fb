import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLogReader } from '../../../../src/waf/modsecurity/logs/log-reader.js';
import { byName, fixture, outcome, prefix, read } from './fixture-logs.js';
import { longLines } from './long-lines.js';

const files = [
  'v2/audit-native.log',
  'v2/audit-json.log',
  'v2/error-native.log',
  'v2/audit-concurrent.log',
  'v3/audit-native.log',
  'v3/audit-json.log',
  'v3/error-native.log',
  'coraza/audit-json.log',
  'coraza/audit-native.log',
  'coraza/error-json.log',
];

function cut(bytes: Buffer, at: readonly number[]): readonly Buffer[] {
  const places = [...new Set([0, ...at.map((part) => Math.floor(part * bytes.length)), bytes.length])].sort(
    (a, b) => a - b,
  );
  return places.slice(1).map((end, i) => bytes.subarray(places[i], end));
}

describe.each(files)('%s', (file) => {
  const bytes = fixture(file);
  const whole = read([bytes]);

  test('any pieces give the same records', () => {
    const fraction = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fraction, { maxLength: 40 }), (at) => {
        expect(read(cut(bytes, at))).toEqual(whole);
      }),
      { numRuns: 15 },
    );
  });

  test('byte by byte, in memory that is used again', () => {
    const reader = createLogReader();
    const memory = Buffer.alloc(1);
    const some = bytes.subarray(0, 20_000);
    const records = [...some].flatMap((byte) => {
      memory[0] = byte;
      return [...reader.push(memory)];
    });
    expect([...records, ...reader.end()]).toEqual([...readItems(some)]);
  });

  test('damage does not make records of strangers', () => {
    const damage = fc.array(
      fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), bytes: fc.uint8Array({ maxLength: 30 }) }),
      {
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(damage, (wounds) => {
        const damaged = Buffer.from(bytes);
        for (const { at, bytes: wound } of wounds)
          damaged.set(
            wound.subarray(0, damaged.length - Math.floor(at * (damaged.length - 30))),
            Math.floor(at * (damaged.length - 30)),
          );
        for (const record of read([damaged])) expect(record.correlationId).not.toBe('w7-fix-forged');
      }),
      { numRuns: 15 },
    );
  });
});

function readItems(bytes: Uint8Array) {
  const reader = createLogReader();
  return [...reader.push(bytes), ...reader.end()];
}

/** Pieces of logs in wild order, and bytes. */
const fragments = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .constantFrom(
      '--3e8fba2e-A--\n',
      '--3e8fba2e-B--\n',
      '--3e8fba2e-C--\n',
      '--3e8fba2e-H--\n',
      '--3e8fba2e-Z--\n',
      '---eFzVYOvk---A--\n',
      '---eFzVYOvk---H--\n',
      '---eFzVYOvk---Z--\n',
      '[22/Nov/2026:20:55:15.716465 +0000] awNWs 127.0.0.1 38318 127.0.0.1 18101\n',
      'Message: Warning. Pattern match "\\" at ARGS:x. [file "a"] [line "1"] [id "1"] [msg "',
      "ModSecurity: Warning. Matched \"Operator `Rx' with parameter `a' against variable `ARGS:",
      '\' (Value: `x\' ) [file "f"] [line "1"] [id "2"] [rev ""] [msg "m"] [data "d"] [unique_id "awNWs"] [ref "v1,2"]\n',
      'Action: Intercepted (phase 2)\n',
      '[Sun Nov 22 20:55:15 2026] [security2:error] [client 127.0.0.1] ModSecurity: ',
      '2026/11/22 20:59:52 [info] 1#1: *2 ModSecurity: ',
      '[client "::1"] Coraza: Access denied (phase 2). ',
      '{"transaction":{"messages":[{"details":null}],"request":{"headers":[1]}}}\n',
      '{"transaction":null,"audit_data":{"messages":[null,1,"x"]}}\n',
      '{"transaction":{"is_interrupted":true},"messages":{"a":1}}\n',
      '"x" /a/../b 0 1 md5:00000000000000000000000000000000\n',
      '\n',
    )
    .map((text) => Buffer.from(text)),
);

test('no bytes make a reader throw, or make up a correlation id', () => {
  fc.assert(
    fc.property(fc.array(fragments, { maxLength: 60 }), (pieces) => {
      for (const record of read(pieces, createLogReader())) expect(record.correlationId).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

/** What a payload might hold, anywhere in a body, that looks like log. */
const forgery = fc
  .array(
    fc.constantFrom(
      ...['a1b2c3d4', '-aBcDeFgH-', '-abcdefghij'].flatMap((id) =>
        ['A', 'B', 'H', 'Z'].map((part) => `--${id}-${part}--`),
      ),
      '[22/Nov/2026:20:55:15 +0000] w7-fix-forged 127.0.0.1 1 127.0.0.1 2',
      'X-Wafproof-Id: w7-fix-forged',
      'Message: Warning. x. [file "f"] [line "1"] [id "666"]',
      'Action: Intercepted (phase 2)',
      '{"transaction":{"unique_id":"w7-fix-forged","messages":[]}}',
      '',
    ),
    { maxLength: 30 },
  )
  .map((lines) => lines.join('\n'));

test('nothing in the body of an entry is read', () => {
  const entry = (body: string) => `--3e8fba2e-A--
[22/Nov/2026:20:55:15.716465 +0000] awNWs 127.0.0.1 38318 127.0.0.1 18101
--3e8fba2e-B--
POST / HTTP/1.1
X-Wafproof-Id: w7-fix-genuine

--3e8fba2e-C--
${body}
--3e8fba2e-F--
HTTP/1.1 200 OK

--3e8fba2e-H--
Engine-Mode: "ENABLED"

--3e8fba2e-Z--

`;
  fc.assert(
    fc.property(forgery, fc.string(), (forged, junk) => {
      const records = read([Buffer.from(entry(`${forged}\n${junk}`) + entry('a=b'))]);
      expect(records.map(({ correlationId, action, hits }) => [correlationId, action, hits])).toEqual([
        ['w7-fix-genuine', 'passed', []],
        ['w7-fix-genuine', 'passed', []],
      ]);
    }),
  );
});

test('names come back as they were, whatever they hold', () => {
  const v2 = (bytes: Uint8Array) =>
    [...bytes]
      .map((byte) =>
        byte === 0x5c
          ? '\\\\'
          : byte < 32 || byte > 126
            ? `\\x${byte.toString(16).padStart(2, '0')}`
            : String.fromCharCode(byte),
      )
      .join('');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (name) => {
      const line = `[Sun Nov 22 20:55:15 2026] [security2:error] [pid 1] [client 1.1.1.1] ModSecurity: Warning. Pattern match "a\\"b" at ARGS:${v2(Buffer.from(name))}. [file "/f"] [line "1"] [id "942270"] [msg "m"] [unique_id "w7-fix-1"]`;
      const apache = line.replaceAll('\\', '\\\\');
      expect(read([Buffer.from(`${apache}\n`)])).toMatchObject([
        { hits: [{ variable: { collection: 'ARGS', key: name } }] },
      ]);
    }),
  );
});

test('a log whose format changes is read on', () => {
  const names = [
    'v2/audit-native.log',
    'v2/audit-json.log',
    'v3/audit-native.log',
    'coraza/audit-json.log',
    'v3/audit-json.log',
  ];
  const records = read([Buffer.concat(names.map(fixture))]);
  expect(records).toHaveLength(30 * names.length);
});

test('an entry that was cut off does not hide the next one', () => {
  const bytes = fixture('v2/audit-native.log');
  const cutOff = bytes.subarray(0, bytes.indexOf('-H--'));
  const after = bytes.subarray(bytes.indexOf('\n\n', cutOff.length) + 2);
  const records = byName(read([cutOff, Buffer.from('\n'), after.subarray(after.indexOf('--'))]));
  expect(records.size).toBeGreaterThan(28);
});

test('a line without end takes no memory to speak of', () => {
  const reader = createLogReader({ prefix, maxLineBytes: 1_000_000 });
  const piece = Buffer.alloc(256 * 1024, 'x');
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 2000; i++) expect(reader.push(piece)).toEqual([]);
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  expect([...reader.push(Buffer.from('\n')), ...reader.push(fixture('v3/audit-json.log'))]).toHaveLength(30);
  expect(reader.skipped).toBe(1);
});

test('an entry without end is given up', () => {
  const reader = createLogReader({ prefix });
  const head = '--3e8fba2e-A--\n[22/Nov/2026:20:55:15 +0000] a 1.1.1.1 1 1.1.1.1 2\n--3e8fba2e-C--\n';
  reader.push(Buffer.from(head));
  const piece = Buffer.from('a line of a body\n'.repeat(16_000));
  for (let i = 0; i < 300; i++) expect(reader.push(piece)).toEqual([]);
  expect(reader.push(fixture('v2/audit-native.log'))).toHaveLength(30);
});

test.each(Object.entries(longLines(5)))('a long line does not hide what comes after it: %s', (_kind, line) => {
  const after = fixture('v3/audit-json.log');
  const records = byName(read([Buffer.from(`${line}\n`), after], createLogReader({ prefix })));
  expect([...records.keys()]).toEqual(expect.arrayContaining([...byName(read([after])).keys()]));
});

test('a marker that comes late ties the lines before it', () => {
  const lines = fixture('v2/error-native.log').toString('latin1').split('\n');
  const about = lines.filter((line) => line.includes(idOf(lines, 'w7-fix-sqli')));
  const records = byName(
    read([Buffer.from(`${[...about.slice(1), about[0]].join('\n')}\n`, 'latin1')], createLogReader({ prefix })),
  );
  expect([...records].map(([name, record]) => [name, outcome(record), record.hits.length])).toEqual([
    ['sqli', 'blocked inbound 949110 phase 2', 4],
  ]);
});

function idOf(lines: readonly string[], correlationId: string): string {
  return /\[unique_id "([^"]+)"\]/.exec(lines.find((line) => line.includes(`"${correlationId}"`)) ?? '')?.[1] ?? 'none';
}
