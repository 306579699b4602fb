import { isTree, text } from '../../../util/json-tree.js';
import { asBuffer } from '../../../util/split-lines.js';
import { asText } from './escapes.js';
import { isCorrelationHeader } from './transaction.js';

/** A line as a JSON value, one character a byte; nothing where it is none. */
export function parseJsonLine(line: Uint8Array): unknown {
  try {
    return JSON.parse(asBuffer(line).toString('latin1'));
  } catch {
    return undefined;
  }
}

/** The correlation header in an object of headers, each of them a text or a list of texts. */
export function correlationHeaderIn(headers: unknown): string | undefined {
  const value = headerIn(headers, isCorrelationHeader);
  return value === undefined ? undefined : asText(value);
}

/** `User-Agent`, one character a byte; empty where there is none. */
export function userAgentIn(headers: unknown): string {
  return headerIn(headers, isUserAgent) ?? '';
}

function headerIn(headers: unknown, isWanted: (name: string) => boolean): string | undefined {
  if (!isTree(headers)) return undefined;
  for (const name of Object.keys(headers)) {
    const [value] = isWanted(name) ? [headers[name]].flat() : [];
    if (value !== undefined) return text(value);
  }
  return undefined;
}

/** Whether a header field is `User-Agent`, in whatever case. */
export function isUserAgent(name: string): boolean {
  return name.length === 'user-agent'.length && name.toLowerCase() === 'user-agent';
}
