import { type Severity, severities, type Variable } from '../../../model/evidence.js';
import type { Writable } from '../../../util/writable.js';
import type { LoggedMatch, ModsecurityHit } from '../log-record.js';
import { reasonIn } from './parser-reason.js';

/** One line of an engine about one transaction, the same for every engine and format. */
export interface RuleMessage {
  /** Nothing for the engine's own words, such as an error of a body parser. */
  readonly ruleId: number | undefined;
  /** Tells of the request, where others initialise, sum up, decide or report. */
  readonly isHit: boolean;
  /** Whether this match refused the request; nothing where the format does not tell. */
  readonly denied: boolean | undefined;
  readonly status: number | undefined;
  readonly phase: number | undefined;
  /** The engine's words before the rule's metadata: as text where there is no rule, and else as they stand in the log. */
  readonly words: string;
  readonly message: string;
  readonly data: string;
  readonly severity: Severity | undefined;
  readonly tags: readonly string[];
  readonly ruleset: string;
  /** The number that the variable was compared with, for the rules that compare the anomaly score. */
  readonly operand: number | undefined;
  /** The variables that the line of a hit names; one, or none that is known. */
  readonly places: readonly LoggedPlace[];
  readonly matches: readonly LoggedMatch[];
}

/** Where a rule matched, as far as its line tells; what the parts mean, `ModsecurityHit` says. */
export interface LoggedPlace {
  readonly variable: Variable | undefined;
  readonly within: string | undefined;
  readonly matched: string | undefined;
  readonly matchedTruncated: boolean;
}

/** Severity as a number (`2`) or a name in either case (`CRITICAL`, `critical`). */
export function parseSeverity(text: string): Severity | undefined {
  const name = /^\d$/.test(text) ? severities[Number(text)] : text.toUpperCase();
  return severities.find((severity) => severity === name);
}

/** libmodsecurity 3 writes severity 0, EMERGENCY, for rules that have none; no rule of the Core Rule Set is that severe. */
export function v3Severity(text: string): Severity | undefined {
  return text === '0' ? undefined : parseSeverity(text);
}

/** Adds the hits that a line stands for. */
export function addHits(hits: ModsecurityHit[], message: RuleMessage): void {
  const { ruleId, places } = message;
  if (ruleId === undefined || !message.isHit) return;
  if (places.length === 0) hits.push(hitOf(message, ruleId, noPlace));
  for (const place of places) hits.push(hitOf(message, ruleId, place));
}

const noPlace: LoggedPlace = { variable: undefined, within: undefined, matched: undefined, matchedTruncated: false };

function hitOf(from: RuleMessage, ruleId: number, place: LoggedPlace): ModsecurityHit {
  const { message, severity, tags, matches } = from;
  const { variable, within, matched, matchedTruncated } = place;
  const hit: Writable<ModsecurityHit> =
    severity === undefined ? { ruleId, message, tags, matches } : { ruleId, message, severity, tags, matches };
  if (variable !== undefined) hit.variable = variable;
  if (within !== undefined) hit.within = within;
  if (matched !== undefined) hit.matched = matched;
  if (matchedTruncated) hit.matchedTruncated = true;
  const reason = reasonIn(from);
  if (reason !== undefined) hit.reason = reason;
  return hit;
}
