import { expect, test } from 'vitest';
import type { ModsecurityRecord } from '../../src/waf/modsecurity/log-record.js';
import { parseAuditJson } from '../../src/waf/modsecurity/logs/audit-json.js';

/** Coraza cuts data at as many bytes. */
const cutAt = 280;
const value = `1' UNION SELECT ${'ä, '.repeat(100)}`;
const dataOf = (key: string) => `Matched Data: s&sos found within ARGS:${key}: ${value}`;
const cut = (text: string) => Buffer.from(text).subarray(0, cutAt).toString();

test('the line of a rule has the begin of its data', () => {
  const [hit] = read([{ error_message: lineOf('a'), data: null }]).hits;
  expect(hit).toMatchObject({ ruleId: 942100, variable: { collection: 'ARGS', key: 'a' }, matchedTruncated: true });
  expect(value.startsWith(hit?.matched ?? 'nothing')).toBe(true);
});

test('part K has all of it, once for each variable, and each time with the whole line', () => {
  const line = `${lineOf('a')}[msg_match_1 "x"] [data_match_1 ${JSON.stringify(cut(dataOf('b')))}]`;
  const record = read([
    { error_message: line, data: { id: 942100, data: dataOf('a'), severity: 2 } },
    { error_message: line, data: { id: 942100, data: dataOf('b'), severity: 2 } },
  ]);
  expect(record.action).toBe('blocked');
  expect(record.hits).toMatchObject([hitOf('a'), hitOf('b')]);
  expect(record.hits.some((hit) => 'matchedTruncated' in hit)).toBe(false);
});

test('part K without part H has no lines', () => {
  const rule = { id: 942100, msg: libinjection, data: dataOf('ä: b'), severity: 2, tags: ['paranoia-level/1'] };
  const { hits } = read([{ error_message: '', data: rule }]);
  expect(hits).toMatchObject([{ ...hitOf('ä'), message: libinjection, severity: 'CRITICAL', tags: rule.tags }]);
});

const libinjection = 'SQL Injection Attack Detected via libinjection';

function hitOf(key: string) {
  const matched = key === 'ä' ? `b: ${value}` : value;
  return { ruleId: 942100, variable: { collection: 'ARGS', key }, matched };
}

function lineOf(key: string): string {
  const rule = `[file "f"] [line "1"] [id "942100"] [rev ""] [msg "${libinjection}"] [data ${JSON.stringify(cut(dataOf(key)))}]`;
  return `[client "127.0.0.1"] Coraza: Warning. ${libinjection} ${rule} [severity "critical"] [uri "/"] [unique_id "x"]`;
}

function read(messages: readonly unknown[]): ModsecurityRecord {
  const transaction = { id: 'x', request: { headers: { 'x-wafproof-id': ['w7-a-1'] } }, is_interrupted: true };
  const record = parseAuditJson(Buffer.from(JSON.stringify({ transaction, messages })), 'w7-');
  if (record === undefined) throw new Error('no record');
  return record;
}
