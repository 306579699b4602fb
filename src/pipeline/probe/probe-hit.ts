import type { FieldNames } from '../../contract/field-names.js';
import type { Found } from '../../minimize/find-smallest.js';
import type { RequestPart } from '../../minimize/minimize-request.js';
import type { FieldPath } from '../../model/field.js';
import type { Minimal } from '../../model/minimal.js';
import type { RequestSpec } from '../../model/request.js';
import { describePart, type HitInRequest, partKey, requestOf, searchRequest } from '../tune/request-search.js';
import { type FoundPlace, findProbePlace, type PlaceRules } from './find-place.js';
import { type OpenFields, openFields } from './open-fields.js';
import { isRefusedBy } from './read-probe.js';
import type { TargetProbe } from './target-probe.js';

/** A hit, and with which status its request was refused. */
export interface ProbedHit extends HitInRequest {
  readonly status: number | undefined;
}

/** How a hit is probed. */
export interface HitProbing extends PlaceRules {
  readonly target: TargetProbe;
  readonly names: FieldNames;
  /** Probes at most. */
  readonly most: number;
}

/** What came of the probes of a hit. */
export type Probed =
  | {
      readonly kind: 'minimal';
      readonly minimal: Minimal;
      /** The field in which it stands: alone it suffices, and without it the rest is let through. */
      readonly field?: FieldPath;
      /** The same request where it was probed. */
      readonly asSent: RequestSpec;
    }
  | { readonly kind: 'none'; readonly reason: string };

type Place = Extract<FoundPlace, { kind: 'found' }>;

/** Kept for the field and the log. */
const reserve = 2;
/** After so many refusals in a row the request without its fields is sent: a limit refuses that too. */
const inARow = 8;

/** The smallest part of a request that the target still refuses, by the answers alone. */
export async function probeHit(hit: ProbedHit, probing: HitProbing): Promise<Probed> {
  const { target, names, most } = probing;
  const before = target.sent;
  const open = openFields(hit, names);
  if (open.suspected.length === 0) return none('it has no field that could be shortened');
  const { taken } = open;
  const place = await findProbePlace({ ...hit, bare: taken.keep([]), ruleId: hit.hit.ruleId }, target, probing);
  if (place.kind === 'none') return place;
  const asking = new Asking(hit, place, target);
  const left = most - (target.sent - before) - reserve;
  const found = await search(hit, open, asking, Math.floor((left * inARow) / (inARow + 1)));
  if (found.kind === 'given-up') return none(await whyGivenUp(found, asking, taken.keep([])));
  const minimal = describePart(found.smallest, hit.hit, taken, names);
  if (minimal === undefined) return none('it takes several fields, and the value of none matters');
  const field = (await asking.isCertain(found.smallest, open)) ? minimal.field : undefined;
  const probes = target.sent - before;
  return {
    kind: 'minimal',
    minimal: { ...minimal, probes, ...(!found.isComplete && { isIncomplete: true }) },
    ...(field !== undefined && { field }),
    asSent: { ...minimal.request, path: place.path },
  };
}

function search(hit: ProbedHit, { taken, suspected }: OpenFields, asking: Asking, maxProbes: number) {
  const all = taken.fields.map((_field, index) => index);
  const known = new Map([
    [partKey({ kept: all }, taken.fields), true],
    [partKey({ kept: [] }, taken.fields), false],
  ]);
  const oracle = (part: RequestPart) => asking.isRefused(requestOf(part, taken), taken.keep([]));
  return searchRequest({ taken, suspected, matched: () => hit.hit.matched }, { oracle, known, maxProbes });
}

async function whyGivenUp(
  { reason }: Extract<Found<RequestPart>, { kind: 'given-up' }>,
  asking: Asking,
  bare: RequestSpec,
) {
  const { stopped } = asking.target;
  if (stopped !== undefined) return stopped;
  if (reason === 'not-reproduced') return 'the probes did not suffice';
  await asking.meetsLimit(bare);
  return asking.target.stopped ?? 'the answers contradict one another';
}

/** Whether requests are refused at a place. */
class Asking {
  readonly target: TargetProbe;
  readonly #hit: ProbedHit;
  readonly #place: Place;
  #row = 0;

  constructor(hit: ProbedHit, place: Place, target: TargetProbe) {
    this.#hit = hit;
    this.#place = place;
    this.target = target;
  }

  /** @returns nothing where no more may be sent */
  async isRefused(request: RequestSpec, bare: RequestSpec): Promise<boolean | undefined> {
    const refused = await this.#ask(request);
    this.#row = refused === true ? this.#row + 1 : 0;
    if (this.#row < inARow) return refused;
    this.#row = 0;
    return (await this.meetsLimit(bare)) ? undefined : refused;
  }

  /** Whether what was let through before is refused now, which ends all probing. */
  async meetsLimit(bare: RequestSpec): Promise<boolean> {
    if ((await this.#ask(bare)) === true)
      this.target.stop('what was let through at first is refused now, as it is where a rule counts requests');
    return this.target.stopped !== undefined;
  }

  /** Whether one field is what is refused: it was refused alone, and the others are let through without it. */
  async isCertain({ kept, shortened }: RequestPart, { taken }: OpenFields): Promise<boolean> {
    const [only, ...more] = kept;
    if (only === undefined || more.length > 0 || shortened?.field !== only) return false;
    const others = taken.fields.flatMap((_field, index) => (index === only ? [] : [index]));
    return others.length === 0 || (await this.#ask(taken.keep(others))) === false;
  }

  async #ask(request: RequestSpec): Promise<boolean | undefined> {
    const { path, known } = this.#place;
    const probe = await this.target.ask({ ...request, path });
    return probe && isRefusedBy(probe, known, this.#hit.hit.ruleId);
  }
}

function none(reason: string): Probed {
  return { kind: 'none', reason };
}
