import { expect, test } from 'vitest';
import { promptDelay } from '../../src/evidence/log-delay.js';
import { Backlog, mostWaiting } from '../../src/pipeline/backlog.js';

test.each([
  ['a log that is written at once', promptDelay.typicalMs, 256],
  ['one that is faster still', 1, 256],
  ['one that takes seconds', 5000, 2560],
  ['one that takes minutes', 120_000, 8192],
])('%s: as many requests may wait as are sent until their entries come, up to a limit', (_, typicalMs, most) => {
  expect(mostWaiting({ ...promptDelay, typicalMs })).toBe(most);
});

const exchange = {
  correlationId: 'x',
  outcome: { kind: 'failed', reason: 'other', message: '' },
  durationMs: 1,
} as const;
const request = { method: 'POST', target: '/', headers: [], body: new Uint8Array(1000) };

test('what waits is bounded in bytes too, beyond the number that always may', async () => {
  const backlog = new Backlog(8192, 300_000);
  const arrivals: (() => void)[] = [];
  const hold = () => backlog.hold(request, exchange, new Promise<void>((resolve) => arrivals.push(resolve)));
  for (let number = 0; number < 256; number++) void hold();
  await backlog.room();
  for (let number = 256; number < 301; number++) void hold();
  let isFree = false;
  const room = backlog.room().then(() => {
    isFree = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isFree).toBe(false);
  arrivals[0]?.();
  await room;
});
