import type { Severity } from '../../../model/evidence.js';
import { asText, unescapeHex } from './escapes.js';
import { dataField, type RuleLine } from './known-rules.js';
import { v3Severity } from './rule-message.js';
import { hostField, knownV3 } from './v3-known.js';

/** A rule's line of libmodsecurity 3 after its verdict, taken apart. */
export interface V3Parts {
  readonly ruleId: number;
  /** The engine's words before the rule's fields, as they stand in the log. */
  readonly words: string;
  readonly message: string;
  /** As it stands in the log. */
  readonly data: string;
  readonly rule: V3Rule;
  readonly reference: string;
  /** What other lines of the rule will have too, if the line is like most. */
  readonly usual: Pick<RuleLine, 'head' | 'message' | 'tail'> | undefined;
}

/** What a rule says of itself. */
export interface V3Rule {
  readonly severity: Severity | undefined;
  readonly ruleset: string;
  readonly tags: readonly string[];
}

/** Nothing for a line that tells no rule. */
export function takeV3Apart(text: string): V3Parts | undefined {
  const head = genuineHead(text);
  const messageEnd = text.lastIndexOf(dataField);
  if (head === undefined || messageEnd < head.end) return undefined;
  const tail = text.slice(messageEnd + 3);
  const [dataWhole = '', data = ''] = /^\[data "([^"]*)"\] ?/.exec(tail) ?? [];
  const host = tail.indexOf(hostField, dataWhole.length);
  const ruleTail = tail.slice('[data "'.length + data.length, host + hostField.length);
  const isUsual = dataWhole !== '' && host >= 0;
  const earlier = isUsual ? knownV3.saying(head.ruleId, ruleTail) : undefined;
  return {
    ruleId: head.ruleId,
    words: text.slice(0, head.start),
    message: asText(text.slice(head.end, messageEnd)),
    data,
    rule: earlier ?? ruleIn(tail.slice(dataWhole.length, host < 0 ? undefined : host)),
    reference: /\[ref "([^"]*)"\]\s*$/.exec(tail)?.[1] ?? '',
    usual:
      isUsual && head.isOnly
        ? { head: text.slice(head.start, head.end), message: text.slice(head.end, messageEnd), tail: ruleTail }
        : undefined,
  };
}

interface Head {
  readonly start: number;
  readonly end: number;
  readonly ruleId: number;
  /** Nothing else in the line looks like one. */
  readonly isOnly: boolean;
}

const headPattern = /\[file "([^"]*)"\] \[line "(\d*)"\] \[id "(\d{1,15})"\] \[rev "([^"]*)"\] \[msg "/g;

/**
 * Where the rule's metadata begins. Names and values of the request stand before it, and may stand again in the message,
 * with quotes as they are, so a payload can write such metadata itself. What it writes before the message only, is not
 * the last; what it writes before and in the message, is there twice. The genuine one is the last that is there once.
 */
function genuineHead(text: string): Head | undefined {
  const heads = [...text.matchAll(headPattern)];
  const genuine = heads.length > 1 ? genuineOf(heads) : heads[0];
  if (genuine === undefined) return undefined;
  const [whole, , , id] = genuine;
  return { start: genuine.index, end: genuine.index + whole.length, ruleId: Number(id), isOnly: heads.length === 1 };
}

function genuineOf(heads: readonly RegExpExecArray[]): RegExpExecArray | undefined {
  const counts = new Map<string, number>();
  for (const [head] of heads) counts.set(head, (counts.get(head) ?? 0) + 1);
  return heads.findLast(([head]) => counts.get(head) === 1) ?? heads.at(-1);
}

/** No value has quotes in it. */
function ruleIn(fields: string): V3Rule {
  const found: Record<string, string[]> = { severity: [], ver: [], tag: [] };
  for (const [, key = '', value = ''] of fields.matchAll(/\[(severity|ver|tag) "([^"]*)"\]/g)) {
    found[key]?.push(asText(unescapeHex(value)));
  }
  const { severity = [], ver = [], tag = [] } = found;
  return { severity: v3Severity(severity[0] ?? ''), ruleset: ver[0] ?? '', tags: tag };
}
