import { EVENT_ID, type MappingEvent, SCALAR_STYLE, type ScalarEvent, type SequenceEvent } from 'js-yaml';
import type { YamlScalar } from './yaml-node.js';
import { resolvePlain } from './yaml-scalar.js';
import { longTag } from './yaml-tag.js';

/** An event of the parser that begins a node. */
export type NodeEvent = ScalarEvent | MappingEvent | SequenceEvent;

/** The tag of a node in its long form. */
export function tagOf(event: NodeEvent, source: string): string | undefined {
  return event.tagStart < 0 ? undefined : longTag(source.slice(event.tagStart, event.tagEnd));
}

/** The name of a node's anchor. */
export function anchorOf(event: NodeEvent, source: string): string | undefined {
  return event.anchorStart < 0 ? undefined : source.slice(event.anchorStart, event.anchorEnd);
}

/** What a scalar stands for that has no tag: plain ones resolve, quoted and block ones are texts. */
export function plainOrText(event: ScalarEvent, text: string): YamlScalar {
  return event.style === SCALAR_STYLE.PLAIN && event.tagStart < 0 ? resolvePlain(text) : text;
}

/** Where a node begins in the text: at its tag or anchor if it has one, or -1 for a node that is not written at all. */
export function startOf(event: NodeEvent): number {
  const quoted = 'style' in event && event.type === EVENT_ID.SCALAR && isQuoted(event);
  const content = event.type === EVENT_ID.SCALAR ? event.valueStart - (quoted ? 1 : 0) : event.start;
  const starts = [event.tagStart, event.anchorStart - 1, content].filter((start) => start >= 0);
  return starts.length === 0 ? -1 : Math.min(...starts);
}

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}
