import { expect, test } from 'vitest';
import type { LogRecord } from '../../src/contract/log-record.js';
import type { Fits } from '../../src/evidence/fit.js';
import { record } from './audit-line.js';
import { HandClock, startJoiner } from './inbox.js';

const start = startJoiner<LogRecord>;
const of = (id: string, path: string, action: LogRecord['action'] = 'passed'): LogRecord => ({
  ...record(id, action),
  transactionId: `${id} ${path} ${action}`,
  request: { method: 'GET', path },
});
const fits: Fits = ({ request }) =>
  request?.path === '/ours' ? 'exact' : request?.path === '/moved' ? 'loose' : 'none';

test('what does not fit decides nothing, whether it comes before the own record or after it', async () => {
  const { inbox, joiner, readings } = start();
  const early = joiner.expect('early');
  inbox.put(of('early', '/theirs', 'blocked'));
  inbox.put(of('early', '/ours'));
  await readings(2);
  expect(await early.arrival(fits)).toEqual({ kind: 'found', record: of('early', '/ours') });
  const arrival = joiner.expect('late').arrival(fits);
  inbox.put(of('late', '/theirs', 'blocked'));
  await readings(2);
  inbox.put(of('late', '/ours'));
  expect(await arrival).toEqual({ kind: 'found', record: of('late', '/ours') });
  expect(joiner.forged).toBe(2);
});

test('what fits loosely is taken where nothing fits better, after a while', async () => {
  const { inbox, joiner, readings } = start();
  const moved = joiner.expect('moved');
  inbox.put(of('moved', '/moved', 'blocked'));
  await readings(2);
  expect(await moved.arrival(fits)).toMatchObject({ record: { action: 'blocked' } });
  const better = joiner.expect('better').arrival(fits);
  inbox.put(of('better', '/moved', 'blocked'));
  inbox.put(of('better', '/ours'));
  expect(await better).toMatchObject({ record: { action: 'passed' } });
  expect(joiner.forged).toBe(1);
});

test('where all that bears an id is of others, the record is missing, and the reason says so', async () => {
  const clock = new HandClock();
  const { inbox, joiner, readings } = start({ waitMs: 1000, clock });
  const arrival = joiner.expect('a').arrival(fits);
  inbox.put(of('a', '/theirs', 'blocked'));
  await readings(2);
  clock.time = 5000;
  expect(await arrival).toEqual({
    kind: 'missing',
    reason: "the entry with its id in the WAF's log is of another request: forged",
  });
  expect(joiner.forged).toBe(1);
});

test('a flood with one id is neither kept nor waited for', async () => {
  const clock = new HandClock();
  const { inbox, joiner, readings } = start({ waitMs: 1000, clock });
  const arrival = joiner.expect('a').arrival(fits);
  for (let i = 0; i < 500; i++) inbox.put(of('a', `/theirs/${i}`, 'blocked'));
  await readings(2);
  clock.time = 5000;
  expect(await arrival).toMatchObject({ kind: 'missing' });
  expect(joiner.forged).toBe(500);
});

test('ids that were never given, and ids that are sent again later, are counted; more lines of a request are not', async () => {
  const { inbox, joiner, readings } = start({ isOurs: (id) => !id.startsWith('x') });
  const ours = joiner.expect('a');
  inbox.put(of('a', '/ours'));
  await ours.arrival(fits);
  inbox.put(of('a', '/ours'));
  inbox.put(of('x1', '/ours', 'blocked'));
  inbox.put(of('a', '/theirs', 'blocked'));
  await readings(3);
  expect(joiner.forged).toBe(2);
});

test('two requests are told apart where the engine takes the correlation id for its own', async () => {
  const { inbox, joiner, readings } = start();
  const expected = joiner.expect('a');
  inbox.put({ ...of('a', '/theirs', 'blocked'), transactionId: 'a' });
  inbox.put({ ...of('a', '/ours'), transactionId: 'a' });
  await readings(2);
  expect(await expected.arrival(fits)).toMatchObject({ record: { action: 'passed' } });
});
