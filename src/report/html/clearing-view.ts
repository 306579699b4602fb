import type { Finding, RunReport } from '../../model/report.js';
import { plural } from '../run-texts.js';
import type { ExclusionIndex } from './exclusion-index.js';
import type { PageLink } from './page-text.js';

const maxLinks = 5;

/** Which exclusion clears a finding. */
export interface ClearingView {
  /** Absent from the page where nobody asked for exclusions. */
  readonly any: boolean;
  readonly label: string;
  readonly links: readonly PageLink[];
  readonly note: string;
}

/** Says of each finding which exclusions clear it, and which of its cases are refused all the same. */
export function viewClearings(report: RunReport, index: ExclusionIndex): (finding: Finding) => ClearingView {
  const { exclusions, verification } = report;
  const blocked = new Set(verification?.stillBlocked);
  return ({ id, cases }) => {
    if (exclusions === undefined) return { any: false, label: '', links: [], note: '' };
    const found = index.ofFinding(id);
    const still = cases.filter((one) => blocked.has(one)).length;
    return {
      any: true,
      label: labelOf(found.length, still, verification !== undefined),
      links: found.slice(0, maxLinks).map(index.linkTo),
      note: still === 0 ? '' : `${plural(still, 'case')} still blocked`,
    };
  };
}

function labelOf(exclusions: number, still: number, verified: boolean): string {
  if (exclusions === 0) return 'No exclusion is for it.';
  return verified && still === 0 ? 'Cleared by' : 'Excluded by';
}
