import type { Engine, Evaluation } from '../../contract/engine.js';
import type { CaseClient } from '../../model/case.js';
import { fail } from '../../model/error.js';
import type { EvidenceResult, Variable } from '../../model/evidence.js';
import type { EngineOptions } from '../../model/options.js';
import type { Fact, WafInfo } from '../../model/report.js';
import type { WireRequest } from '../../model/request.js';
import { readText } from '../../util/read-file.js';
import type { AclSource, Front } from './acl/web-acl.js';
import { evidenceOf, statusOf } from './decision-evidence.js';
import { compileAcl, type EvaluateAcl } from './evaluate/compile-acl.js';
import { factsOfWire } from './evaluate/wire-facts.js';
import { findManagedGroup } from './managed/managed-groups.js';
import { rulePlaces } from './rule-places.js';
import { readAclFiles } from './source/read-acl-files.js';

/** A state of Terraform's with a web ACL in it may be large. */
const maxFileBytes = 200_000_000;

/** What `front` may name. */
const fronts: readonly Front[] = [
  'alb',
  'cloudfront',
  'api-gateway',
  'appsync',
  'cognito',
  'app-runner',
  'verified-access',
];

/**
 * A web ACL evaluated in this process, as far as AWS documents how it evaluates. Nothing is sent.
 * @throws WafproofError `ACL_NONE`, `ACL_FRONT_UNKNOWN`, and all that can be wrong with the files
 */
export async function startAclEngine({ acl = [], front }: EngineOptions): Promise<Engine> {
  if (acl.length === 0) throw fail('ACL_NONE', {});
  const source = await readAclFiles(acl, (file) => readText(file, maxFileBytes));
  const before = frontOf(front, source);
  const ask = { evaluate: compileAcl(source, findManagedGroup), places: rulePlaces(source), front: before };
  return {
    info: infoOf(source, before),
    workers: 1,
    evaluate: async (request, id, client) => evaluation(ask, { request, id, client }),
    close: async () => {},
  };
}

function frontOf(wanted: string | undefined, { acl }: AclSource): Front {
  if (wanted === undefined) return acl.scope === 'CLOUDFRONT' ? 'cloudfront' : 'alb';
  const front = fronts.find((one) => one === wanted);
  if (front === undefined) throw fail('ACL_FRONT_UNKNOWN', { name: wanted, known: fronts });
  return front;
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

function infoOf({ acl, format }: AclSource, front: Front): WafInfo {
  return {
    kind: 'aws',
    version: 'AWS WAF, evaluated offline',
    ruleset: acl.name === '' ? format : acl.name,
    mode: 'block',
    facts: [{ label: 'Front', value: front }, ...rateFacts(acl.rules)],
  };
}

/** Rates depend on what was sent before: every request is taken to be below them. */
function rateFacts(rules: AclSource['acl']['rules']): readonly Fact[] {
  const rates = rules.filter(({ statement }) => statement.kind === 'rate').map(({ name }) => name);
  return rates.length === 0 ? [] : [{ label: 'Not evaluated', value: `rate rules: ${rates.join(', ')}` }];
}
