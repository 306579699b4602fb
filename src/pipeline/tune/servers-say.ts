import type { ExclusionOutcome, Verification } from '../../model/exclusion.js';
import type { RunReport } from '../../model/report.js';

/** Ids of the false positives of a report. */
export function falsePositivesOf({ results }: Pick<RunReport, 'results'>): readonly string[] {
  return results.filter(({ verdict }) => verdict.kind === 'false-positive').map(({ id }) => id);
}

/**
 * A verification whose outcome is that of the servers that were asked; what the embedded engine said stands beside it.
 * @param reported the false positives of the report
 */
export function asServersSay(
  verification: Verification,
  servers: readonly ExclusionOutcome[],
  reported: readonly string[],
): Verification {
  const { engine, cleared, stillBlocked, newlyBlocked, tooBroad, undecided, siblingsBlocked, ...rest } = verification;
  const embedded = {
    ...{ engine, cleared, stillBlocked, newlyBlocked, tooBroad },
    ...(undecided !== undefined && { undecided }),
    ...(siblingsBlocked !== undefined && { siblingsBlocked }),
  };
  const together = outcomeOf(servers);
  const seen = new Set([...together.cleared, ...together.stillBlocked, ...(together.undecided ?? [])]);
  return { ...rest, ...together, notReproduced: reported.filter((id) => !seen.has(id)), servers, embedded };
}

/** A case is cleared where no server blocks it any more. */
function outcomeOf(servers: readonly ExclusionOutcome[]): ExclusionOutcome {
  const all = (idsOf: (server: ExclusionOutcome) => readonly string[]) => [...new Set(servers.flatMap(idsOf))];
  const stillBlocked = all((server) => server.stillBlocked);
  const newlyBlocked = all((server) => server.newlyBlocked);
  const undecided = all((server) => server.undecided ?? []);
  const siblingsBlocked = all((server) => server.siblingsBlocked ?? []);
  const failed = new Set([...stillBlocked, ...newlyBlocked, ...undecided]);
  return {
    engine: servers.map(({ engine }) => engine).join(' and '),
    cleared: all((server) => server.cleared).filter((id) => !failed.has(id)),
    stillBlocked,
    newlyBlocked,
    ...(undecided.length > 0 && { undecided }),
    tooBroad: all((server) => server.tooBroad),
    ...(siblingsBlocked.length > 0 && { siblingsBlocked }),
  };
}
