import type { Answer, Bench } from '../../../contract/prover.js';
import type { RuleHit, RuleId, Variable } from '../../../model/evidence.js';
import type { Exclusion } from '../../../model/exclusion.js';
import { encodeRequest } from '../../../request/encode-request.js';
import type { AclSource, Front } from '../acl/web-acl.js';
import { planChanges } from '../changes/plan-changes.js';
import { evidenceOf } from '../decision-evidence.js';
import { compileAcl } from '../evaluate/compile-acl.js';
import type { AclAnswer } from '../evaluate/decision.js';
import { factsOfWire } from '../evaluate/wire-facts.js';
import { findManagedGroup } from '../managed/managed-groups.js';
import { rulePlaces } from '../rule-places.js';
import type { SeenIn } from './seen.js';

/** What evaluates a web ACL needs to know beside the ACL. */
export interface BenchMeans {
  readonly source: AclSource;
  readonly front: Front;
  readonly seen: SeenIn;
}

/** A web ACL with exclusions in force, evaluated in process: what it refuses and by which rule, as far as that is known. */
export function openBench(exclusions: readonly Exclusion[], { source, front, seen }: BenchMeans): Bench {
  const { acl, changes } = planChanges(source.acl, exclusions);
  const evaluate = compileAcl({ acl, resources: source.resources }, findManagedGroup);
  const places = rulePlaces({ acl, resources: source.resources });
  const madeFor = new Map<RuleId, RuleId>(
    changes.flatMap((change) => {
      const id =
        change.kind === 'add' ? exclusions.find((one) => change.exclusions.includes(one.id))?.ruleIds[0] : undefined;
      return id === undefined ? [] : [[change.rule.name, id] as const];
    }),
  );
  return {
    async evaluate(request) {
      const known = seen(request);
      const facts = factsOfWire(encodeRequest(request), { correlationId: '', front });
      const answer = evaluate(facts, known && { observed: known.observed });
      return answerOf(answer, { madeFor, places, seen: known?.hits ?? [] });
    },
    async close() {},
  };
}

/** Rates depend on the traffic: what is asked is what comes of the request by itself. */
function answerOf(answer: AclAnswer, { madeFor, places, seen }: Naming): Answer {
  const result = evidenceOf(answer, places);
  if (result.kind !== 'found') return { outcome: 'undecided', hits: [], reason: result.reason };
  const { action, hits } = result.evidence;
  if (action === 'passed') return { outcome: 'passed', hits: [] };
  const { rule } = answer.belowRates;
  return {
    outcome: 'blocked',
    hits: hits.filter(({ ruleId }) => ruleId === rule).map((hit) => named(hit, madeFor, seen)),
  };
}

/** What is needed to name the rule that refuses. */
interface Naming {
  /** Rules that block again, and the rule that each of them stands for. */
  readonly madeFor: ReadonlyMap<RuleId, RuleId>;
  readonly places: ReadonlyMap<string, Variable>;
  /** Where rules were seen to match. */
  readonly seen: readonly RuleHit[];
}

function named(hit: RuleHit, madeFor: Naming['madeFor'], seen: readonly RuleHit[]): RuleHit {
  const ruleId = madeFor.get(hit.ruleId) ?? hit.ruleId;
  const known = seen.find((one) => one.ruleId === ruleId);
  if (known === undefined) return { ...hit, ruleId };
  const { counted: _before, ...own } = known;
  return own;
}
