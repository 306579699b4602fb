import type { Pair } from '../../model/request.js';
import { at, list, text } from '../../util/json-tree.js';
import type { TriageMaterial } from '../material.js';

/** An entry of a HAR file, or why there is none. */
export type HarEntry =
  | { readonly kind: 'read'; readonly material: TriageMaterial }
  | { readonly kind: 'missing'; readonly reason: string };

/**
 * Reads one exchange of a HAR file (HTTP Archive 1.2).
 * @param number from 1; absent: the only one that was refused, by its status
 */
export function readHar(content: string, number: number | undefined): HarEntry {
  const entries = list(at(parse(content), 'log', 'entries'));
  if (entries.length === 0) return missing('it is no HAR file, or has no entries');
  const entry = number === undefined ? onlyRefused(entries) : entries[number - 1];
  if (entry !== undefined) return { kind: 'read', material: materialOf(entry) };
  return missing(
    number === undefined
      ? `${entries.length} entries, and not one alone was refused: say which with FILE#n`
      : `it has ${entries.length} entries, and none with the number ${number}`,
  );
}

function missing(reason: string): HarEntry {
  return { kind: 'missing', reason };
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

function onlyRefused(entries: readonly unknown[]): unknown {
  const refused = entries.filter((entry) => {
    const status = Number(at(entry, 'response', 'status'));
    return status >= 400 || status === 0;
  });
  const [only] = refused.length > 0 ? refused : entries;
  return refused.length === 1 || entries.length === 1 ? only : undefined;
}

function materialOf(entry: unknown): TriageMaterial {
  const { body, ...sent } = requestOf(at(entry, 'request'));
  return {
    sent: { ...sent, ...(body !== '' && { body, bodyBytes: Buffer.byteLength(body) }) },
    outcome: outcomeOf(at(entry, 'response')),
  };
}

function requestOf(request: unknown) {
  return {
    method: text(at(request, 'method')),
    url: text(at(request, 'url')),
    headers: pairsIn(at(request, 'headers')),
    body: text(at(request, 'postData', 'text')),
  };
}

/** Browsers write status 0 where there was no answer, and say why in a field of their own. */
function outcomeOf(response: unknown): NonNullable<TriageMaterial['outcome']> {
  const status = Number(at(response, 'status'));
  if (!(status > 0)) return { kind: 'failed', message: text(at(response, '_error')) || 'no byte came back' };
  const content = at(response, 'content');
  const raw = text(at(content, 'text'));
  const body = at(content, 'encoding') === 'base64' ? Buffer.from(raw, 'base64').toString('utf8') : raw;
  const phrase = text(at(response, 'statusText'));
  const headers = pairsIn(at(response, 'headers'));
  return { kind: 'answered', status, headers, bodyExcerpt: body, ...(phrase !== '' && { phrase }) };
}

function pairsIn(headers: unknown): readonly Pair[] {
  return list(headers).map((header) => [text(at(header, 'name')), text(at(header, 'value'))] as const);
}
