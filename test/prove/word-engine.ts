import type { Answer, Bench, RuleKnowledge } from '../../src/contract/prover.js';
import { actsOn } from '../../src/exclude/acts-on.js';
import { hides } from '../../src/exclude/hides.js';
import type { RuleHit, RuleId } from '../../src/model/evidence.js';
import type { Exclusion } from '../../src/model/exclusion.js';
import type { FieldPath } from '../../src/model/field.js';
import type { CaseResult } from '../../src/model/report.js';
import type { Pair, RequestSpec } from '../../src/model/request.js';
import { requestFields } from '../../src/request/request-fields.js';
import type { Removal } from '../exclude/exclusions.js';

/** A rule that fires on each field in which its word stands. */
export interface WordRule {
  readonly id: RuleId;
  readonly word: string;
}

/** How an engine understands an exclusion: whether it takes a hit away. A faulty engine has another reading. */
export type Reading = (exclusion: Exclusion, hit: RuleHit, request: RequestSpec) => boolean;

/** What an exclusion says. */
export const asWritten: Reading = (exclusion, hit, request) =>
  actsOn(exclusion, request) && exclusion.ruleIds.includes(hit.ruleId) && hides(exclusion, hit);

/**
 * An engine that is a function: it blocks where a rule fires.
 * @param unsure where this word stands and no rule fires, it cannot decide
 */
export function wordEngine(
  rules: readonly WordRule[],
  exclusions: readonly Exclusion[] = [],
  takesAway: Reading = asWritten,
  unsure = 'perhaps',
): Bench {
  return {
    async evaluate(request): Promise<Answer> {
      const hits = firing(request, rules).filter((hit) => !exclusions.some((one) => takesAway(one, hit, request)));
      const values = requestFields(request).fields.map(({ value }) => value);
      if (hits.length > 0) return { outcome: 'blocked', hits };
      const isUndecided = values.some((value) => value.includes(unsure));
      return isUndecided ? { outcome: 'undecided', hits, reason: `it says ${unsure}` } : { outcome: 'passed', hits };
    },
    async close() {},
  };
}

function firing(request: RequestSpec, rules: readonly WordRule[]): readonly RuleHit[] {
  return requestFields(request).fields.flatMap(({ field, value }) =>
    rules.filter(({ word }) => value.includes(word)).map(({ id }) => hit(id, field)),
  );
}

function hit(ruleId: RuleId, field: FieldPath, scoring = 1): RuleHit {
  const variable = { collection: field.kind, ...('name' in field && field.name !== undefined && { key: field.name }) };
  return { ruleId, message: '', tags: [], variable, field, variableSource: 'logged', scoring };
}

/** One hit blocks. A margin is how many hits fewer than one more there must be. */
export const wordRules: RuleKnowledge = {
  outcomeOf: (hits, margin = 1) => (hits.length <= 1 - margin ? 'passed' : 'blocked'),
  refusesAlone: () => false,
  placeKind: (_request, { kind }) => kind,
};

export function post(path: string, fields: readonly Pair[], method = 'POST'): RequestSpec {
  return { method, path, query: [], headers: [], cookies: [], body: { kind: 'form', fields }, omittedHeaders: [] };
}

export function form(name: string): FieldPath {
  return { kind: 'form', name };
}

/** A legitimate case as an engine without exclusions judges it. */
export async function judged(id: string, request: RequestSpec, rules: readonly WordRule[]): Promise<CaseResult> {
  const { outcome, hits, reason = '' } = await wordEngine(rules).evaluate(request);
  const verdicts = {
    blocked: { kind: 'false-positive', detectedOnly: false },
    passed: { kind: 'let-through', nearMiss: false },
    undecided: { kind: 'inconclusive', reason },
  } as const;
  const nothing = { suite: '', tags: [], correlationId: '', durationMs: 0, asExpected: true };
  return { id, intent: 'legitimate', at: { file: id }, request, hits, verdict: verdicts[outcome], ...nothing };
}

/** An exclusion of a form field at `POST /a`. */
export function removal(field: string, ruleIds: readonly RuleId[], more: Partial<Removal> = {}): Removal {
  const scope = { method: 'POST', path: '/a' };
  const variable = { collection: 'form', key: field };
  const own = { id: `${field} ${ruleIds.join()}`, findings: [], effect: 'remove-target', variable, scope } as const;
  return { ...own, field: form(field), ruleIds, ...more };
}
