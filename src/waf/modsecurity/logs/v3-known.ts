import { parseReference } from './audit-reference.js';
import { asText, unescapeHex } from './escapes.js';
import { dataField, fileField, goesOnWith, type KnownRule, KnownRules } from './known-rules.js';
import { type MatchText, noMatch, parseMatchAt } from './match-text.js';
import type { RuleMessage } from './rule-message.js';
import { v3Place } from './v3-place.js';

export const knownV3 = new KnownRules();

/**
 * Reads a line that differs from an earlier one of the same rule in nothing but what a request can change, and has no
 * quotes there that might be the engine's.
 * @param ending how the line ends with the transaction's id, up to where the reference begins
 */
export function readKnownV3(line: string, ending: string): RuleMessage | undefined {
  const file = line.indexOf(fileField);
  const rule = knownV3.at(line, file);
  if (rule === undefined || !goesOnWith(line, 0, rule.opening)) return undefined;
  const { read, untilData } = rule;
  const isSame = goesOnWith(line, file, untilData);
  const dataAt = isSame ? file + untilData.length : dataStart(line, file, rule.head);
  const dataEnd = line.indexOf('"', dataAt);
  if (dataAt < 0 || !goesOnWith(line, dataEnd, rule.tail)) return undefined;
  const referenceAt = referenceStart(line, dataEnd + rule.tail.length, ending);
  const match = matchIn(line, file, rule);
  if (referenceAt < 0 || match === undefined) return undefined;
  const data = asText(unescapeHex(line.slice(dataAt, dataEnd)));
  return {
    ruleId: read.ruleId,
    isHit: read.isHit,
    denied: read.denied,
    status: read.status,
    phase: read.phase,
    words: '',
    message: isSame ? read.message : asText(line.slice(file + rule.head.length, dataAt - dataField.length)),
    data,
    severity: read.severity,
    tags: read.tags,
    ruleset: read.ruleset,
    operand: read.operand,
    places: read.isHit ? [v3Place(match, data, read.words)] : [],
    matches: read.isHit ? parseReference(line.slice(referenceAt, -2)) : [],
  };
}

/** Where the data begin if the message is another one; negative where anything else is. */
function dataStart(line: string, file: number, head: string): number {
  const messageEnd = line.indexOf('"', file + head.length);
  const isUsual = goesOnWith(line, file, head) && goesOnWith(line, messageEnd, dataField);
  return isUsual ? messageEnd + dataField.length : -1;
}

/** Begins what the engine says of the request, after what the rule says of itself. */
export const hostField = '[hostname "';
const uriField = '"] [uri "';

/** Where the reference begins; negative where the line does not end as usual. */
function referenceStart(line: string, hostAt: number, ending: string): number {
  const hostEnd = line.indexOf('"', hostAt);
  const uriEnd = line.indexOf('"', hostEnd + uriField.length);
  if (!goesOnWith(line, hostEnd, uriField) || !goesOnWith(line, uriEnd, ending)) return -1;
  const start = uriEnd + ending.length;
  return line.indexOf('"', start) === line.length - 2 && line.endsWith(']') ? start : -1;
}

function matchIn(line: string, file: number, { read, opening, namesVariable }: KnownRule): MatchText | undefined {
  if (!namesVariable) return opening.length === file ? noMatch : undefined;
  return read.isHit ? parseMatchAt(line, opening.length, file) : noMatch;
}
