import { expect, test } from 'vitest';
import type { LogLine } from '../../src/triage/log-line.js';
import type { TriageMaterial } from '../../src/triage/material.js';
import { triage } from '../../src/triage/triage.js';

const sent = { method: 'POST', url: 'https://staging.example/orders?token=1' };
const page = (text: string): TriageMaterial => ({
  sent,
  outcome: {
    kind: 'answered',
    status: 403,
    headers: [
      ['Server', 'cloudflare'],
      ['CF-RAY', '9a55c77ad49d4e00-FRA'],
      ['Date', 'Sun, 22 Nov 2026 20:54:03 GMT'],
    ],
    bodyExcerpt: text,
  },
});

test('tells the owner of a layer the id, the time in UTC, the address and the URL', () => {
  const { handOver } = triage(page('<html><body>Your IP: <span id="ip">203.0.113.7</span></body></html>'));
  expect(handOver).toBe(
    'Cloudflare Ray ID 9a55c77ad49d4e00-FRA, 2026-11-22T20:54:03.000Z, from 203.0.113.7, POST https://staging.example/orders',
  );
});

test('takes the address from a log where the page has none, and leaves it out where nothing names it', () => {
  const line: LogLine = { kind: 'nginx-error', text: '', fields: { client: '203.0.113.9:4711', message: 'x' } };
  expect(triage({ ...page('no'), lines: [line] }).handOver).toContain(', from 203.0.113.9, POST');
  expect(triage(page('your IP rights are reserved: 1.2')).handOver).not.toContain('from');
});
