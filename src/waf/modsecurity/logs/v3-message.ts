import type { Severity } from '../../../model/evidence.js';
import { isBookkeeping } from '../rule-ids.js';
import { parseReference } from './audit-reference.js';
import { asText, unescapeHex } from './escapes.js';
import { decodeMatch, nameStart, parseMatch } from './match-text.js';
import type { RuleMessage } from './rule-message.js';
import { knownV3 } from './v3-known.js';
import { takeV3Apart, type V3Parts } from './v3-metadata.js';
import { v3Place } from './v3-place.js';
import { parseVerdict } from './verdict.js';

/**
 * Reads a line of libmodsecurity 3, one character a byte. Sample, shortened:
 * `Warning. Matched "Operator `Rx' with parameter `(?i)union' against variable `ARGS:q' (Value: `1 union select' ) [file
 * "/…/942.conf"] [line "278"] [id "942270"] [rev ""] [msg "…"] [data "Matched Data: union found within ARGS:q: 1 union …"]
 * [severity "2"] [ver "OWASP_CRS/3.3.4"] [maturity "0"] [accuracy "0"] [tag "…"] [hostname "…"] [uri "/"] [unique_id "…"]
 * [ref "o3,26v211,39t:urlDecodeUni"]`
 */
export function parseV3Message(line: string): RuleMessage | undefined {
  const verdict = parseVerdict(line);
  const parts = verdict === undefined ? undefined : takeV3Apart(verdict.rest);
  if (verdict === undefined || parts === undefined) return undefined;
  const { ruleId, words, message, data, rule, reference } = parts;
  const { severity, ruleset, tags } = rule;
  const match = words.trimEnd();
  const texts = { match, message, data: asText(unescapeHex(data)), severity, ruleset, tags, reference };
  const { denied, status, phase } = verdict;
  const read: RuleMessage = { ...v3Message(ruleId, texts, decodeMatch), denied, status, phase };
  learn(line.slice(0, line.length - verdict.rest.length), parts, read);
  return read;
}

function learn(verdict: string, { words, usual }: V3Parts, read: RuleMessage): void {
  if (usual === undefined) return;
  const name = nameStart(words);
  const opening = verdict + words.slice(0, name);
  knownV3.learn({ ...usual, read, opening, namesVariable: name !== undefined });
}

/** The texts of a rule's line, all but the first one unescaped and decoded. */
export interface V3Texts {
  readonly match: string;
  readonly message: string;
  readonly data: string;
  readonly severity: Severity | undefined;
  readonly ruleset: string;
  readonly reference: string;
  readonly tags: readonly string[];
}

/**
 * What the texts of a rule's line mean, whether they come from a text log or from JSON.
 * @param decodeName makes text of a name as it stands in the match
 */
export function v3Message(
  ruleId: number | undefined,
  { match, message, data, severity, ruleset, reference, tags }: V3Texts,
  decodeName: (logged: string) => string,
): RuleMessage {
  const isHit = ruleId !== undefined && !isBookkeeping(ruleId);
  const operand = isHit ? undefined : /^Matched "Operator `\w+' with parameter `(\d+)' against/.exec(match)?.[1];
  return {
    ruleId,
    isHit,
    denied: undefined,
    status: undefined,
    phase: undefined,
    words: ruleId === undefined ? decodeMatch(match) : match,
    message,
    data,
    severity,
    tags,
    ruleset,
    operand: operand === undefined ? undefined : Number(operand),
    places: isHit ? [v3Place(parseMatch(match, decodeName), data, match)] : [],
    matches: isHit ? parseReference(reference) : [],
  };
}
