import { describe, expect, test } from 'vitest';
import type { ModsecurityRecord } from '../../../../src/waf/modsecurity/log-record.js';
import { createLogReader } from '../../../../src/waf/modsecurity/logs/log-reader.js';
import { read, outcome as told } from './fixture-logs.js';

function outcome(record: ModsecurityRecord): string {
  return `${told(record)}${record.unread === undefined ? '' : ', unread'}`;
}

/** As mod_security2 2.9.7 wrote it with the rules 200002 and 200003 removed; what the client was answered, Apache showed. */
function outcomes(words: string, response: object = {}): readonly string[] {
  const entry = {
    transaction: { time: '29/Nov/2026:22:16:10.222787 +0000', transaction_id: 'Yqm-FZcCqtQFwvMyXuiXIAAAAMM' },
    request: { request_line: 'POST /notes HTTP/1.1', headers: {} },
    response,
    audit_data: { messages: [words], producer: 'ModSecurity for Apache/2.9.7', engine_mode: 'ENABLED' },
  };
  return read([Buffer.from(`${JSON.stringify(entry)}\n`)], createLogReader({ everyTransaction: true })).map(outcome);
}

describe('what mod_security2 only takes down of a body, and lets pass', () => {
  test.each([
    'JSON parsing error: parse error: trailing garbage\n',
    'JSON parsing error: lexical error: invalid char in json text.\n',
    'Multipart parsing error: Multipart: Invalid part header (colon missing): Content-Disposition form-data.',
    'Multipart parsing error (init): Multipart: Boundary not found in C-T.',
    'Multipart parsing error (init): Multipart: Multiple boundary parameters in C-T.',
  ])('%s', (words) => {
    expect(outcomes(words)).toEqual(['passed, unread']);
    expect(outcomes(words, { status: 500 })).toEqual(['passed, unread']);
  });
});

describe('what it refuses by itself', () => {
  test.each([
    'JSON parser error: parse error: premature EOF\n',
    'XML parser error: XML: Failed parsing document.',
    'Multipart parsing error: Multipart: Final boundary missing.',
    'Multipart parsing error: Multipart: No boundaries found in payload.',
    'Request body no files data length is larger than the configured limit (131072).',
  ])('%s', (words) => {
    expect(outcomes(words)).toEqual(['blocked body-parser']);
  });
});
