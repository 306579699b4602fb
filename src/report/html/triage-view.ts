import type { Triage } from '../../model/triage.js';
import { refuserName, triageVerdict } from '../triage-texts.js';

/** One piece of what an answer rests on. */
export interface EvidenceView {
  readonly says: string;
  /** Where it stands: an answer, a log, … */
  readonly from: string;
  /** The decisive characters. */
  readonly text: string;
}

/** Who refused and why, as the page shows it of a case and of a group. */
export interface TriageView {
  readonly verdict: string;
  readonly evidence: readonly EvidenceView[];
  readonly ruledOut: readonly string[];
  /** Who else it may have been. */
  readonly others: readonly string[];
  readonly hops: string;
  readonly fix: string;
  readonly next: string;
  readonly handOver: string;
}

/** @param limit the most characters that are shown of one text */
export function viewTriage(triage: Triage, limit: number): TriageView {
  const { evidence, ruledOut = [], alternatives, hops = [], fix = '', next = '', found, handOver = '' } = triage;
  return {
    verdict: found === undefined ? triageVerdict(triage) : `${triageVerdict(triage)}. ${found}.`,
    evidence: evidence.map(({ says, from, text }) => ({ says, from, text: text.slice(0, limit) })),
    ruledOut,
    others: alternatives.map(refuserName),
    hops: hops.join(', '),
    fix,
    next,
    handOver,
  };
}
