import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ModsecurityRecord } from '../../../../src/waf/modsecurity/log-record.js';
import { fixture, hitsOf, read } from './fixture-logs.js';

const v3Lines = linesOf('v3/audit-native.log', 'ModSecurity: ').filter((line) => /\[ref "[^"]*"\]$/.test(line));
const v2Lines = linesOf('v2/audit-native.log', 'Message: ');
const corazaLines = linesOf('coraza/audit-native.log', '[client ');

function linesOf(file: string, start: string): readonly string[] {
  const lines = fixture(file).toString('latin1').split('\n');
  return lines.filter((line) => line.startsWith(start) && idIn(line) !== undefined);
}

function idIn(line: string): string | undefined {
  return /\[line "\d+"\] \[id "(\d+)"\]/.exec(line)?.[1];
}

/** No other test has rules with these ids. */
let lastId = 7_000_000;

/** The same line of another rule. */
function ofRule(line: string, from: string | undefined, to: number): string {
  return line.replaceAll(`[id "${from}"]`, `[id "${to}"]`);
}

const engines = [
  { name: 'ModSecurity 2', lines: v2Lines, start: '--3e8fba2e-' },
  { name: 'libmodsecurity 3', lines: v3Lines, start: '---eFzVYOvk---' },
  { name: 'Coraza', lines: corazaLines, start: '--MSnSMKxyNrUiQRXb-' },
];

/** What is read of an entry that has these lines. */
function readLines(start: string, lines: readonly string[]): readonly ModsecurityRecord[] {
  const id = /\[unique_id "([^"]*)"\] \[ref "[^"]*"\]$/.exec(lines[0] ?? '')?.[1] ?? 'awNWs';
  const first = `[22/Nov/2026:20:55:15 +0000] ${id} 127.0.0.1 38318 127.0.0.1 18101`;
  const parts = [`${start}A--`, first, `${start}H--`, ...lines, '', `${start}Z--`, ''];
  return read([Buffer.from(parts.join('\n'), 'latin1')]);
}

/** What a request can bring into a line, and what only the engine writes. */
const fragment = fc.constantFrom(
  ...[
    '"',
    "'",
    '\\',
    '\\"',
    '\\\\',
    '\\x22',
    '\\xe4',
    ' ',
    ': ',
    '. ',
    '.',
    '\0',
    'é',
    '\xff',
    ' ...',
    ' (12 characters omitted)',
  ],
  ...[
    '[file "',
    '[file ',
    '"] [data "',
    '"] [tag "x',
    '"] [severity "2"] ',
    ' [hostname "',
    '[unique_id "awNWs"] [ref "v1,2"]',
  ],
  ...[
    "' against variable `",
    "' (Value: `",
    "' ) ",
    ' found within ',
    'Matched Data: ',
    '" at ARGS:x. ',
    ' [offset "3"] ',
  ],
  '[file "a"] [line "1"] [id "666001"] [rev ""] [msg "m"] [data "d"] ',
  'x'.repeat(600),
);
/** Fragments that are inserted, or written over what is there, which leaves all else in its place. */
const wound = fc.record({ at: fc.nat(10_000), fragment, isOver: fc.boolean() });
const damage = fc.array(wound, { maxLength: 3 });

function damaged(line: string, wounds: readonly { at: number; fragment: string; isOver: boolean }[]): string {
  return wounds.reduce((text, { at, fragment, isOver }) => {
    const start = at % text.length;
    return text.slice(0, start) + fragment + text.slice(isOver ? start + fragment.length : start);
  }, line);
}

describe.each(engines)('$name', ({ lines, start }) => {
  test('what is read of a line does not depend on earlier lines of its rule', () => {
    const earlier = fc.oneof(fc.constant([]), damage);
    const property = fc.property(fc.constantFrom(...lines), earlier, damage, (line, before, wounds) => {
      const [known, unknown, from] = [++lastId, ++lastId, idIn(line)];
      readLines(start, [ofRule(damaged(line, before), from, known)]);
      const hostile = damaged(line, wounds);
      const afterwards = readLines(start, [ofRule(hostile, from, known)]);
      const alone = readLines(start, [ofRule(hostile, from, unknown)]);
      expect(JSON.stringify(afterwards).replaceAll(String(known), String(unknown))).toBe(JSON.stringify(alone));
    });
    fc.assert(property, { numRuns: 3000 });
  });
});

test('data that end like the begin of the metadata do not hide the rule', () => {
  const line = (data: string) =>
    `Message: Warning. Pattern match "a" at ARGS:q. [file "/f"] [line "1"] [id "${++lastId}"] [msg "m"] ` +
    `[data "Matched Data: a found within ARGS:q: ${data}"] [severity "CRITICAL"]`;
  const [record] = readLines('--3e8fba2e-', [line('a [file ')]);
  expect(record === undefined ? [] : hitsOf(record)).toEqual([`${lastId} ARGS:q`]);
});
