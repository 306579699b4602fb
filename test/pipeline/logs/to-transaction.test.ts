import { expect, test } from 'vitest';
import type { Evidence } from '../../../src/model/evidence.js';
import { toTransaction } from '../../../src/pipeline/logs/to-transaction.js';

const blockedBy = { kind: 'body-parser', reason: 'JSON parsing error', assumed: true } as const;

function transactionOf(evidence: Evidence) {
  const record = { action: evidence.action, waf: { kind: 'modsecurity' }, hits: [] } as const;
  const told = { record, evidence: () => evidence };
  return toTransaction(told, { file: 'audit.log', limits: {}, namesClients: false });
}

test('what the log may have refused was let through where its status says so', () => {
  const told = transactionOf({ action: 'blocked', blockedBy, status: 200, hits: [] });
  expect(told).toMatchObject({ action: 'passed', status: 200 });
  expect(told).not.toHaveProperty('blockedBy');
});

test.each([400, 413, 500, undefined])('what the log may have refused stays so with status %s', (status) => {
  const evidence = { action: 'blocked', blockedBy, hits: [], ...(status !== undefined && { status }) } as const;
  expect(transactionOf(evidence)).toMatchObject({ action: 'blocked', blockedBy });
});
