import { describe, expect, test } from 'vitest';
import { recordsSince, sinceTime } from '../../src/evidence/since.js';
import { idsIn, Records, record } from './audit-line.js';

describe('the time since when', () => {
  const now = new Date('2026-11-23T12:00:00.000Z');

  test.each([
    ['90s', '2026-11-23T11:58:30.000Z'],
    ['10m', '2026-11-23T11:50:00.000Z'],
    ['2h', '2026-11-23T10:00:00.000Z'],
    ['1d', '2026-11-22T12:00:00.000Z'],
    ['2026-11-20T08:00:00Z', '2026-11-20T08:00:00.000Z'],
  ])('%s is %s', (since, time) => {
    expect(sinceTime(since, now).toISOString()).toBe(time);
  });

  test.each(['m', '10w', '-10m', '10m ago'])('%s is none', (since) => {
    expect(sinceTime(since, now).getTime()).toBeNaN();
  });
});

describe('the records since then', () => {
  const at = (id: string, time: string) => ({ ...record(id), at: time });

  test('are those of the same second or later, and those without a time', async () => {
    const log = new Records([
      at('older', '2026-11-23T11:59:59.999Z'),
      at('same second', '2026-11-23T12:00:00.000Z'),
      at('later', '2026-11-23T12:00:01.000Z'),
      record('without time'),
    ]);
    const recent = recordsSince(log, new Date('2026-11-23T12:00:00.750Z'));
    expect(await idsIn(recent)).toEqual(['same second', 'later', 'without time']);
  });

  test('come as those of the log do', async () => {
    const slow = new Records([], 150);
    expect(recordsSince(slow, new Date(0)).settleMs).toBe(150);
    const plain = recordsSince(new Records([]), new Date(0));
    expect(plain).toMatchObject({ delay: slow.delay });
    for (const trait of ['settleMs', 'comesUpMs']) expect(plain).not.toHaveProperty(trait);
    const command = Object.assign(new Records([]), { comesUpMs: 7000 });
    expect(recordsSince(command, new Date(0)).comesUpMs).toBe(7000);
    await recordsSince(slow, new Date(0)).close();
    expect(slow.closed).toBe(true);
  });
});
