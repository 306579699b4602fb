import { describe, expect, test } from 'vitest';
import type { BlockedBy } from '../../../../src/model/evidence.js';
import type { LinesSeen, ModsecurityRecord } from '../../../../src/waf/modsecurity/log-record.js';
import { mergeRecords } from '../../../../src/waf/modsecurity/logs/merge-records.js';
import { record } from './log-records.js';

/** An entry of an audit log. */
function entry(parts: Partial<ModsecurityRecord> = {}): ModsecurityRecord {
  return { ...record('x'), transactionId: 't', ...parts };
}

/** A line of an error log. */
function line(parts: Partial<ModsecurityRecord> = {}): ModsecurityRecord {
  return { ...entry(parts), partial: true };
}

function withLines(seen: Partial<LinesSeen>): ModsecurityRecord {
  return line({ lines: { first: false, last: false, cut: false, ...seen } });
}

const byScore: BlockedBy = { kind: 'inbound', ruleId: 949110 };
const byRule: BlockedBy = { kind: 'rule', ruleId: 10001 };

describe('what blocked a request, of two records of one transaction', () => {
  test('is what the graver one says', () => {
    const detected = entry({ action: 'would-block', blockedBy: byScore });
    const refused = line({ action: 'blocked', blockedBy: byRule });
    expect(mergeRecords(detected, refused)).toMatchObject({ action: 'blocked', blockedBy: byRule });
    expect(mergeRecords(refused, detected)).toMatchObject({ action: 'blocked', blockedBy: byRule });
  });

  test('is what the entry says where both are as grave, and what the line says where the entry is silent', () => {
    const refused = line({ action: 'blocked', blockedBy: byRule });
    expect(mergeRecords(entry({ action: 'blocked', blockedBy: byScore }), refused).blockedBy).toEqual(byScore);
    expect(mergeRecords(entry({ action: 'blocked' }), refused).blockedBy).toEqual(byRule);
    expect(mergeRecords(refused, entry({ action: 'blocked' })).blockedBy).toEqual(byRule);
  });

  test('is not told where only the lesser one says it', () => {
    const detected = { action: 'would-block', blockedBy: byScore } as const;
    const refused = { action: 'blocked' } as const;
    expect(mergeRecords(entry(detected), line(refused))).not.toHaveProperty('blockedBy');
    expect(mergeRecords(entry(refused), line(detected))).not.toHaveProperty('blockedBy');
  });

  test('is not told where neither says it', () => {
    expect(mergeRecords(line(), line())).not.toHaveProperty('blockedBy');
    expect(mergeRecords(line({ action: 'blocked' }), line())).not.toHaveProperty('blockedBy');
  });
});

test('what is known of the WAF adds up, and an entry is right where a line says otherwise', () => {
  const one = entry({ waf: { kind: 'modsecurity', version: 'ModSecurity 3.0.9', mode: 'block' } });
  const other = line({ waf: { kind: 'modsecurity', version: 'ModSecurity', ruleset: 'OWASP_CRS/3.3.4' } });
  const both = { kind: 'modsecurity', version: 'ModSecurity 3.0.9', ruleset: 'OWASP_CRS/3.3.4', mode: 'block' };
  expect(mergeRecords(one, other).waf).toEqual(both);
  expect(mergeRecords(other, one).waf).toEqual(both);
});

describe('the lines that are known of one transaction', () => {
  test.each<[string, Partial<LinesSeen>, Partial<LinesSeen>, Partial<LinesSeen>]>([
    ['the first and the last', { first: true }, { last: true }, { first: true, last: true }],
    ['neither', {}, {}, {}],
    ['one that is cut', { first: true, cut: true }, {}, { first: true, cut: true }],
  ])('add up: %s', (_, one, other, both) => {
    const lines = { first: false, last: false, cut: false, ...both };
    expect(mergeRecords(withLines(one), withLines(other)).lines).toEqual(lines);
    expect(mergeRecords(withLines(other), withLines(one)).lines).toEqual(lines);
  });

  test('stay what they are where another line tells nothing of them', () => {
    const lines = { first: true, last: false, cut: false };
    expect(mergeRecords(withLines({ first: true }), line()).lines).toEqual(lines);
    expect(mergeRecords(line(), withLines({ first: true })).lines).toEqual(lines);
  });

  test('do not matter beside an entry, which is whole by itself', () => {
    expect(mergeRecords(withLines({ first: true }), entry())).not.toHaveProperty('lines');
    expect(mergeRecords(entry(), withLines({ first: true }))).not.toHaveProperty('lines');
  });

  test('are not told where no line tells them', () => {
    expect(mergeRecords(line(), line())).not.toHaveProperty('lines');
  });
});

describe('two transactions with one id', () => {
  test('are not mixed, whether the log names them or not', () => {
    const passed = entry({ transactionId: 'internal redirect', status: 200 });
    const blocked = entry({ action: 'blocked', status: 403 });
    expect(mergeRecords(passed, blocked)).toBe(blocked);
    const unnamed = record('x', 'blocked');
    expect(mergeRecords(record('x'), unnamed)).toBe(unnamed);
  });
});
