import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/model/exchange.js';
import type { Pair, RequestSpec } from '../../../src/model/request.js';
import { encodeRequest } from '../../../src/request/encode-request.js';
import { conclude } from '../../../src/triage/probing/conclude.js';
import { DecisionWalk, type DueProbe, dueProbe, mostProbes } from '../../../src/triage/probing/decision-walk.js';
import type { ProbeMaterial } from '../../../src/triage/probing/probe-material.js';
import { probeIds } from '../../../src/triage/probing/probes.js';
import { randomRequest } from '../../request/random-request.js';

const means: ProbeMaterial = {
  origin: 'https://shop.example',
  aside: '/nothing-here',
  form: { fields: [['csrf_token', 'f00']], headers: [['X-CSRF-Token', 'f00']], cookies: [['sid', '1']] },
  away: '/nothing-there',
  credentials: [['X-Api-Key', 'k']],
  hasOtherAddress: true,
  mayWait: true,
};

const refused: Outcome = { kind: 'answered', status: 403, headers: [], bodyExcerpt: 'Forbidden' };

const hostile: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constant(refused),
  fc.record({
    kind: fc.constant('answered' as const),
    status: fc.constantFrom(200, 204, 302, 400, 401, 403, 404, 405, 418, 429, 500, 503),
    headers: fc.array(
      fc.tuple(
        fc.constantFrom('Location', 'Retry-After', 'Set-Cookie', 'Content-Type'),
        fc.string(),
      ) as fc.Arbitrary<Pair>,
      { maxLength: 3 },
    ),
    bodyExcerpt: fc.oneof(fc.constant('Forbidden'), fc.string(), fc.constant('<input name=csrf value=1>'.repeat(100))),
  }),
  fc.record({ kind: fc.constant('failed' as const), reason: fc.constant('timeout' as const), message: fc.string() }),
);

/** Sends all that is asked for to a target that answers anything. */
function probe(request: RequestSpec, answers: readonly Outcome[], allows: boolean) {
  const probing = new DecisionWalk({ request, outcome: refused }, means);
  const sent: DueProbe[] = [];
  for (;;) {
    const turn = probing.turn();
    if (turn.kind === 'end') return { probing, sent, conclusion: turn.conclusion };
    if (turn.due.mayChange && !allows) probing.forbid(turn.due);
    else {
      sent.push(turn.due);
      probing.answer(turn.due, answers[sent.length - 1] ?? refused);
    }
    if (sent.length > 100) throw new Error('it never ends');
  }
}

const target = fc.record({
  request: randomRequest,
  answers: fc.array(hostile, { maxLength: 8 }),
  allows: fc.boolean(),
});

describe('whatever the request and the answers are', () => {
  test('six probes are sent at most, and none of them twice', () => {
    fc.assert(
      fc.property(target, ({ request, answers, allows }) => {
        const { sent } = probe(request, answers, allows);
        expect(sent.length).toBeLessThanOrEqual(mostProbes);
        const keys = sent.map(({ probe: { from, isLater }, request }) =>
          JSON.stringify([from, isLater, bytes(request)]),
        );
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  test('no content goes to the URL of the request again', () => {
    fc.assert(
      fc.property(target, ({ request, answers }) => {
        const original = encodeRequest(request);
        for (const { request: again } of probe(request, answers, true).sent) {
          const { target: place, body, method } = encodeRequest(again);
          if (place !== original.target || (method === 'GET' && body.length === 0)) continue;
          expect(Buffer.from(body).equals(original.body)).toBe(false);
        }
      }),
    );
  });

  test('no probe that may change something goes out where that is not allowed', () => {
    fc.assert(
      fc.property(target, ({ request, answers }) => {
        for (const { request: again, probe: by } of probe(request, answers, false).sent)
          expect(
            by.to === 'aside' ? again.method !== 'PUT' : ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(again.method),
          ).toBe(true);
      }),
    );
  });

  test('there is a conclusion, and what made no WAF is never proved to be of one', () => {
    fc.assert(
      fc.property(target, ({ request, answers, allows }) => {
        const { probing, conclusion } = probe(request, answers, allows);
        const told = {
          layer: 'unknown',
          cause: 'unknown',
          confidence: 'none',
          evidence: [],
          alternatives: [],
        } as const;
        const baseline = { request, outcome: refused };
        const { answered } = probing;
        const found = conclude(told, {
          baseline,
          origin: means.origin,
          conclusion,
          answered,
          credentials: [],
          show: () => '',
        });
        expect(found.cause === 'waf-rule' && found.confidence === 'proved').toBe(false);
      }),
    );
  });
});

test('each probe can be made of some request', () => {
  const request: RequestSpec = {
    method: 'POST',
    path: '/files/.env?file=../../etc/passwd',
    query: [],
    headers: [
      ['User-Agent', '<b>'],
      ['Referer', 'http://evil.example/?q=<b>'],
      ['Origin', 'http://evil.example'],
      ['Authorization', 'Bearer user'],
      ['Content-Type', 'application/x-www-form-urlencoded'],
      ['Host', 'else.example'],
      ['X-Odd', '1'],
    ],
    cookies: [['pref', "1' OR 1"]],
    body: { kind: 'form', fields: [['a', '<b>'.repeat(2000)]] },
    omittedHeaders: [],
  };
  expect(probeIds.filter((id) => dueProbe(id, request, means) === undefined)).toEqual([]);
});

function bytes(request: RequestSpec): unknown {
  const { method, target: place, headers, body } = encodeRequest(request);
  return [method, place, headers, Buffer.from(body).toString('base64')];
}
