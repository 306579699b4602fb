import { actsOn, needs } from '../exclude/acts-on.js';
import type { Exclusion, ExclusionOutcome, RefusedExclusion } from '../model/exclusion.js';
import type { CaseResult } from '../model/report.js';

/** What a server made of the cases: each as it came out without exclusions, and how they come out with them. */
export interface SeenOnServer {
  readonly before: readonly CaseResult[];
  readonly outcome: ExclusionOutcome;
}

/** Exclusions that a server has shown to be good for something, and those that none has. */
export interface Confirmed {
  readonly exclusions: readonly Exclusion[];
  readonly refused: readonly RefusedExclusion[];
}

/**
 * Exclusions that clear a case on one of the servers. One that only serves cases that stay blocked there, or that no
 * server blocks, would open something for nothing.
 * @param blocked the cases with the hits that they have on the engine where the exclusions were searched: a server that
 * refuses a request early has not all of them
 */
export function confirm(
  exclusions: readonly Exclusion[],
  blocked: readonly CaseResult[],
  servers: readonly SeenOnServer[],
): Confirmed {
  const seen = [...blocked, ...servers.flatMap(({ before }) => before)];
  const cleared = new Set(servers.flatMap(({ outcome }) => outcome.cleared));
  const isConfirmed = (exclusion: Exclusion) => {
    const needing = seen.filter((one) => needs(one, exclusion));
    const served = needing.length > 0 ? needing : seen.filter(({ request }) => actsOn(exclusion, request));
    return served.some(({ id }) => cleared.has(id));
  };
  const reasonFor = (exclusion: Exclusion) =>
    whyNot(new Set(seen.filter((one) => needs(one, exclusion)).map(({ id }) => id)), servers);
  return {
    exclusions: exclusions.filter(isConfirmed),
    refused: exclusions
      .filter((one) => !isConfirmed(one))
      .map((exclusion) => ({ exclusion, reason: reasonFor(exclusion) })),
  };
}

function whyNot(ids: ReadonlySet<string>, servers: readonly SeenOnServer[]): string {
  const blocking = servers.filter(({ outcome }) => outcome.stillBlocked.some((id) => ids.has(id)));
  const names = (blocking.length > 0 ? blocking : servers).map(({ outcome }) => outcome.engine).join(' and ');
  return blocking.length > 0 ? `its cases stay blocked on ${names}` : `nothing that it is for is blocked on ${names}`;
}
