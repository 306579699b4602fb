import type { Engine, Evaluation } from '../../contract/engine.js';
import type { CaseClient } from '../../model/case.js';
import type { EvidenceResult, Variable } from '../../model/evidence.js';
import type { EngineOptions } from '../../model/options.js';
import type { Fact, WafInfo } from '../../model/report.js';
import type { WireRequest } from '../../model/request.js';
import type { AclSource, Front } from './acl/web-acl.js';
import { evidenceOf, statusOf } from './decision-evidence.js';
import { compileAcl, type EvaluateAcl } from './evaluate/compile-acl.js';
import { factsOfWire } from './evaluate/wire-facts.js';
import { warningsOf } from './lint/warnings-of.js';
import { findManagedGroup } from './managed/managed-groups.js';
import { type OpenedAcl, openAcl } from './open-acl.js';
import { rulePlaces } from './rule-places.js';

/**
 * A web ACL evaluated in this process, as far as AWS documents how it evaluates. Nothing is sent.
 * @throws WafproofError `ACL_NONE`, `ACL_FRONT_UNKNOWN`, and all that can be wrong with the files
 */
export async function startAclEngine(options: EngineOptions): Promise<Engine> {
  const { source, front } = await openAcl(options);
  const ask = { evaluate: compileAcl(source, findManagedGroup), places: rulePlaces(source), front };
  return {
    info: infoOf({ source, front }),
    workers: 1,
    evaluate: async (request, id, client) => evaluation(ask, { request, id, client }),
    close: async () => {},
  };
}

interface Evaluator {
  readonly evaluate: EvaluateAcl;
  readonly places: ReadonlyMap<string, Variable>;
  readonly front: Front;
}

interface Asked {
  readonly request: WireRequest;
  readonly id: string;
  readonly client: CaseClient | undefined;
}

function evaluation({ evaluate, places, front }: Evaluator, { request, id, client }: Asked): Evaluation {
  const began = performance.now();
  const decision = evaluate(factsOfWire(request, { correlationId: id, front, client }));
  const evidence: EvidenceResult = evidenceOf(decision, places);
  const outcome = { kind: 'answered', status: statusOf(decision.belowRates), headers: [], bodyExcerpt: '' } as const;
  return { exchange: { correlationId: id, outcome, durationMs: performance.now() - began }, evidence };
}

function infoOf(opened: OpenedAcl): WafInfo {
  const { acl, format } = opened.source;
  const warnings = warningsOf(opened);
  return {
    kind: 'aws',
    version: 'AWS WAF, evaluated offline',
    ruleset: acl.name === '' ? format : acl.name,
    mode: 'block',
    facts: [{ label: 'Front', value: opened.front }, ...rateFacts(acl.rules)],
    ...(warnings.length > 0 && { warnings }),
  };
}

/** Rates depend on what was sent before: every request is taken to be below them. */
function rateFacts(rules: AclSource['acl']['rules']): readonly Fact[] {
  const rates = rules.filter(({ statement }) => statement.kind === 'rate').map(({ name }) => name);
  return rates.length === 0 ? [] : [{ label: 'Not evaluated', value: `rate rules: ${rates.join(', ')}` }];
}
