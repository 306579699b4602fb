import { describe, expect, test } from 'vitest';
import type { LoggedHit } from '../../../src/contract/log-record.js';
import type { Joined } from '../../../src/evidence/joiner.js';
import type { Outcome } from '../../../src/model/exchange.js';
import type { Asked } from '../../../src/pipeline/doctor/conversation.js';
import { checkTruncation } from '../../../src/pipeline/doctor/log-checks.js';
import type { Observations } from '../../../src/pipeline/doctor/observe.js';
import { attackValue, filler, longValueLength } from '../../../src/pipeline/doctor/requests.js';
import { targetAt } from '../doctor-target.js';

const answered: Outcome = { kind: 'answered', status: 403, headers: [], bodyExcerpt: '' };
const value = `${filler.repeat(longValueLength - attackValue.length)}${attackValue}`;

function asked(joined: Joined, outcome: Outcome = answered): Asked {
  const exchange = { correlationId: 'w7-doctor-long', outcome, durationMs: 1 };
  return { exchange, joined, answeredAt: new Date(0), logDelayMs: 1 };
}

/** The log's entry of the request with the long value. */
function entry(...hits: readonly Partial<LoggedHit>[]): Joined {
  const whole = hits.map((hit) => ({ ruleId: 941100, message: '', tags: [], matches: [], ...hit }));
  return { kind: 'found', record: { action: 'blocked', waf: { kind: 'modsecurity' }, hits: whole } };
}

function seen(long?: Asked): Observations {
  return {
    target: targetAt('http://127.0.0.1:1', undefined),
    attacks: true,
    largest: undefined,
    logProblem: undefined,
    prefix: 'w7-doctor-',
    benign: asked(entry()),
    strangers: [],
    ...(long !== undefined && { long }),
  };
}

describe('a log that keeps long values', () => {
  test.each<[string, readonly Partial<LoggedHit>[]]>([
    ['shows all of the value', [{ matched: value }]],
    ['shows the part that matched', [{ matched: attackValue }]],
    ['shows a short value beside it', [{ matched: filler }, { matched: value }]],
    ['shows no text of a hit', [{}]],
    ['has an entry without hits', []],
  ])('%s', (_, hits) => {
    expect(checkTruncation(seen(asked(entry(...hits))))).toEqual({
      status: 'ok',
      detail: 'the entry of a request with a value of 3000 characters is whole',
    });
  });
});

describe('a log that cuts long values', () => {
  test.each<[string, readonly Partial<LoggedHit>[]]>([
    ['says so', [{ matched: attackValue, matchedTruncated: true }]],
    ['shows the beginning without the attack at its end', [{ matched: value.slice(0, 512) }]],
    ['does so in one hit of several', [{ matched: attackValue }, { matched: value.slice(0, 100) }]],
  ])('%s', (_, hits) => {
    expect(checkTruncation(seen(asked(entry(...hits))))).toEqual({
      status: 'warning',
      detail: 'the log cuts a value of 3000 characters: verdicts and rules hold, matched text in reports is incomplete',
      fix: expect.stringContaining('JSON audit log'),
    });
  });

  test('and the id with them fails: nothing of such a request is found', () => {
    const missing: Joined = { kind: 'missing', reason: 'no entry' };
    expect(checkTruncation(seen(asked(missing)))).toEqual({
      status: 'failed',
      detail: expect.stringContaining('a value of 3000 characters cannot be found: lines are cut'),
      fix: expect.stringContaining('read the audit log instead of the error log'),
    });
  });
});

test('a long request that got no answer says nothing of the log', () => {
  const outcome: Outcome = { kind: 'failed', reason: 'connection-reset', message: 'the connection was reset' };
  const missing: Joined = { kind: 'missing', reason: 'there was no answer' };
  expect(checkTruncation(seen(asked(missing, outcome)))).toEqual({
    status: 'warning',
    detail: 'a value of 3000 characters got no answer: the connection was reset',
    fix: 'check the limits of URLs on the way',
  });
});

test('without an entry of any of our requests the long one is not sent', () => {
  expect(checkTruncation(seen())).toMatchObject({ status: 'skipped' });
});
