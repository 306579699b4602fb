import type { Exclusion } from '../../model/exclusion.js';
import type { StreamedReport } from '../../model/report.js';
import type { ExclusionIndex } from './exclusion-index.js';
import type { PageLink } from './page-text.js';

const maxLinks = 10;

/** What became of a case under the exclusions. */
export interface CaseTuning {
  readonly outcome: 'cleared' | 'still-blocked' | 'newly-blocked' | 'not-reproduced';
  /** The exclusions that act on it, those that the page names. */
  readonly by: readonly PageLink[];
  /** How many more act on it. */
  readonly more: number;
}

/** Says of a case, by its id, what the exclusions do to it; nothing of one that they do not touch. */
export function tuningOfCases(report: StreamedReport, index: ExclusionIndex): (id: string) => CaseTuning | undefined {
  const outcomes = collectOutcomes(report);
  const exclusions = outcomes.size === 0 ? new Map<string, ReadonlySet<Exclusion>>() : collectByCase(report, index);
  return (id) => {
    const outcome = outcomes.get(id);
    if (outcome === undefined) return undefined;
    const acting = [...(exclusions.get(id) ?? [])];
    const by = acting.slice(0, maxLinks).map(index.linkTo);
    return { outcome, by, more: acting.length - by.length };
  };
}

function collectOutcomes({ verification }: StreamedReport): ReadonlyMap<string, CaseTuning['outcome']> {
  const { cleared = [], stillBlocked = [], newlyBlocked = [], notReproduced = [] } = verification ?? {};
  return new Map([
    ...notReproduced.map((id) => [id, 'not-reproduced'] as const),
    ...cleared.map((id) => [id, 'cleared'] as const),
    ...stillBlocked.map((id) => [id, 'still-blocked'] as const),
    ...newlyBlocked.map((id) => [id, 'newly-blocked'] as const),
  ]);
}

function collectByCase(
  { findings }: StreamedReport,
  index: ExclusionIndex,
): ReadonlyMap<string, ReadonlySet<Exclusion>> {
  const found = new Map<string, Set<Exclusion>>();
  for (const finding of findings) {
    for (const id of finding.cases) {
      const acting = found.get(id) ?? new Set();
      for (const exclusion of index.ofFinding(finding.id)) acting.add(exclusion);
      found.set(id, acting);
    }
  }
  return found;
}
