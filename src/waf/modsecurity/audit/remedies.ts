import type { Dialect } from '../../../contract/dialect.js';
import { actsOn } from '../../../exclude/acts-on.js';
import { mergeExclusions } from '../../../exclude/merge-exclusions.js';
import type { Exclusion } from '../../../model/exclusion.js';
import { evaluateAll } from '../../../prove/evaluate-all.js';
import type { ExclusionUnit } from '../exclusion-files/unit.js';
import { trialRules } from '../prover/trial-rules.js';
import type { AuditSubject } from './audit-subject.js';
import type { Weighed } from './idle.js';
import type { Losses } from './leave-out.js';
import { type Narrower, narrowerThan } from './narrower.js';
import { lossesOf, observeCases } from './replays.js';
import { configurationOf, searchNarrowest } from './search-narrowest.js';
import type { BlockedCase } from './still-blocked.js';

/** A narrower exclusion that was proved. */
export interface Replacement {
  readonly configuration: string;
  /** In what the user's one is wider. */
  readonly reason: string;
}

/** What could take the place of the user's exclusions, and what is missing beside them; all of it proved. */
export interface Remedies {
  readonly replacements: ReadonlyMap<ExclusionUnit, Replacement>;
  /** Configuration with which cases pass that are blocked; nothing where it is not known for all of them. */
  missing(ids: readonly string[]): string | undefined;
}

/** Searches the narrowest exclusions for the cases, and puts them to the test in the place of wider ones. */
export async function findRemedies(
  { losses, idle }: Weighed,
  blocked: readonly BlockedCase[],
  dialect: Dialect,
  audit: AuditSubject,
): Promise<Remedies> {
  const asked = new Set([...[...losses.values()].flatMap((lost) => [...lost.keys()]), ...blocked.map(({ id }) => id)]);
  const cases = audit.replays.cases.filter(({ id, hits }) => asked.has(id) && hits.length > 0);
  const narrowest = await searchNarrowest(cases, dialect, audit);
  const { firstId } = audit.engines.prover;
  const proof = { firstId, idle: [...idle.keys()] };
  const narrower = await proveNarrower(findNarrower(losses, narrowest, audit), proof, audit);
  const missing = await proveMissing(blocked, narrowest, firstId, audit);
  return {
    replacements: new Map(
      [...narrower].map(([unit, { exclusions, reason }]) => [
        unit,
        { configuration: configurationOf(exclusions, dialect), reason },
      ]),
    ),
    missing(ids) {
      const known = ids.flatMap((id) => missing.get(id) ?? []);
      return ids.length > 0 && ids.every((id) => missing.has(id)) ? configurationOf(known, dialect) : undefined;
    },
  };
}

/** Exclusions of the user's with narrower ones, the most promising first. */
type Candidates = ReadonlyMap<ExclusionUnit, readonly Narrower[]>;

function findNarrower(
  losses: ReadonlyMap<ExclusionUnit, Losses>,
  narrowest: readonly Exclusion[],
  audit: AuditSubject,
): Candidates {
  const found = [...losses].map(([unit, lost]) => {
    const narrower = lost.size === 0 ? [] : narrowerThan(unit, lost, narrowest, audit);
    return [unit, narrower] as const;
  });
  return new Map(found.filter(([, narrower]) => narrower.length > 0));
}

/** What narrower exclusions are put to the test with. */
interface Proof {
  readonly firstId: number;
  /** What is left out as well, so that nothing else can do their work. */
  readonly idle: readonly ExclusionUnit[];
}

/** Those with which no case is worse off than with the user's; all are tried at once first, then each by itself. */
async function proveNarrower(
  candidates: Candidates,
  proof: Proof,
  audit: AuditSubject,
): Promise<ReadonlyMap<ExclusionUnit, Narrower>> {
  if (candidates.size === 0) return new Map();
  audit.progress.stage(`proving ${candidates.size} narrower exclusions`, candidates.size);
  const first = new Map(
    [...candidates].flatMap(([unit, [best]]) => (best === undefined ? [] : [[unit, best] as const])),
  );
  if (await holds(first, proof, audit)) return first;
  const proved = await evaluateAll(
    [...candidates],
    async ([unit, narrower]) => {
      const good = await firstThatHolds(unit, narrower, proof, audit);
      return good === undefined ? [] : [[unit, good] as const];
    },
    audit.progress.step,
  );
  return new Map(proved.flat());
}

async function firstThatHolds(
  unit: ExclusionUnit,
  narrower: readonly Narrower[],
  proof: Proof,
  audit: AuditSubject,
): Promise<Narrower | undefined> {
  for (const one of narrower) if (await holds(new Map([[unit, one]]), proof, audit)) return one;
  return undefined;
}

async function holds(
  candidates: ReadonlyMap<ExclusionUnit, Narrower>,
  { firstId, idle }: Proof,
  { engines, acting, replays: { asIs, changed } }: AuditSubject,
): Promise<boolean> {
  const units = [...candidates.keys()];
  const concerned = changed.filter(({ request }) => units.some((unit) => acting.mayActOn(unit, request)));
  const exclusions = mergeExclusions([...candidates.values()].flatMap((one) => one.exclusions));
  const losses = await engines.ask(
    new Set([...units, ...idle]),
    async (bench) => lossesOf(asIs, await observeCases(concerned, bench)),
    trialRules(exclusions, firstId),
  );
  return losses.size === 0;
}

/** By the id of each case that passes when it is excluded beside what the files exclude. */
async function proveMissing(
  blocked: readonly BlockedCase[],
  narrowest: readonly Exclusion[],
  firstId: number,
  audit: AuditSubject,
): Promise<ReadonlyMap<string, readonly Exclusion[]>> {
  const missing = new Map(blocked.map((one) => [one.id, missingFor(one, narrowest)]));
  const all = mergeExclusions([...missing.values()].flat());
  if (all.length === 0) return new Map();
  const ids = new Set(blocked.map(({ id }) => id));
  const cases = audit.replays.cases.filter(({ id }) => ids.has(id));
  const after = await audit.engines.ask(new Set(), (bench) => observeCases(cases, bench), trialRules(all, firstId));
  return new Map([...missing].filter(([id]) => after.get(id)?.isBlocked === false));
}

function missingFor({ request, hits }: BlockedCase, narrowest: readonly Exclusion[]): readonly Exclusion[] {
  const firing = new Set(hits.map(({ ruleId }) => ruleId));
  return narrowest.flatMap((exclusion) => {
    const ruleIds = exclusion.ruleIds.filter((id) => firing.has(id));
    return ruleIds.length === 0 || !actsOn(exclusion, request) ? [] : [{ ...exclusion, ruleIds }];
  });
}
