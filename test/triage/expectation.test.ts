import { describe, expect, test } from 'vitest';
import { type Expectation, type Intent, type VerdictKind, verdictKinds } from '../../src/model/case.js';
import type { Verdict } from '../../src/model/verdict.js';
import { isAsExpected } from '../../src/triage/expectation.js';

const verdicts: { readonly [K in VerdictKind]: Verdict } = {
  'let-through': { kind: 'let-through', nearMiss: true },
  'false-positive': { kind: 'false-positive', detectedOnly: true },
  'attack-blocked': { kind: 'attack-blocked', detectedOnly: true },
  'attack-missed': { kind: 'attack-missed', nearMiss: false },
  'denied-elsewhere': { kind: 'denied-elsewhere', layer: 'egress-proxy', cause: 'ip-denied', because: 'b' },
  'unattributed-block': { kind: 'unattributed-block', reason: 'r' },
  inconclusive: { kind: 'inconclusive', reason: 'r' },
};

/** The verdicts that count as right. */
function rightOnes(intent: Intent, expected: Expectation, status?: number): readonly VerdictKind[] {
  return verdictKinds.filter((kind) => isAsExpected(intent, expected, { verdict: verdicts[kind], status }));
}

describe('a case without expectations of its own', () => {
  test('is right as its intent says', () => {
    expect(rightOnes('legitimate', {})).toEqual(['let-through']);
    expect(rightOnes('attack', {})).toEqual(['attack-blocked']);
  });

  test('is right whatever status it was answered with', () => {
    expect(rightOnes('legitimate', {}, 404)).toEqual(['let-through']);
    expect(rightOnes('attack', {}, 403)).toEqual(['attack-blocked']);
  });
});

describe('an expected verdict', () => {
  test.each(verdictKinds)('wins over the intent: %s', (verdict) => {
    expect(rightOnes('legitimate', { verdict })).toEqual([verdict]);
    expect(rightOnes('attack', { verdict })).toEqual([verdict]);
  });
});

describe('an expected status', () => {
  test('is required beside the verdict', () => {
    expect(rightOnes('legitimate', { status: 201, verdict: 'let-through' }, 201)).toEqual(['let-through']);
    expect(rightOnes('legitimate', { status: 201 }, 200)).toEqual([]);
    expect(rightOnes('legitimate', { status: 401, verdict: 'denied-elsewhere' }, 401)).toEqual(['denied-elsewhere']);
    expect(rightOnes('legitimate', { status: 401, verdict: 'denied-elsewhere' }, 403)).toEqual([]);
  });

  test('may be a refusal by the application, which is no refusal by the WAF', () => {
    expect(rightOnes('legitimate', { status: 403 }, 403)).toEqual(['let-through', 'denied-elsewhere']);
    expect(rightOnes('legitimate', { status: 403 }, 401)).toEqual([]);
    expect(rightOnes('legitimate', { status: 403, verdict: 'let-through' }, 403)).toEqual(['let-through']);
    expect(rightOnes('attack', { status: 403 }, 403)).toEqual(['attack-blocked']);
    expect(rightOnes('legitimate', { status: 403 })).toEqual(['let-through']);
  });

  test('is not looked at where no application answered', () => {
    expect(rightOnes('legitimate', { status: 201 })).toEqual(['let-through']);
  });
});
