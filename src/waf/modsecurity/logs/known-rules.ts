import { ownCopy } from '../../../util/own-copy.js';
import type { RuleMessage } from './rule-message.js';

/** Begins what the engine says of a rule: `[file "/…/942.conf"] [line "278"] [id "942270"] …`. */
export const fileField = '[file "';
/** Ends the rule's message and begins what it tells of the match. */
export const dataField = '"] [data "';

/** What a rule's line had, and what was read of it. Parts are as they stand in the log. */
export interface RuleLine {
  readonly read: RuleMessage;
  /** Up to the variable's name, or to what tells that there is none. */
  readonly opening: string;
  readonly namesVariable: boolean;
  /** From the file to where the message begins. */
  readonly head: string;
  readonly message: string;
  /** From where the message and the data end to the end of what the rule says of itself. */
  readonly tail: string;
}

export interface KnownRule extends RuleLine {
  /** From the file to where the data begin, if there are any. */
  readonly untilData: string;
}

interface Learned {
  readonly rule: KnownRule;
  /** How many lines of the rule were not like it since. */
  misses: number;
}

const mostKnown = 2000;
/** Rules of two servers may have one id. */
const mostMisses = 20;
const longestPart = 4096;

/**
 * What an earlier line of each rule had. There are only so many rules, and each says the same of itself every time: most of
 * a line need only be compared with the earlier one, which takes a tenth of the time of reading it. What is read is the
 * same either way.
 */
export class KnownRules {
  readonly #rules = new Map<number, Learned>();

  /** The rule whose fields begin at a place in a line. */
  at(line: string, file: number): KnownRule | undefined {
    return file < 0 ? undefined : this.#rules.get(ruleIdAt(line, file))?.rule;
  }

  /** What the rule says of itself, if an earlier line of it said it in the same words. */
  saying(ruleId: number, tail: string): RuleMessage | undefined {
    const rule = this.#rules.get(ruleId)?.rule;
    return rule?.tail === tail ? rule.read : undefined;
  }

  /** Learns what a line had. To be called for each line that was not like the earlier one. */
  learn(rule: RuleLine): void {
    const { read, opening, head, message, tail } = rule;
    const learned = this.#rules.get(read.ruleId ?? Number.NaN);
    if (learned !== undefined && learned.misses++ < mostMisses) return;
    const parts = [read.words, opening, head, message, tail];
    if (read.ruleId === undefined || parts.some(({ length }) => length > longestPart)) return;
    if (this.#rules.size === mostKnown) this.#rules.clear();
    this.#rules.set(read.ruleId, { rule: own(rule), misses: 0 });
  }
}

function own(rule: RuleLine): KnownRule {
  const { read, opening, head, message, tail } = rule;
  const texts = { message: ownCopy(read.message), tags: read.tags.map(ownCopy), ruleset: ownCopy(read.ruleset) };
  return {
    ...rule,
    read: { ...read, ...texts, words: ownCopy(read.words), data: '', places: [], matches: [] },
    opening: ownCopy(opening),
    head: ownCopy(head),
    message: ownCopy(message),
    tail: ownCopy(tail),
    untilData: ownCopy(head + message + dataField),
  };
}

const untilLine = '"] [line "'.length;
const untilId = '"] [id "'.length;
const zero = 0x30;

/** The rule's id where its fields begin with file, line and id, as they usually do; else any number. */
function ruleIdAt(text: string, file: number): number {
  const fileEnd = text.indexOf('"', file + fileField.length);
  const lineEnd = text.indexOf('"', fileEnd + untilLine);
  let id = 0;
  for (let at = lineEnd + untilId; at < text.length; at++) {
    const digit = text.charCodeAt(at) - zero;
    if (digit < 0 || digit > 9) break;
    id = id * 10 + digit;
  }
  return id;
}

/** Whether a text goes on with another one. For long ones this takes a tenth of the time of `startsWith`. */
export function goesOnWith(text: string, start: number, other: string): boolean {
  return text.slice(start, start + other.length) === other;
}
