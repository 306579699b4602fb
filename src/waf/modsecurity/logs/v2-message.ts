import { isBookkeeping } from '../rule-ids.js';
import { plain } from './escapes.js';
import { type TakenApart, takeApart } from './metadata.js';
import { unfinishedRule } from './parser-reason.js';
import type { RuleMessage } from './rule-message.js';
import { knownV2, readKnownV2 } from './v2-known.js';
import { type DataSpelling, nameIn, ofModsecurity, placesOf, v2NameStart } from './v2-places.js';
import { parseVerdict } from './verdict.js';

/**
 * Reads a line of ModSecurity 2 or Coraza, one character a byte. Samples, shortened:
 * `Warning. Pattern match "(?i)union.*?select" at ARGS:q. [file "/…/942.conf"] [line "297"] [id "942270"] [msg "…"] [data
 * "Matched Data: union select found within ARGS:q: 1 union select"] [severity "CRITICAL"] [ver "OWASP_CRS/3.3.4"] [tag "…"]`
 * `Access denied (phase 2). Inbound Anomaly Score Exceeded (Total Score: 20) [file "…"] [line "3861"] [id "949110"] …`
 * `Multipart parsing error: Multipart: Final boundary missing. [hostname "…"] [uri "/"] [unique_id "…"]`
 */
export function parseV2Message(line: string, spelling: DataSpelling = ofModsecurity): RuleMessage {
  return readKnownV2(line, spelling) ?? readUnfinished(line) ?? readAny(line, spelling);
}

/** A rule that ran out of a limit says neither what it looked at nor what it would have found. */
function readUnfinished(line: string): RuleMessage | undefined {
  const ruleId = unfinishedRule(line);
  if (ruleId === undefined) return undefined;
  const nothing = { denied: false, status: undefined, phase: undefined, data: '', severity: undefined, tags: [] };
  const message = 'The rule was not finished: PCRE limits exceeded';
  return {
    ...nothing,
    ruleId,
    isHit: true,
    words: line,
    message,
    ruleset: '',
    operand: undefined,
    places: [],
    matches: [],
  };
}

function readAny(line: string, spelling: DataSpelling): RuleMessage {
  const verdict = parseVerdict(line);
  const parts = takeApart(verdict?.rest ?? line);
  const { rule, words, message, data } = parts;
  const ruleId = verdict === undefined ? undefined : rule.ruleId;
  const isHit = ruleId !== undefined && !isBookkeeping(ruleId);
  const operand = isHit ? undefined : /^Operator \w+ matched (\d+) at /.exec(words)?.[1];
  const read: RuleMessage = {
    ruleId,
    isHit,
    denied: verdict?.denied,
    status: verdict?.status,
    phase: verdict?.phase,
    words: verdict === undefined ? plain(words) : words,
    message,
    data: plain(data[0] ?? ''),
    severity: rule.severity,
    tags: rule.tags,
    ruleset: rule.ruleset,
    operand: operand === undefined ? undefined : Number(operand),
    places: isHit ? placesOf(nameIn(words), words, data, spelling) : [],
    matches: [],
  };
  if (verdict !== undefined) learn(line, line.length - verdict.rest.length, parts, read);
  return read;
}

/** Words that tell a name are the same up to it; those of rules that sum up are the same throughout. */
function learn(line: string, verdictEnd: number, { words, usual }: TakenApart, read: RuleMessage): void {
  if (usual === undefined) return;
  const name = v2NameStart(words);
  const file = line.indexOf(usual.head, verdictEnd + words.length);
  const opening = read.isHit ? line.slice(0, verdictEnd + (name ?? 0)) : line.slice(0, file);
  knownV2.learn({ ...usual, read, opening, namesVariable: name !== undefined });
}
