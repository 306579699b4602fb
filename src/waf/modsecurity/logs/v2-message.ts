import { asText, undoEscapes } from './escapes.js';
import {
  isLibinjection,
  type MatchedData,
  type MatchText,
  parseMatchedData,
  parseVariable,
  placeOf,
  withoutCutChar,
} from './match-text.js';
import { field, type TakenApart, takeApart } from './metadata.js';
import { type LoggedPlace, parseSeverity, type RuleMessage } from './rule-message.js';
import { parseVerdict } from './verdict.js';

/** How an engine spells the data of a match. ModSecurity 2 has there the escaped name of the words, escaped once more. */
export interface DataSpelling {
  decodeName(name: string): string;
  /** Data of as many bytes was cut, and nothing marks it. */
  readonly cutAt?: number;
  /** Data of as many characters, escapes and all, that ends in `...` was cut. */
  readonly dotsAt?: number;
}

/**
 * Reads a line of ModSecurity 2 or Coraza, one character a byte. Samples, shortened:
 * `Warning. Pattern match "(?i)union.*?select" at ARGS:q. [file "/…/942.conf"] [line "297"] [id "942270"] [msg "…"] [data
 * "Matched Data: union select found within ARGS:q: 1 union select"] [severity "CRITICAL"] [ver "OWASP_CRS/3.3.4"] [tag "…"]`
 * `Access denied (phase 2). Inbound Anomaly Score Exceeded (Total Score: 20) [file "…"] [line "3861"] [id "949110"] …`
 * `Multipart parsing error: Multipart: Final boundary missing. [hostname "…"] [uri "/"] [unique_id "…"]`
 */
export function parseV2Message(line: string, spelling: DataSpelling = ofModsecurity): RuleMessage {
  const verdict = parseVerdict(line);
  const parts = takeApart(verdict?.rest ?? line);
  const ruleId = verdict === undefined ? undefined : ruleIdOf(parts);
  const severity = parseSeverity(field(parts, 'severity') ?? '');
  const operand = /^Operator \w+ matched (\d+) at /.exec(parts.words)?.[1];
  return {
    ...(ruleId !== undefined && { ruleId }),
    ...(verdict !== undefined && { denied: verdict.denied }),
    ...(verdict?.status !== undefined && { status: verdict.status }),
    ...(verdict?.phase !== undefined && { phase: verdict.phase }),
    words: plain(parts.words),
    message: plain(field(parts, 'msg') ?? ''),
    data: plain(field(parts, 'data') ?? ''),
    ...(severity !== undefined && { severity }),
    tags: parts.fields.filter(([key]) => key === 'tag').map(([, value]) => plain(value)),
    ruleset: plain(field(parts, 'ver') ?? ''),
    ...(operand !== undefined && { operand: Number(operand) }),
    places: placesOf(parts, spelling),
    matches: [],
  };
}

/** `[data "…"]` has no more than 512 characters, of which the last three are dots then. */
const ofModsecurity: DataSpelling = { decodeName: plain, dotsAt: 512 };

function ruleIdOf(parts: TakenApart): number | undefined {
  const id = field(parts, 'id');
  return id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : undefined;
}

function plain(logged: string): string {
  return asText(undoEscapes(logged));
}

/** Coraza names further variables of the same rule in `[data_match_1 "…"]`, after all else. */
function placesOf(parts: TakenApart, spelling: DataSpelling): readonly LoggedPlace[] {
  const name = nameIn(parts.words);
  const line: MatchText = { ...(name !== undefined && { variable: parseVariable(plain(name)) }), truncated: false };
  const data = parts.fields.filter(([key]) => key === 'data' || /^data_match_\d+$/.test(key));
  const places = (data.length === 0 ? [['data', ''] as const] : data).map(([, value]) =>
    placeOf(line, matchedData(value, name, spelling), isLibinjection(parts.words)),
  );
  return places.filter((place) => Object.keys(place).length > 0);
}

function matchedData(value: string, name: string | undefined, { decodeName, cutAt, dotsAt }: DataSpelling) {
  const isCut = value.length === dotsAt && value.endsWith('...');
  const bytes = undoEscapes(isCut ? value.slice(0, -3) : value);
  const data = parseMatchedData(isCut || bytes.length === cutAt ? `${bytes} ...` : bytes, name);
  return data === undefined ? undefined : decodeData(data, decodeName);
}

/** What was read one character a byte, as text. */
export function decodeData(data: MatchedData, decodeName: (name: string) => string): MatchedData {
  const { variable, within } = data;
  const named = variable?.key === undefined ? variable : { ...variable, key: decodeName(variable.key) };
  const [matched, value] = [asText(data.matched), asText(data.value)];
  return {
    ...data,
    ...(named !== undefined && { variable: named }),
    ...(within !== undefined && { within: decodeName(within) }),
    matched: data.cut === true ? withoutCutChar(matched) : matched,
    value: data.truncated ? withoutCutChar(value) : value,
  };
}

const places = [
  // Pattern match "…" at ARGS:x. · String match "…" at ARGS:x. · Matched phrase "…" at ARGS:x.
  /^(?:[A-Z][a-z]+ (?:match|phrase)) "(?:[^"\\]|\\[\s\S])*" at ([\s\S]*)\.(?: \[offset "\d+"\])?$/,
  // Operator GE matched 5 at TX:anomaly_score.
  /^Operator \w+ matched [\s\S]*? at ([\s\S]*)\.$/,
  // Found 1 byte(s) in ARGS_NAMES:x outside range: 1-255.
  /^Found \d+ byte\(s\) in ([\s\S]*) outside range: [\d,-]+\.$/,
  // Match of "rx ^…$" against "REQUEST_HEADERS:Content-Type" required.
  /^Match of "(?:[^"\\]|\\[\s\S])*" against "([\s\S]*)" required\.$/,
  // Invalid URL Encoding: Non-hexadecimal digits used at ARGS:x.
  /^Invalid (?:URL Encoding|UTF-8 encoding): [\w\s()-]*? at ([\s\S]*)\.(?: \[offset "\d+"\])?$/,
];

/** No engine writes longer words; a pattern on them takes time that grows with their square. */
const longestWords = 16 * 1024;

/** The variable's name as it stands in the words. */
function nameIn(words: string): string | undefined {
  if (words.length > longestWords) return undefined;
  for (const pattern of places) {
    const name = pattern.exec(words)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}
