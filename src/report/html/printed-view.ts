import type { StreamedReport } from '../../model/report.js';
import { groupExclusions } from '../exclusion-groups.js';
import { lossText, scopeText, targetText } from '../exclusion-texts.js';
import { formatCount } from '../run-texts.js';
import { countOver, shownText } from './page-text.js';

const maxRows = 500;
const maxIds = 8;

/** The exclusions as paper has them: a line each. */
export interface PrintedView {
  readonly any: boolean;
  readonly rows: readonly PrintedRow[];
  readonly more: string;
}

/** One exclusion. */
export interface PrintedRow {
  readonly scope: string;
  readonly target: string;
  readonly rules: string;
  readonly cases: string;
  readonly price: string;
}

/** Prepares the table that stands in for the exclusions in print. */
export function viewPrinted({ exclusions = [], findings }: StreamedReport): PrintedView {
  const cases = new Map(findings.map((finding) => [finding.id, finding.cases]));
  const all = groupExclusions(exclusions).flatMap((group) => group.exclusions);
  const rows = all.slice(0, maxRows).map((exclusion) => {
    const { ruleIds, scope } = exclusion;
    const more = ruleIds.length > maxIds ? `, … (${formatCount(ruleIds.length)})` : '';
    return {
      scope: shownText(scopeText(scope)),
      target: shownText(targetText(exclusion)),
      rules: shownText(`${ruleIds.slice(0, maxIds).join(', ')}${more}`),
      cases: formatCount(new Set(exclusion.findings.flatMap((id) => cases.get(id) ?? [])).size),
      price: shownText(lossText(exclusion)),
    };
  });
  return { any: rows.length > 0, rows, more: countOver(all.length, maxRows) };
}
