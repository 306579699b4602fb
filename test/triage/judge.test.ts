import { describe, expect, test } from 'vitest';
import type { Intent } from '../../src/model/case.js';
import type { EvidenceResult } from '../../src/model/evidence.js';
import type { FailureReason } from '../../src/model/exchange.js';
import type { Pair } from '../../src/model/request.js';
import type { Verdict } from '../../src/model/verdict.js';
import { hit } from '../report/sample-report.js';
import { answer, logged, unlogged, verdictOf, verdictOn, verdictOnFailure } from './observed.js';

describe('with an entry in the log', () => {
  test.each<[Intent, number, ReturnType<typeof logged>, Verdict]>([
    ['legitimate', 200, logged('passed'), { kind: 'let-through', nearMiss: false }],
    ['legitimate', 200, logged('passed', [hit()]), { kind: 'let-through', nearMiss: true }],
    ['legitimate', 403, logged('blocked', [hit()]), { kind: 'false-positive', detectedOnly: false }],
    ['legitimate', 400, logged('blocked'), { kind: 'false-positive', detectedOnly: false }],
    ['legitimate', 200, logged('blocked', [hit()]), { kind: 'let-through', nearMiss: true }],
    ['legitimate', 302, logged('blocked'), { kind: 'let-through', nearMiss: false }],
    ['legitimate', 200, logged('would-block', [hit()]), { kind: 'false-positive', detectedOnly: true }],
    ['attack', 403, logged('blocked', [hit()]), { kind: 'attack-blocked', detectedOnly: false }],
    ['attack', 200, logged('would-block', [hit()]), { kind: 'attack-blocked', detectedOnly: true }],
    ['attack', 200, logged('blocked', [hit()]), { kind: 'attack-missed', nearMiss: true }],
    ['attack', 200, logged('passed'), { kind: 'attack-missed', nearMiss: false }],
    ['attack', 500, logged('passed', [hit()]), { kind: 'attack-missed', nearMiss: true }],
  ])('%s, status %i: %j', (intent, status, evidence, verdict) => {
    expect(verdictOf(intent, status, evidence)).toEqual(verdict);
  });

  test.each([404, 409, 410, 422, 400, 500, 502, 302, 204])('a legitimate request passes with status %i', (status) => {
    expect(verdictOf('legitimate', status, logged('passed'))).toEqual({ kind: 'let-through', nearMiss: false });
  });
});

describe('a refusal that the log shows to have passed the WAF', () => {
  test.each([
    [401, 'authentication-required', /credentials/],
    [403, 'unknown', /who refused/],
    [405, 'method-not-supported', /method and path/],
    [407, 'authentication-required', /credentials/],
    [413, 'body-too-large', /limit/],
    [415, 'content-type-denied', /type/],
    [419, 'csrf', /session/],
    [421, 'host-not-allowed', /Host/],
    [429, 'rate-limited', /--rate/],
    [451, 'legal', /another case/],
    [503, 'unknown', /who refused/],
  ])('status %i is denied elsewhere: %s', (status, cause, fix) => {
    for (const intent of ['legitimate', 'attack'] as const) {
      expect(verdictOf(intent, status, logged('passed', [hit()]))).toMatchObject({
        kind: 'denied-elsewhere',
        cause,
        because: expect.stringContaining(`answered ${status}`),
        fix: expect.stringMatching(fix),
      });
    }
  });

  test('names the layer, the cause and what shows them where a system is known to answer so', () => {
    const page = answer(403, '<h1>Forbidden <span>(403)</span></h1><p>CSRF verification failed. Request aborted.</p>');
    expect(verdictOn('legitimate', page, logged('passed'))).toMatchObject({
      kind: 'denied-elsewhere',
      layer: 'application',
      cause: 'csrf',
      system: 'django',
      evidence: [{ from: 'response', text: expect.stringContaining('CSRF verification failed') }],
      fix: expect.stringContaining('CSRF_TRUSTED_ORIGINS'),
    });
  });

  test('leaves no layer but the server, where it wrote its own page and the WAF let the request pass', () => {
    const stock =
      '<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>nginx</center></body></html>';
    expect(verdictOn('legitimate', answer(403, stock), logged('passed'))).toMatchObject({
      layer: 'server',
      cause: 'unknown',
    });
  });
});

describe('without an entry in the log', () => {
  test('an answer that only another layer writes is of that layer', () => {
    const challenge = answer(403, '', [['cf-mitigated', 'challenge']]);
    expect(verdictOn('legitimate', challenge, unlogged)).toMatchObject({
      kind: 'denied-elsewhere',
      layer: 'edge',
      cause: 'challenge',
    });
  });

  test('a page of a WAF is an unattributed block, whatever its status', () => {
    const page = answer(
      200,
      '<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 15549882842558300000</body></html>',
    );
    expect(verdictOn('legitimate', page, unlogged)).toMatchObject({
      kind: 'unattributed-block',
      reason: expect.stringContaining("F5's page"),
    });
  });
});

describe('a refusal that no log line explains', () => {
  const scored = (inbound: number) => logged('passed', [hit()], { inbound, threshold: 5 });

  test.each([5, 20])('is not put on another layer where its score of %i reaches the threshold of 5', (inbound) => {
    expect(verdictOf('legitimate', 403, scored(inbound))).toEqual({
      kind: 'unattributed-block',
      reason: `answered 403; its score of ${inbound} reached the threshold of 5, but no log line says that the WAF refused it`,
    });
  });

  test('is of another layer where its score stays one point under the threshold', () => {
    expect(verdictOf('legitimate', 403, scored(4))).toMatchObject({
      kind: 'denied-elsewhere',
      because: expect.stringContaining("; the WAF's log has this request, and its score stayed under the threshold"),
    });
  });

  test('is none where the application answered: what scored so much was let through', () => {
    expect(verdictOf('legitimate', 200, scored(20))).toEqual({ kind: 'let-through', nearMiss: true });
  });
});

test.each([200, 403])('what an engine cannot decide is inconclusive with its reason, at status %i', (status) => {
  const undecided = { kind: 'undecided', reason: 'a rule asks the name service' } as const;
  for (const intent of ['legitimate', 'attack'] as const)
    expect(verdictOf(intent, status, undecided)).toEqual({ kind: 'inconclusive', reason: undecided.reason });
});

describe('without an entry in the log and without a sign', () => {
  test.each([403, 406])('status %i looks like a WAF, and nothing proves it', (status) => {
    expect(verdictOf('legitimate', status, unlogged)).toEqual({
      kind: 'unattributed-block',
      reason: `answered ${status}, but the log had no entry`,
    });
    expect(verdictOf('attack', status, unlogged)).toMatchObject({ kind: 'unattributed-block' });
  });

  test.each([200, 401, 404, 500, 503])('status %i says nothing', (status) => {
    const verdict = { kind: 'inconclusive', reason: 'the log had no entry' };
    expect(verdictOf('legitimate', status, unlogged)).toEqual(verdict);
    expect(verdictOf('attack', status, unlogged)).toEqual(verdict);
  });

  test.each<[number, readonly Pair[], RegExp]>([
    [429, [], /^answered 429: .*; the log had no entry$/],
    [429, [['Retry-After', '60']], /^answered 429 with Retry-After: 60: .*; the log had no entry$/],
    [
      503,
      [
        ['Server', 'nginx'],
        ['retry-AFTER', '3'],
      ],
      /^answered 503 with Retry-After: 3: .*; the log had no entry$/,
    ],
  ])('status %i, headers %j, says itself that the load is too high', (status, headers, because) => {
    expect(verdictOf('legitimate', status, unlogged, headers)).toMatchObject({
      kind: 'denied-elsewhere',
      cause: 'rate-limited',
      because: expect.stringMatching(because),
    });
  });

  test.each<[number, string]>([
    [503, 'Server'],
    [401, 'Retry-After'],
    [301, 'Retry-After'],
  ])('status %i does not say so with the header %s', (status, name) => {
    expect(verdictOf('legitimate', status, unlogged, [[name, '3']])).toMatchObject({ kind: 'inconclusive' });
  });
});

test.each<FailureReason>([
  'timeout',
  'connection-refused',
  'connection-reset',
  'name-not-found',
  'tls',
  'unsendable',
  'engine-crashed',
  'aborted',
  'other',
])('an exchange that failed (%s) is inconclusive, unless the log tells what became of it', (reason) => {
  const verdict = { kind: 'inconclusive', reason: 'what happened' };
  const kindOf = (evidence: EvidenceResult) => verdictOnFailure(reason, 'what happened', evidence).kind;
  expect(verdictOnFailure(reason, 'what happened', unlogged)).toEqual(verdict);
  expect(kindOf(logged('blocked'))).toBe('attack-blocked');
  expect(kindOf(logged('passed'))).toBe('attack-missed');
  const unread = { kind: 'body-parser', reason: 'JSON parsing error', assumed: true } as const;
  expect(kindOf({ kind: 'found', evidence: { action: 'blocked', hits: [], blockedBy: unread } })).toBe('inconclusive');
  expect(kindOf({ kind: 'found', evidence: { action: 'passed', hits: [], status: 403 } })).toBe('denied-elsewhere');
});

describe('a refusal for who sent it', () => {
  const byClient = (
    kind: 'rate' | 'bot' | 'ip' | 'geo' | 'challenge',
    action: 'blocked' | 'would-block' = 'blocked',
  ) => ({
    kind: 'found' as const,
    evidence: { action, blockedBy: { kind, ruleId: 'r', ofClient: true as const }, hits: [hit()] },
  });

  test.each([
    ['rate', 'rate-limited'],
    ['bot', 'user-agent-denied'],
    ['ip', 'ip-denied'],
    ['geo', 'geo-denied'],
    ['challenge', 'challenge'],
  ] as const)('%s says nothing of the content, of an attack no more than of a legitimate case', (kind, cause) => {
    for (const intent of ['legitimate', 'attack'] as const)
      expect(verdictOf(intent, 403, byClient(kind))).toMatchObject({ kind: 'denied-elsewhere', layer: 'waf', cause });
  });

  test('where the WAF only detects, it has passed', () => {
    expect(verdictOf('legitimate', 200, byClient('bot', 'would-block'))).toMatchObject({ kind: 'let-through' });
  });
});
