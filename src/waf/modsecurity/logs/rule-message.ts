import type { LoggedHit, LoggedMatch } from '../../../contract/log-record.js';
import { type Severity, severities } from '../../../model/evidence.js';

/** One line of an engine about one transaction, the same for every engine and format. */
export interface RuleMessage {
  /** Absent for the engine's own words, such as an error of a body parser. */
  readonly ruleId?: number;
  /** Whether this match refused the request; absent where the format does not tell. */
  readonly denied?: boolean;
  readonly status?: number;
  readonly phase?: number;
  /** The engine's words before the rule's metadata. */
  readonly words: string;
  readonly message: string;
  readonly data: string;
  readonly severity?: Severity;
  readonly tags: readonly string[];
  readonly ruleset: string;
  /** The number that the variable was compared with, for the rules that compare the anomaly score. */
  readonly operand?: number;
  /** The variables that the line names; one, or none that is known. */
  readonly places: readonly LoggedPlace[];
  readonly matches: readonly LoggedMatch[];
}

/** Where a rule matched, as far as its line tells. */
export type LoggedPlace = Pick<LoggedHit, 'variable' | 'within' | 'matched' | 'matchedTruncated'>;

/** Severity as a number (`2`) or a name in either case (`CRITICAL`, `critical`). */
export function parseSeverity(text: string): Severity | undefined {
  const name = /^\d$/.test(text) ? severities[Number(text)] : text.toUpperCase();
  return severities.find((severity) => severity === name);
}

/** The hits that a line stands for. */
export function toHits(message: RuleMessage, ruleId: number): readonly LoggedHit[] {
  const { severity, tags, places, matches } = message;
  const hit = { ruleId, message: message.message, ...(severity !== undefined && { severity }), tags, matches };
  return places.length === 0 ? [hit] : places.map((place) => ({ ...hit, ...place }));
}
