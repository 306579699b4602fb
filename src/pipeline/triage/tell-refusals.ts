import type { CaseResult } from '../../model/report.js';
import type { Triage } from '../../model/triage.js';
import { type EndpointOf, recogniseEndpoints } from '../../request/endpoints.js';
import { isAsExpected } from '../../triage/expectation.js';
import { SiblingIndex } from '../../triage/siblings/sibling-index.js';
import { withSiblings } from '../../triage/siblings/with-siblings.js';
import { verdictWith } from '../../triage/triage-of-refusal.js';

/** Refusals of one kind at one endpoint. */
export type RefusalKey = string;

/** What all cases of a run tell of those that were refused. Results are gone through, and not kept. */
export class Refusals {
  readonly #results: Iterable<CaseResult>;
  readonly #endpointOf: EndpointOf | undefined;
  readonly #siblings: SiblingIndex | undefined;
  readonly #cases = new Map<RefusalKey, number>();

  constructor(results: Iterable<CaseResult>) {
    this.#results = results;
    this.#endpointOf = endpointsOf(results);
    if (this.#endpointOf === undefined) return;
    this.#siblings = new SiblingIndex(this.#endpointOf);
    for (const result of results) this.#count(result);
  }

  /** One key for all that may be refused for one reason: the endpoint, the status, and what is known of who it was. */
  keyOf({ request, status, triage }: CaseResult): RefusalKey {
    const { method, path } = this.#endpointOf?.(request) ?? request;
    return JSON.stringify([method, path, status, triage?.layer, triage?.cause, triage?.system]);
  }

  /** How many cases have a key. */
  casesOf(key: RefusalKey): number {
    return this.#cases.get(key) ?? 0;
  }

  /** Results in which each refusal knows what the others, and what was asked of its endpoint, tell of it. */
  told(asked: ReadonlyMap<RefusalKey, Triage> = new Map()): Iterable<CaseResult> {
    const siblings = this.#siblings;
    if (siblings === undefined) return this.#results;
    return { [Symbol.iterator]: () => mapped(this.#results, (result) => this.#tell(result, siblings, asked)) };
  }

  #count(result: CaseResult): void {
    this.#siblings?.add(result);
    if (result.triage === undefined) return;
    const key = this.keyOf(result);
    this.#cases.set(key, this.casesOf(key) + 1);
  }

  #tell(result: CaseResult, siblings: SiblingIndex, asked: ReadonlyMap<RefusalKey, Triage>): CaseResult {
    if (result.triage === undefined) return result;
    const known = asked.get(this.keyOf(result)) ?? result.triage;
    const triage = withSiblings(known, result, siblings.of(result));
    return triage === result.triage ? result : withTriage(result, triage);
  }
}

function* mapped(
  results: Iterable<CaseResult>,
  tell: (result: CaseResult) => CaseResult,
): Generator<CaseResult, void, undefined> {
  for (const result of results) yield tell(result);
}

/** A result of which more is known than its verdict says. */
function withTriage(result: CaseResult, triage: Triage): CaseResult {
  const { intent, expect = {}, status } = result;
  const verdict = verdictWith(result.verdict, triage);
  const isAnother = verdict.kind !== result.verdict.kind;
  const asExpected = isAnother ? isAsExpected(intent, expect, { verdict, status }) : result.asExpected;
  return { ...result, triage, verdict, asExpected };
}

/** By the distinct requests; nothing where none was refused. */
function endpointsOf(results: Iterable<CaseResult>): EndpointOf | undefined {
  const requests = new Map<string, Pick<CaseResult['request'], 'method' | 'path'>>();
  const said = new Set<string>();
  let isAny = false;
  for (const { request, triage, endpoint } of results) {
    if (triage !== undefined) isAny = true;
    if (endpoint !== undefined) said.add(endpoint);
    const { method, path } = request;
    if (!requests.has(`${method} ${path}`)) requests.set(`${method} ${path}`, { method, path });
  }
  return isAny ? recogniseEndpoints([...requests.values()], [...said]) : undefined;
}
