import type { Severity } from '../../../model/evidence.js';
import { closingQuote, plain } from './escapes.js';
import { fileField, type RuleLine } from './known-rules.js';
import { parseSeverity } from './rule-message.js';
import { dataStart, isEnd } from './v2-known.js';

/** A rule's line, taken apart. */
export interface TakenApart {
  /** The engine's words before the metadata, as they stand in the log. */
  readonly words: string;
  readonly rule: RuleFields;
  readonly message: string;
  /** What the line tells of a match, as it stands in the log. Coraza tells of further ones after all else. */
  readonly data: readonly string[];
  /** What other lines of the rule will have too, if the line is like most. */
  readonly usual: Pick<RuleLine, 'head' | 'message' | 'tail'> | undefined;
}

/** What a rule says of itself. */
export interface RuleFields {
  readonly ruleId: number | undefined;
  readonly severity: Severity | undefined;
  readonly ruleset: string;
  readonly tags: readonly string[];
}

/**
 * Takes a line of ModSecurity 2 or Coraza apart. Both escape quotes inside metadata and not before it, where names of
 * parameters stand as they are: so the last `[file "` begins the metadata, whatever a name says. A line that is too long
 * is cut in the middle of a field, and the last fields follow: `[tag "attack-disclosure"] [t [hostname "…"]`. Of a cut
 * `data` the rest is kept, with the mark that ModSecurity 2 puts where it cuts data itself: ` ...`.
 */
export function takeApart(line: string): TakenApart {
  const file = lastFile(line);
  const start = file < 0 ? line.lastIndexOf('[hostname "') : file;
  const fields = start < 0 ? [] : readFields(line, start);
  const data = fields.filter(([key]) => key === 'data' || /^data_match_\d+$/.test(key));
  return {
    words: (start < 0 ? line : line.slice(0, start)).trimEnd(),
    rule: ruleIn(fields),
    message: plain(valueIn(fields, 'msg') ?? ''),
    data: data.map(([, value]) => value),
    usual: file < 0 ? undefined : usualParts(line, file),
  };
}

const ruleStart = /\[file "(?:[^"\\]|\\.)*"\] \[line "\d*"\] \[id "/y;
/** So many values may end in `[file `. */
const mostFalse = 8;

/** The last place that looks like a rule's fields; where a value ends in `[file `, its closing quote makes it look so too. */
function lastFile(line: string): number {
  const last = line.lastIndexOf(fileField);
  let at = last;
  for (let tried = 0; at >= 0 && tried < mostFalse; tried++) {
    if (matchAt(ruleStart, line, at) !== undefined) return at;
    at = at === 0 ? -1 : line.lastIndexOf(fileField, at - 1);
  }
  return last;
}

const usualHead = /\[file "(?:[^"\\]|\\.)*"\] \[line "\d*"\] \[id "\d+"\](?: \[rev "[^"\\]*"\])? \[msg "/y;
const usualTail = /"\](?: \[(?:severity|ver|maturity|accuracy|tag) "(?:[^"\\]|\\.)*"\])*/y;

function usualParts(line: string, file: number): TakenApart['usual'] {
  const head = matchAt(usualHead, line, file);
  if (head === undefined) return undefined;
  const messageAt = file + head.length;
  const messageEnd = closingQuote(line, messageAt);
  const dataAt = dataStart(line, messageEnd);
  const end = dataAt < 0 ? messageEnd : closingQuote(line, dataAt);
  const tail = end < 0 ? undefined : matchAt(usualTail, line, end);
  if (tail === undefined || !isEnd(line, end + tail.length)) return undefined;
  return { head, message: line.slice(messageAt, messageEnd), tail };
}

/** @param pattern sticky */
function matchAt(pattern: RegExp, text: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0];
}

type Field = readonly [key: string, value: string];

function ruleIn(fields: readonly Field[]): RuleFields {
  const id = valueIn(fields, 'id');
  return {
    ruleId: id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : undefined,
    severity: parseSeverity(valueIn(fields, 'severity') ?? ''),
    ruleset: plain(valueIn(fields, 'ver') ?? ''),
    tags: fields.filter(([key]) => key === 'tag').map(([, value]) => plain(value)),
  };
}

function valueIn(fields: readonly Field[], key: string): string | undefined {
  return fields.find(([name]) => name === key)?.[1];
}

/** `[key "value"]` in order, values as they stand in the log. */
function readFields(line: string, start: number): readonly Field[] {
  const fields: Field[] = [];
  for (let at = start; at < line.length; ) {
    const next = readField(line, at) ?? cutField(line, at);
    if (next.field !== undefined) fields.push(next.field);
    at = next.end;
  }
  return fields;
}

/** `[key "value"]` and a blank. */
function readField(line: string, at: number): { field: Field; end: number } | undefined {
  const key = keyAt(line, at);
  if (key === undefined) return undefined;
  const from = at + key.length + 3;
  const quote = fieldEnd(line, from);
  if (quote === undefined) return undefined;
  return { field: [key, line.slice(from, quote)], end: line[quote + 2] === ' ' ? quote + 3 : quote + 2 };
}

/** The quote that ends a field. Some writers of Coraza's lines leave quotes within values as they are. */
function fieldEnd(line: string, from: number): number | undefined {
  const quote = closingQuote(line, from);
  if (quote < 0) return undefined;
  if (line[quote + 1] === ']') return quote;
  const end = line.indexOf('"] [', quote);
  const isCut = end < 0 || line.slice(from, end).includes(' [hostname "');
  return isCut ? undefined : end;
}

function cutField(line: string, at: number): { field: Field | undefined; end: number } {
  const next = line.indexOf(' [hostname "', at);
  const end = next < 0 ? line.length : next + 1;
  const data = '[data "';
  if (!line.startsWith(data, at)) return { field: undefined, end };
  return { field: ['data', `${line.slice(at + data.length, next < 0 ? undefined : next)} ...`], end };
}

const keyPattern = /\[(\w+) "/y;

function keyAt(line: string, at: number): string | undefined {
  keyPattern.lastIndex = at;
  return keyPattern.exec(line)?.[1];
}
