import type { Pair } from '../../model/request.js';
import type { CapturedBody } from '../../record/captured-request.js';
import { type CurlRequest, curlRequests } from '../../record/curl/curl-request.js';
import { readCurl } from '../../record/curl/read-curl.js';
import { unquotedWords } from '../../record/curl/unquoted-words.js';
import { localFiles } from '../../record/local-files.js';
import type { TriagedRequest } from '../../triage/material.js';
import { readRequestHead } from '../../triage/saved/read-request-head.js';

/**
 * What was sent, by the command that sent it, in quotes of a shell or without any, or by the request as it went out; nothing
 * where it is neither. Files that it names are read below the folder only.
 */
export async function readSent(text: string, folder: string): Promise<TriagedRequest | undefined> {
  return readRequestHead(text.trim()) ?? (await byCommand(text.trim().replace(/^\$\s+/, ''), folder));
}

async function byCommand(text: string, folder: string): Promise<TriagedRequest | undefined> {
  const read = localFiles(folder);
  const words = /^(?:\S{0,100}\/)?curl\s/.test(text) ? unquotedWords(text) : undefined;
  const { requests } =
    words === undefined
      ? await readCurl(Buffer.from(text), '--command', read)
      : await curlRequests({ words: words.slice(1).map(inBytes), unset: [] }, read);
  const [first] = requests;
  return first === undefined || 'reason' in first ? undefined : toTriaged(first);
}

function inBytes(word: string): string {
  return Buffer.from(word).toString('latin1');
}

function toTriaged({ method, url, headers, body, proxy, hasCertificate }: CurlRequest): TriagedRequest {
  return {
    method,
    url,
    headers: headers.map(withoutPassword),
    ...bodyOf(body),
    ...(proxy !== undefined && { proxy }),
    ...(hasCertificate && { hasCertificate }),
  };
}

/** A password says nothing of who refused. */
function withoutPassword([name, value]: Pair): Pair {
  return [name, name.toLowerCase() === 'authorization' ? value.replace(/^Basic .*$/s, 'Basic …') : value];
}

function bodyOf(body: CapturedBody): Pick<TriagedRequest, 'body' | 'bodyBytes'> {
  if (body.kind !== 'bytes') return {};
  return { body: Buffer.from(body.bytes).toString('utf8'), bodyBytes: body.bytes.length };
}
