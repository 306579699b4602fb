import { describe, expect, test } from 'vitest';
import type { Asked as AskedOf, Observations as ObservationsOf } from '../../../../src/contract/check.js';
import type { Joined as JoinedOf } from '../../../../src/contract/joined.js';
import type { Outcome } from '../../../../src/model/exchange.js';
import { attackCanary } from '../../../../src/request/probe-request.js';
import { truncation } from '../../../../src/waf/modsecurity/doctor/truncation-check.js';
import type { ModsecurityHit, ModsecurityRecord } from '../../../../src/waf/modsecurity/log-record.js';
import { targetAt } from '../../../pipeline/doctor-target.js';

type Asked = AskedOf<ModsecurityRecord>;
type Joined = JoinedOf<ModsecurityRecord>;
type Observations = ObservationsOf<ModsecurityRecord>;

const filler = 'a';

const answered: Outcome = { kind: 'answered', status: 403, headers: [], bodyExcerpt: '' };
const value = truncation.request?.(true).query[0]?.[1] ?? '';

function asked(joined: Joined, outcome: Outcome = answered): Asked {
  const exchange = { correlationId: 'w7-doctor-long', outcome, durationMs: 1 };
  return { exchange, joined, answeredAt: new Date(0), logDelayMs: 1 };
}

/** The log's entry of the request with the long value. */
function entry(...hits: readonly Partial<ModsecurityHit>[]): Joined {
  const whole = hits.map((hit) => ({ ruleId: 941100, message: '', tags: [], matches: [], ...hit }));
  return { kind: 'found', record: { action: 'blocked', waf: { kind: 'modsecurity' }, hits: whole } };
}

function seen(long?: Asked): Observations {
  return {
    target: targetAt('http://127.0.0.1:1', undefined),
    attacks: true,
    largest: undefined,
    place: undefined,
    forged: 0,
    logProblem: undefined,
    logFormats: [],
    prefix: 'w7-doctor-',
    benign: asked(entry()),
    harmless: asked(entry()),
    strangers: [],
    logWaitMs: 2000,
    waf: undefined,
    more: new Map(long === undefined ? [] : [[truncation.id, long]]),
  };
}

describe('a log that keeps long values', () => {
  test.each<[string, readonly Partial<ModsecurityHit>[]]>([
    ['shows all of the value', [{ matched: value }]],
    ['shows the part that matched', [{ matched: attackCanary }]],
    ['shows a short value beside it', [{ matched: filler }, { matched: value }]],
    ['shows no text of a hit', [{}]],
    ['has an entry without hits', []],
  ])('%s', (_, hits) => {
    expect(truncation.examine(seen(asked(entry(...hits))))).toEqual({
      status: 'ok',
      detail: 'the entry of a request with a value of 3000 characters is whole',
    });
  });
});

describe('a log that cuts long values', () => {
  test.each<[string, readonly Partial<ModsecurityHit>[]]>([
    ['says so', [{ matched: attackCanary, matchedTruncated: true }]],
    ['shows the beginning without the attack at its end', [{ matched: value.slice(0, 512) }]],
    ['does so in one hit of several', [{ matched: attackCanary }, { matched: value.slice(0, 100) }]],
  ])('%s', (_, hits) => {
    expect(truncation.examine(seen(asked(entry(...hits))))).toEqual({
      status: 'warning',
      detail: 'the log cuts a value of 3000 characters: verdicts and rules hold, matched text in reports is incomplete',
      fix: expect.stringContaining('JSON audit log'),
    });
  });

  test('and the id with them fails: nothing of such a request is found', () => {
    const missing: Joined = { kind: 'missing', reason: 'no entry' };
    expect(truncation.examine(seen(asked(missing)))).toEqual({
      status: 'failed',
      detail: expect.stringContaining('a value of 3000 characters cannot be found: lines are cut'),
      fix: expect.stringContaining('read the audit log instead of the error log'),
    });
  });
});

test('a long request that got no answer says nothing of the log', () => {
  const outcome: Outcome = { kind: 'failed', reason: 'connection-reset', message: 'the connection was reset' };
  const missing: Joined = { kind: 'missing', reason: 'there was no answer' };
  expect(truncation.examine(seen(asked(missing, outcome)))).toEqual({
    status: 'warning',
    detail: 'a value of 3000 characters got no answer: the connection was reset',
    fix: 'check the limits of URLs on the way',
  });
});

test('without an entry of any of our requests the long one is not sent', () => {
  expect(truncation.examine(seen())).toMatchObject({ status: 'skipped' });
});
