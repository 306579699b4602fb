import type { Exclusion } from '../../model/exclusion.js';
import type { Finding, StreamedReport } from '../../model/report.js';
import { exclusionText, widthText } from '../exclusion-texts.js';
import { formatCount, plural } from '../run-texts.js';
import { configurationFiles, endpointExcerpts } from './configurations-view.js';
import type { ExclusionIndex } from './exclusion-index.js';
import type { HitsLeft } from './hits-left.js';
import { type LadderView, viewLadder } from './ladder-view.js';
import { countOver, shownText } from './page-text.js';
import { type PriceView, viewPrice } from './price-view.js';

const maxExclusions = 4;
const maxClasses = 5;
const maxReasons = 3;

/** What clears a finding. */
export interface ClearingView {
  /** Absent from the page where nobody asked for exclusions. */
  readonly any: boolean;
  readonly label: string;
  readonly exclusions: readonly ClearedByView[];
  readonly more: string;
  /** Why no exclusion is for it, or why some of it stays. */
  readonly notes: readonly NoteView[];
}

/** A note, and how much attention it needs. */
export interface NoteView {
  readonly text: string;
  readonly tone: string;
}

/** An exclusion that clears a finding, as far as the finding is concerned. */
export interface ClearedByView {
  readonly text: string;
  readonly link: string;
  /** Address of the configuration to copy, where there is any. */
  readonly configuration: string;
  readonly wider: string;
  readonly ladder: LadderView;
  readonly price: PriceView;
}

/** Says of each finding which exclusions clear it, why those, and at what price. */
export function viewClearings(
  report: StreamedReport,
  index: ExclusionIndex,
  left: HitsLeft,
): (finding: Finding) => ClearingView {
  const { exclusions, verification } = report;
  const blocked = new Set(verification?.stillBlocked);
  const cleared = new Set(verification?.cleared);
  const asked = new Set([...blocked, ...cleared, ...(verification?.notReproduced ?? [])]);
  const refusals = refusalsOf(report);
  const configurationOf = configurationLinks(report, index);
  return (finding) => {
    if (exclusions === undefined) return { any: false, label: '', exclusions: [], more: '', notes: [] };
    const found = index.ofFinding(finding.id);
    const still = finding.cases.filter((one) => blocked.has(one)).length;
    const refused = refusals.get(finding.id) ?? [];
    const notes = [...refused, ...unclearedNotes(finding, report), ...leftNotes(finding, left)];
    const wasSearched = verification === undefined || finding.cases.some((one) => asked.has(one));
    const none = {
      text: wasSearched ? 'No exclusion is for it.' : 'No exclusion was searched for it.',
      tone: 'unclear',
    };
    const why = found.length + notes.length === 0 ? [none] : notes;
    return {
      any: true,
      label: finding.cases.every((one) => cleared.has(one)) ? 'Cleared by' : 'Excluded by',
      exclusions: found.slice(0, maxExclusions).map((exclusion) => ({
        ...index.linkTo(exclusion),
        configuration: configurationOf(exclusion),
        wider: widthText(exclusion),
        ladder: viewLadder(exclusion, finding.ruleId),
        price: viewPrice(exclusion, maxClasses),
      })),
      more: countOver(found.length, maxExclusions),
      notes: still === 0 ? why : [...why, { text: `${plural(still, 'case')} still blocked`, tone: 'bad' }],
    };
  };
}

/** What the files say of its endpoint, or all files. */
function configurationLinks(report: StreamedReport, index: ExclusionIndex): (exclusion: Exclusion) => string {
  if (configurationFiles(report).length === 0) return () => '';
  const excerptsOf = endpointExcerpts(report);
  return (exclusion) => {
    const anchor = index.configurationOf(exclusion);
    return anchor === undefined || excerptsOf(exclusion.scope).length === 0 ? '#configuration' : `#${anchor}`;
  };
}

function refusalsOf({ verification }: StreamedReport): ReadonlyMap<string, readonly NoteView[]> {
  const found = new Map<string, NoteView[]>();
  for (const { exclusion, reason } of verification?.refused ?? []) {
    const note = { text: shownText(`Refused: ${exclusionText(exclusion)}, because ${reason}.`), tone: 'doubtful' };
    for (const id of exclusion.findings) found.set(id, [...(found.get(id) ?? []), note]);
  }
  return found;
}

/** Why nothing clears it, once for all of its cases. */
function unclearedNotes({ ruleId, cases }: Finding, { verification }: StreamedReport): readonly NoteView[] {
  const own = (verification?.uncleared ?? []).filter((one) => one.ruleId === ruleId && cases.includes(one.subject));
  const reasons = [...new Set(own.map(({ reason }) => reason))].slice(0, maxReasons);
  return reasons.map((reason) => ({ text: shownText(`Not cleared: ${reason}.`), tone: 'bad' }));
}

function leftNotes(finding: Finding, left: HitsLeft): readonly NoteView[] {
  const spares = left.ofFinding(finding).map((one) => one.spares);
  if (spares.length === 0) return [];
  const most = spares.reduce((a, b) => Math.max(a, b));
  const spared =
    most === 0 ? '' : `, and ${most === 1 ? '1 attack stays' : `${formatCount(most)} attacks stay`} blocked`;
  return [{ text: `Left in force: the requests pass all the same${spared}.`, tone: 'good' }];
}
