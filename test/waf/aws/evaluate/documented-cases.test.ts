import { describe, expect, test } from 'vitest';
import type { AclAnswer } from '../../../../src/waf/aws/evaluate/decision.js';
import {
  decisionOf,
  type EvaluatorCase,
  type ExpectedDecision,
  evaluatorCases,
  isStatementCase,
  outcomeOf,
} from './evaluator-case.js';

const [statements, acls] = [true, false].map((wanted) =>
  evaluatorCases.filter((one) => isStatementCase(one) === wanted),
);

describe('what the documentation of AWS says of a statement is what comes of it', () => {
  test.each(statements ?? [])('$id', async (one) => {
    const outcome = await outcomeOf(one);
    expect([...(one.accept ?? []), ...lenient(one), one.expect]).toContain(outcome);
  });
});

describe('what the documentation of AWS says of a web ACL is what comes of it', () => {
  test.each(acls ?? [])('$id', async (one) => {
    const { expect: expected, accept = [] } = one;
    if (typeof expected === 'string') throw new Error(`${one.id} expects the outcome of a statement`);
    const decision = await decisionOf(one);
    const action = decision.action?.toUpperCase() ?? 'unknown';
    expect([...accept, expected.action]).toContain(action);
    if (action !== 'unknown' && accept.length === 0) expect(told(decision, expected)).toMatchObject(expected);
  });
});

/** As the case tells it; a warning is the lint's. */
function told({ rule, counted, labels, insertedHeaders, action }: AclAnswer, { warning, status }: ExpectedDecision) {
  return {
    action: action?.toUpperCase(),
    terminatingRule: rule ?? null,
    ruleUnknown: rule === undefined,
    countMatches: counted,
    labels,
    insertedHeaders,
    warning,
    status,
  };
}

/** Of what AWS says little, it is right not to decide. */
function lenient({ confidence }: EvaluatorCase): readonly string[] {
  return confidence === 'low' ? ['unknown'] : [];
}
