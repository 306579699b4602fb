import { describe, expect, test } from 'vitest';
import type { Joined } from '../../../../src/contract/joined.js';
import type { LinesSeen, ModsecurityRecord } from '../../../../src/waf/modsecurity/log-record.js';
import { ModsecurityMerger } from '../../../../src/waf/modsecurity/logs/record-merger.js';
import { HandClock, startJoiner } from '../../../evidence/inbox.js';
import { record } from './log-records.js';

/** A line of an error log, and which of a request's lines are known to be there with it. */
function line(id: string, seen: Partial<LinesSeen>): ModsecurityRecord {
  const lines = { first: false, last: false, cut: false, ...seen };
  return { ...record(id), transactionId: `transaction of ${id}`, partial: true, lines };
}

const [first, last, cut] = [{ first: true }, { last: true }, { cut: true }];

function missing(what: string): Joined {
  return { kind: 'missing', reason: `the WAF's log does not have all lines of this request: ${what}`, seen: true };
}

/** Lets a joiner read, and tells the time when it does. */
async function until(time: number, { clock, readings }: ReturnType<typeof startAt>): Promise<void> {
  clock.time = time;
  await readings(3);
}

function startAt() {
  const clock = new HandClock();
  return { clock, ...startJoiner<ModsecurityRecord>({ waitMs: 1000, clock, merger: new ModsecurityMerger() }) };
}

describe('a request of which the error log has', () => {
  test.each<[string, readonly Partial<LinesSeen>[], string | undefined]>([
    ['the first and the last line', [first, last], undefined],
    ['the last line without the first', [last], 'the first line is missing'],
    ['all lines, one of them cut', [{ ...first, ...cut }, last], 'the server cut a line short'],
  ])('%s', async (_, lines, what) => {
    const joining = startAt();
    const arrival = joining.joiner.expect('x').arrival();
    joining.inbox.put(...lines.map((one) => line('x', one)));
    await until(0, joining);
    joining.clock.time = 100;
    const joined = await arrival;
    if (what === undefined) expect(joined).toMatchObject({ kind: 'found' });
    else expect(joined).toEqual(missing(what));
  });
});

describe('a request without its last line', () => {
  test('has evidence where the log has never shown a last line', async () => {
    const joining = startAt();
    const arrival = joining.joiner.expect('x').arrival();
    joining.inbox.put(line('x', first));
    await until(0, joining);
    joining.clock.time = 100;
    expect(await arrival).toMatchObject({ kind: 'found' });
  });

  test('is waited for as long as for a record, and has none, where the log shows last lines', async () => {
    const joining = startAt();
    const { inbox, joiner, clock } = joining;
    const other = joiner.expect('other').arrival();
    const settled: Joined[] = [];
    const arrival = joiner.expect('x').arrival();
    void arrival.then((joined) => settled.push(joined));
    inbox.put(line('other', first), line('other', last), line('x', first));
    await until(0, joining);
    await until(100, joining);
    expect(await other).toMatchObject({ kind: 'found' });
    await until(999, joining);
    expect(settled).toEqual([]);
    clock.time = 1000;
    expect(await arrival).toEqual(missing('the last line is missing'));
  });

  test('has evidence as soon as it comes', async () => {
    const joining = startAt();
    const { inbox, joiner, clock } = joining;
    void joiner.expect('other').arrival();
    const arrival = joiner.expect('x').arrival();
    inbox.put(line('other', first), line('other', last), line('x', first));
    await until(500, joining);
    inbox.put(line('x', last));
    await until(600, joining);
    clock.time = 700;
    expect(await arrival).toMatchObject({ kind: 'found', record: { lines: { first: true, last: true, cut: false } } });
  });
});

test('a request of which neither end is there has evidence: the log may not have our marker rules', async () => {
  const joining = startAt();
  void joining.joiner.expect('other').arrival();
  const arrival = joining.joiner.expect('x').arrival();
  joining.inbox.put(line('other', first), line('other', last), line('x', {}));
  await until(0, joining);
  joining.clock.time = 100;
  expect(await arrival).toMatchObject({ kind: 'found' });
});

test('what is whole by itself needs no lines', async () => {
  const joining = startAt();
  const expected = joining.joiner.expect('x');
  joining.inbox.put(line('other', last), record('x'));
  await until(0, joining);
  expect(await expected.arrival()).toEqual({ kind: 'found', record: record('x') });
});
