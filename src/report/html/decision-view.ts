import type { Exclusion, Verification } from '../../model/exclusion.js';
import type { StreamedReport } from '../../model/report.js';
import { answerSentences, decisionSentences } from '../decision-texts.js';
import { costliest, isWider, lossShare } from '../exclusion-groups.js';
import { lossText } from '../exclusion-texts.js';
import { plural } from '../run-texts.js';
import type { ExclusionIndex } from './exclusion-index.js';
import { caseLink, type PageLink } from './page-text.js';

/** From this share of attacks on, an exclusion is to be looked at before it is merged. */
const noticeableShare = 0.05;
const maxReasons = 5;

/** What a reader is to know first, and what to do. */
export interface DecisionView {
  /** How the run came out, in a sentence. */
  readonly answer: string;
  /** What clears it, and at what price. */
  readonly price: string;
  /** What to do: `Merge`, or why not yet. */
  readonly verdict: string;
  readonly tone: string;
  /** What to look at first. */
  readonly reasons: readonly ReasonView[];
}

/** Something to look at, and where. */
export interface ReasonView extends PageLink {
  readonly note: string;
}

const tuneHint =
  'wafproof tune report.json proves the narrowest exclusions that clear them, and says which attacks each of them lets through.';

/** Prepares the decision that a report leads to. */
export function viewDecision(report: StreamedReport, index: ExclusionIndex): DecisionView {
  const { exclusions, verification, summary } = report;
  const answer = answerSentences(report).join(' ') || 'No case was run.';
  const price = decisionSentences(report).join(' ');
  const isBlocked = (summary.verdicts['false-positive'] ?? 0) > 0;
  if (!isBlocked)
    return { answer, price, verdict: '', tone: summary.unexpected === 0 ? 'good' : 'doubtful', reasons: [] };
  if (exclusions === undefined) return { answer, price: tuneHint, verdict: 'Next', tone: 'bad', reasons: [] };
  if (exclusions.length === 0) return { answer, price, verdict: 'Nothing to merge', tone: 'bad', reasons: [] };
  if (verification === undefined) return { answer, price, verdict: 'Do not merge yet', tone: 'bad', reasons: [] };
  const reasons = reasonsToLook(exclusions, verification, index);
  const isClear = reasons.length === 0;
  return { answer, price, verdict: isClear ? 'Merge' : 'Look first at', tone: isClear ? 'good' : 'doubtful', reasons };
}

function reasonsToLook(
  exclusions: readonly Exclusion[],
  { stillBlocked, newlyBlocked, tooBroad, siblingsBlocked = [] }: Verification,
  index: ExclusionIndex,
): readonly ReasonView[] {
  const broad = exclusions.filter(({ id }) => tooBroad.includes(id));
  const costly = costliest(exclusions, exclusions.length).filter((one) => (lossShare(one) ?? 0) >= noticeableShare);
  const wide = exclusions.filter((one) => isWider(one) && !costly.includes(one) && !broad.includes(one));
  const reasons = [
    ...newlyBlocked.slice(0, 1).map((id) => ({ ...caseLink(id), note: countNote(newlyBlocked, 'newly blocked') })),
    ...stillBlocked.slice(0, 1).map((id) => ({ ...caseLink(id), note: countNote(stillBlocked, 'still blocked') })),
    ...siblingsBlocked
      .slice(0, 1)
      .map((id) => ({ ...caseLink(id), note: countNote(siblingsBlocked, 'blocked with other ids') })),
    ...broad.map((one) => ({ ...index.linkTo(one), note: 'a rule is silent beside the field too' })),
    ...costly.map((one) => ({ ...index.linkTo(one), note: `lets ${lossText(one)} through` })),
    ...wide.map((one) => ({ ...index.linkTo(one), note: 'wider than one field at one endpoint' })),
  ];
  return reasons.slice(0, maxReasons);
}

function countNote(ids: readonly string[], what: string): string {
  return ids.length === 1 ? what : `${what}, and ${plural(ids.length - 1, 'more case')}`;
}
