import type { Pair } from '../../model/request.js';
import type { AnsweredOutcome, TriageMaterial } from '../material.js';
import { unchunk } from './unchunk.js';

/** What a saved answer says: the answer, or that there was none, and what the client says of it. */
export type SavedAnswer = Pick<TriageMaterial, 'outcome' | 'clientSays'>;

const headStart = /^HTTP\/[\d.]{1,3} (\d{3})(?: (.*))?$/;
const clientWords =
  /^curl: \(\d{1,3}\)|^wget: |\b(?:ECONN\w{3,9}|EPROTO|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ERR_\w{3,60}|UND_ERR_\w{3,40}|UNABLE_TO_\w{3,60}|CERT_\w{3,40}|DEPTH_ZERO_\w{3,40}|SELF_SIGNED_\w{3,40})\b|socket hang up|fetch failed|Empty reply|Argument list too long|handshake failure|Connection (?:reset|refused|timed out)|TimeoutError/i;

/**
 * Reads an answer as it was saved: as it came, or as `curl -i` prints it, with line feeds alone or HTTP/2 status lines too, and
 * with what curl said where none came. Of several answers (100 Continue, redirects, a tunnel) the last one counts.
 */
export function readResponse(text: string): SavedAnswer {
  const { says, rest } = withoutClient(text);
  const head = lastHead(rest);
  if (head !== undefined) return { outcome: answerOf(head), ...(says !== undefined && { clientSays: says }) };
  if (says !== undefined || rest.trim() === '')
    return { outcome: { kind: 'failed', message: says ?? 'no byte came back' } };
  return { outcome: { kind: 'answered', status: 0, headers: [], bodyExcerpt: rest } };
}

/** Lines at the beginning and the end that the client wrote itself. */
function withoutClient(text: string): { readonly says: string | undefined; readonly rest: string } {
  const lines = text.split('\n');
  const isClient = (line: string | undefined) =>
    line !== undefined && line.length < 1000 && clientWords.test(line.trim());
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const found = [first, last].filter((at, index, all) => isClient(lines[at]) && all.indexOf(at) === index);
  if (found.length === 0) return { says: undefined, rest: text };
  const says = found.map((at) => lines[at]?.trim()).join(' · ');
  return { says, rest: lines.filter((_, at) => !found.includes(at)).join('\n') };
}

interface Head {
  readonly status: number;
  readonly phrase: string | undefined;
  readonly headers: readonly Pair[];
  readonly body: string;
}

const mostHeads = 30;

/** The last of the heads that stand one after the other at the beginning. */
function lastHead(text: string): Head | undefined {
  let rest = text.replace(/^\s{0,200}/, '');
  let head: Head | undefined;
  for (let count = 0; count < mostHeads && rest.startsWith('HTTP/'); count++) {
    const next = readHead(rest);
    if (next === undefined) break;
    head = next;
    rest = next.body;
    if (next.status !== 100 && !isFollowed(rest)) break;
  }
  return head;
}

function isFollowed(rest: string): boolean {
  return headStart.test(rest.slice(0, 200).split(/\r?\n/, 1)[0] ?? '');
}

function readHead(text: string): Head | undefined {
  const end = /\r?\n\r?\n/.exec(text);
  const [first = '', ...lines] = text.slice(0, end?.index ?? text.length).split(/\r?\n/);
  const found = headStart.exec(first.trimEnd());
  if (found === null) return undefined;
  const body = end === null ? '' : text.slice(end.index + end[0].length);
  return { status: Number(found[1]), phrase: found[2], headers: lines.flatMap(readHeader), body };
}

export function readHeader(line: string): readonly Pair[] {
  const colon = line.indexOf(':', 1);
  return colon < 1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
}

function answerOf({ status, phrase, headers, body }: Head): AnsweredOutcome {
  return { kind: 'answered', status, headers, bodyExcerpt: unchunk(body), ...(phrase !== undefined && { phrase }) };
}
