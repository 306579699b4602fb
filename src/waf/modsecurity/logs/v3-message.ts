import { parseReference } from './audit-reference.js';
import { asText, unescapeHex, unescapeUnprintable } from './escapes.js';
import { isLibinjection, type MatchedData, parseMatch, parseMatchedData, placeOf } from './match-text.js';
import { remembering } from './remembering.js';
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
    places: [placeOf(line, uncutAtNul(parseMatchedData(data, known), line.value), isLibinjection(match))],
    matches: parseReference(reference),
  };
}

/** JSON ends data at a NUL byte, and shows the whole value, up to a length, in the words. */
function uncutAtNul(data: MatchedData | undefined, value: string | undefined): MatchedData | undefined {
  if (data === undefined || value?.startsWith(`${data.value}\0`) !== true) return data;
  return { ...data, truncated: true };
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
  const genuine = heads.length > 1 ? genuineOf(heads) : heads[0];
  if (genuine === undefined) return undefined;
  return { start: genuine.index, end: genuine.index + genuine[0].length, ruleId: Number(genuine[3]) };
}

function genuineOf(heads: readonly RegExpExecArray[]): RegExpExecArray | undefined {
  const counts = new Map<string, number>();
  for (const [head] of heads) counts.set(head, (counts.get(head) ?? 0) + 1);
  return heads.findLast(([head]) => counts.get(head) === 1) ?? heads.at(-1);
}

/** `[data "…"]`, what the rule says of itself, and what the engine says of the request. No value has quotes in it. */
function tailTexts(tail: string): Omit<V3Texts, 'match' | 'message'> {
  const [whole = '', data = ''] = /^\[data "([^"]*)"\] ?/.exec(tail) ?? [];
  const hostname = tail.indexOf('[hostname "', whole.length);
  return {
    data: asText(unescapeHex(data)),
    reference: /\[ref "([^"]*)"\]\s*$/.exec(tail)?.[1] ?? '',
    ...ruleTexts(tail.slice(whole.length, hostname < 0 ? undefined : hostname)),
  };
}

type RuleTexts = Pick<V3Texts, 'severity' | 'ruleset' | 'tags'>;

/** There are only so many rules, and each says the same of itself every time. */
const ruleTexts = remembering((text: string): RuleTexts => {
  const fields = [...text.matchAll(/\[(severity|ver|tag) "([^"]*)"\]/g)];
  const values = (wanted: string) =>
    fields.flatMap(([, key, value = '']) => (key === wanted ? [asText(unescapeHex(value))] : []));
  return { severity: values('severity')[0] ?? '', ruleset: values('ver')[0] ?? '', tags: values('tag') };
});
