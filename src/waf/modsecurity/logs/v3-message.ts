import { parseReference } from './audit-reference.js';
import { asText, unescapeHex, unescapeUnprintable } from './escapes.js';
import { isLibinjection, parseMatch, parseMatchedData, placeOf } from './match-text.js';
import { parseSeverity, type RuleMessage } from './rule-message.js';
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
  const head = verdict === undefined ? undefined : genuineHead(verdict.rest);
  const tailAt = verdict?.rest.lastIndexOf('"] [data "') ?? -1;
  if (verdict === undefined || head === undefined || tailAt < head.end) return undefined;
  const { rest, ...verb } = verdict;
  return {
    ruleId: head.ruleId,
    ...verb,
    ...v3Texts({
      match: asText(unescapeUnprintable(rest.slice(0, head.start).trimEnd())),
      message: asText(rest.slice(head.end, tailAt)),
      ...tailTexts(rest.slice(tailAt + 3)),
    }),
  };
}

/** The texts of a rule's line, unescaped and decoded. */
export interface V3Texts {
  readonly match: string;
  readonly message: string;
  readonly data: string;
  readonly severity: string;
  readonly ruleset: string;
  readonly reference: string;
  readonly tags: readonly string[];
}

/** What the texts of a rule's line mean, whether they come from a text log or from JSON. */
export function v3Texts({ match, message, data, severity, ruleset, reference, tags }: V3Texts) {
  // The engine writes severity 0, EMERGENCY, for rules that have none; no rule of the Core Rule Set is that severe.
  const level = severity === '0' ? undefined : parseSeverity(severity);
  const line = parseMatch(match);
  const known = line.variable === undefined ? undefined : nameText(line.variable);
  return {
    words: match,
    message,
    data,
    ...(level !== undefined && { severity: level }),
    tags,
    ruleset,
    ...(line.operand !== undefined && { operand: line.operand }),
    places: [placeOf(line, parseMatchedData(data, known), isLibinjection(match))],
    matches: parseReference(reference),
  };
}

function nameText({ collection, key }: { collection: string; key?: string }): string {
  return key === undefined ? collection : `${collection}:${key}`;
}

const headPattern = /\[file "([^"]*)"\] \[line "(\d*)"\] \[id "(\d{1,15})"\] \[rev "([^"]*)"\] \[msg "/g;

/**
 * Where the rule's metadata begins. Names and values of the request stand before it, and may stand again in the message,
 * with quotes as they are, so a payload can write such metadata itself. What it writes before the message only, is not
 * the last; what it writes before and in the message, is there twice. The genuine one is the last that is there once.
 */
function genuineHead(text: string): { start: number; end: number; ruleId: number } | undefined {
  const heads = [...text.matchAll(headPattern)];
  const counts = new Map<string, number>();
  for (const [head] of heads) counts.set(head, (counts.get(head) ?? 0) + 1);
  const genuine = heads.findLast(([head]) => counts.get(head) === 1) ?? heads.at(-1);
  if (genuine === undefined) return undefined;
  return { start: genuine.index, end: genuine.index + genuine[0].length, ruleId: Number(genuine[3]) };
}

const tailPattern = /\[(data|severity|ver|maturity|accuracy|tag) "([^"]*)"\] ?/y;

/** What follows the message has no quotes in its values. */
function tailTexts(tail: string): Omit<V3Texts, 'match' | 'message'> {
  const fields: (readonly [key: string, value: string])[] = [];
  tailPattern.lastIndex = 0;
  for (let found = tailPattern.exec(tail); found !== null; found = tailPattern.exec(tail)) {
    const [, key = '', value = ''] = found;
    fields.push([key, asText(unescapeHex(value))]);
  }
  const first = (wanted: string) => fields.find(([key]) => key === wanted)?.[1] ?? '';
  return {
    data: first('data'),
    severity: first('severity'),
    ruleset: first('ver'),
    reference: /\[ref "([^"]*)"\]\s*$/.exec(tail)?.[1] ?? '',
    tags: fields.filter(([key]) => key === 'tag').map(([, value]) => value),
  };
}
