import { closingQuote, plain } from './escapes.js';
import { dataField, fileField, goesOnWith, type KnownRule, KnownRules } from './known-rules.js';
import type { LoggedPlace, RuleMessage } from './rule-message.js';
import { type DataSpelling, nameIn, placesOf } from './v2-places.js';

export const knownV2 = new KnownRules();

/** Reads a line that differs from an earlier one of the same rule in nothing but what a request can change. */
export function readKnownV2(line: string, spelling: DataSpelling): RuleMessage | undefined {
  const file = line.indexOf(fileField);
  const rule = knownV2.at(line, file);
  if (rule === undefined || !goesOnWith(line, 0, rule.opening)) return undefined;
  const { read, untilData } = rule;
  const isSame = goesOnWith(line, file, untilData);
  if (!isSame && !goesOnWith(line, file, rule.head)) return undefined;
  const messageAt = file + rule.head.length;
  const messageEnd = isSame ? messageAt + rule.message.length : closingQuote(line, messageAt);
  const dataAt = dataStart(line, messageEnd);
  const end = dataAt < 0 ? messageEnd : closingQuote(line, dataAt);
  if (end < 0 || !goesOnWith(line, end, rule.tail) || !isEnd(line, end + rule.tail.length)) return undefined;
  const data = dataAt < 0 ? '' : line.slice(dataAt, end);
  const places = placesIn(line, file, rule, data, spelling);
  if (places === undefined) return undefined;
  return {
    ruleId: read.ruleId,
    isHit: read.isHit,
    denied: read.denied,
    status: read.status,
    phase: read.phase,
    words: '',
    message: isSame ? read.message : plain(line.slice(messageAt, messageEnd)),
    data: plain(data),
    severity: read.severity,
    tags: read.tags,
    ruleset: read.ruleset,
    operand: read.operand,
    places,
    matches: [],
  };
}

/** Nothing where the words are not as usual. */
function placesIn(
  line: string,
  file: number,
  { read, opening, namesVariable }: KnownRule,
  data: string,
  spelling: DataSpelling,
): readonly LoggedPlace[] | undefined {
  if (!read.isHit) return opening.length === file ? [] : undefined;
  if (namesVariable) {
    const end = file - '. '.length;
    return goesOnWith(line, end, '. ') ? placesOf(line.slice(opening.length, end), '', [data], spelling) : undefined;
  }
  const words = line.slice(opening.length, file).trimEnd();
  return placesOf(nameIn(words), words, [data], spelling);
}

/** Where the data begin after the end of a message; negative where there are none. */
export function dataStart(line: string, messageEnd: number): number {
  return messageEnd >= 0 && goesOnWith(line, messageEnd, dataField) ? messageEnd + dataField.length : -1;
}

const hostFields = / \[hostname "(?:[^"\\]|\\.)*"\] \[uri "(?:[^"\\]|\\.)*"\] \[unique_id "(?:[^"\\]|\\.)*"\] ?$/y;

/** Whether nothing follows, or nothing but what error logs tell of the request. */
export function isEnd(line: string, at: number): boolean {
  if (at === line.length) return true;
  hostFields.lastIndex = at;
  return hostFields.test(line);
}
