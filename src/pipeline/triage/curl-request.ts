import { fail } from '../../model/error.js';
import type { Content, RequestBody, RequestSpec } from '../../model/request.js';
import type { CapturedBody } from '../../record/captured-request.js';
import { type CurlRequest, curlRequests } from '../../record/curl/curl-request.js';
import { readCurl } from '../../record/curl/read-curl.js';
import { localFiles } from '../../record/local-files.js';

/** A request, and the origin that it goes to. */
export interface CurlAimed {
  readonly request: RequestSpec;
  readonly url: string;
}

/**
 * The request that a command of curl sends. The command is not run; files that it names are read below the folder only.
 * @throws WafproofError `USAGE` where it is none, or sends several
 */
export async function readCurlCommand(command: string, folder: string): Promise<CurlAimed> {
  const { requests, leftOut } = await readCurl(Buffer.from(command), '--curl', localFiles(folder));
  return aimed([...requests, ...leftOut], '--curl cannot be followed');
}

/**
 * The request that curl sends with these words, which somebody gave on the command line: files that they name are read wherever
 * they are.
 * @throws WafproofError `USAGE` where they send none
 */
export async function readCurlWords(words: readonly string[], folder: string): Promise<CurlAimed> {
  const bytes = words.map((word) => Buffer.from(word).toString('latin1'));
  const { requests } = await curlRequests({ words: bytes, unset: [] }, localFiles(folder, true));
  return aimed(requests, 'it cannot be sent');
}

function aimed(found: readonly (CurlRequest | { readonly reason: string })[], problem: string): CurlAimed {
  const [first = { reason: 'it is no command of curl' }, ...others] = found;
  if ('reason' in first) throw unusable(`${problem}: ${first.reason}`);
  if (others.length > 0) throw unusable(`${problem}: it sends ${found.length} requests, and one is looked into`);
  const [, url, target = '/'] = /^(https?:\/\/[^/?#]+)(.*)$/is.exec(first.url) ?? [];
  if (url === undefined) throw unusable(`${problem}: "${first.url}" is no http or https URL`);
  const path = target.startsWith('/') ? target : `/${target}`;
  const { method, headers } = first;
  const body = bodyOf(first.body, problem);
  return { request: { method, path, query: [], headers, cookies: [], body, omittedHeaders: [] }, url };
}

function bodyOf(body: CapturedBody, problem: string): RequestBody {
  if (body.kind === 'missing') throw unusable(`${problem}: ${body.reason}`);
  return body.kind === 'none' ? body : { kind: 'raw', content: contentOf(body.bytes) };
}

function contentOf(bytes: Uint8Array): Content {
  const text = Buffer.from(bytes).toString('utf8');
  return Buffer.from(text).equals(bytes) ? { text } : { base64: Buffer.from(bytes).toString('base64') };
}

function unusable(message: string) {
  return fail('USAGE', { message, command: 'triage' });
}
