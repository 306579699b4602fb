import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HeldLines } from '../../../../src/waf/modsecurity/logs/held-lines.js';
import { createLogReader } from '../../../../src/waf/modsecurity/logs/log-reader.js';
import { byName, fixture, prefix, read } from './fixture-logs.js';

const line = fc.record({ transaction: fc.constantFrom('a', 'b', 'c', 'd'), text: fc.string({ maxLength: 20 }) });

function textsOf(held: HeldLines, transaction: string): readonly string[] {
  return held.release(transaction).map(({ bytes, mark }) => `${mark} ${bytes.toString()}`);
}

test('the lines of a transaction come back in their order, once, though their memory is used again', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 50 }), (lines) => {
      const held = new HeldLines();
      const memory = Buffer.alloc(100);
      for (const [i, { transaction, text }] of lines.entries()) {
        held.hold(transaction, memory.subarray(0, memory.write(text)), i);
      }
      const first = (wanted: string) => lines.findIndex(({ transaction }) => transaction === wanted);
      const expected = ['a', 'b', 'c', 'd'].filter((name) => first(name) >= 0).sort((a, b) => first(a) - first(b));
      expect(held.transactions).toEqual(expected);
      for (const transaction of ['a', 'b', 'c', 'd']) {
        const own = lines.flatMap(({ text, ...one }, i) => (one.transaction === transaction ? [`${i} ${text}`] : []));
        expect(textsOf(held, transaction)).toEqual(own);
        expect(textsOf(held, transaction)).toEqual([]);
      }
    }),
  );
});

test('ten thousand later lines do not make one forgotten, thirty thousand do', () => {
  const held = new HeldLines();
  const strangers = (count: number) => {
    for (let i = 0; i < count; i++) held.hold(`stranger ${i}`, Buffer.from('a line'), 0);
  };
  held.hold('ours', Buffer.from('first'), 1);
  strangers(5000);
  held.hold('ours', Buffer.from('second'), 2);
  strangers(9000);
  expect(textsOf(held, 'ours')).toEqual(['1 first', '2 second']);
  held.hold('ours', Buffer.from('third'), 3);
  strangers(30_000);
  expect(textsOf(held, 'ours')).toEqual([]);
});

test('however long the lines are, memory is bounded', () => {
  const held = new HeldLines();
  const long = Buffer.alloc(1024 * 1024, 'x');
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 500; i++) held.hold(`transaction ${i}`, long, 0);
  held.hold('too long', Buffer.alloc(20 * 1024 * 1024), 0);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60e6);
  expect(held.release('transaction 499')).toHaveLength(1);
  expect(held.release('too long')).toEqual([]);
});

test.each(['v2/error-native.log', 'v3/error-native.log'])(
  '%s: a late marker ties lines that came long before',
  (log) => {
    const lines = fixture(log).toString('latin1').split('\n');
    const id =
      /\[unique_id "([^"]+)"\]/.exec(lines.find((line) => line.includes('"w7-fix-sqli"')) ?? '')?.[1] ?? 'none';
    const [marker = '', ...others] = lines.filter((line) => line.includes(`[unique_id "${id}"]`));
    const strangers = Array.from({ length: 9000 }, (_, i) => (others[0] ?? '').replaceAll(id, `stranger.${i}`));
    const text = [...others, ...strangers, marker, ''].join('\n');
    const whole = read([Buffer.from([marker, ...others, ''].join('\n'), 'latin1')], createLogReader({ prefix }));
    const late = read([Buffer.from(text, 'latin1')], createLogReader({ prefix }));
    expect(byName(late).get('sqli')?.hits).toEqual(byName(whole).get('sqli')?.hits);
    expect(byName(late).get('sqli')?.hits).toHaveLength(4);
    expect(byName(late).size).toBe(1);
  },
);
