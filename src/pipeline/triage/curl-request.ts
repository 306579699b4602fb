import { fail } from '../../model/error.js';
import type { Content, Pair, RequestBody, RequestSpec } from '../../model/request.js';
import type { CapturedBody } from '../../record/captured-request.js';
import { readCurl } from '../../record/curl/read-curl.js';
import { localFiles } from '../../record/local-files.js';

/** A request, and the origin that it goes to. */
export interface CurlAimed {
  readonly request: RequestSpec;
  readonly url: string;
}

const usualHeaders: readonly Pair[] = [
  ['User-Agent', 'curl/8.14.1'],
  ['Accept', '*/*'],
];

/**
 * The request that a command of curl sends. The command is not run; files that it names are read below the folder only.
 * @throws WafproofError `USAGE` where it is none, or sends several
 */
export async function readCurlCommand(command: string, folder: string): Promise<CurlAimed> {
  const { requests, leftOut } = await readCurl(Buffer.from(command), '--curl', localFiles(folder));
  const [captured, ...others] = requests;
  if (captured === undefined) throw unusable(leftOut[0]?.reason ?? 'it is no command of curl');
  if (others.length > 0) throw unusable(`it sends ${requests.length} requests, and one is looked into`);
  const [, url, target = '/'] = /^(https?:\/\/[^/?#]+)(.*)$/is.exec(captured.url) ?? [];
  if (url === undefined) throw unusable('it names no http or https URL');
  const has = (name: string) => captured.headers.some(([given]) => given.toLowerCase() === name.toLowerCase());
  const headers = [...usualHeaders.filter(([name]) => !has(name)), ...captured.headers];
  const path = target.startsWith('/') ? target : `/${target}`;
  const { method } = captured;
  const request = { method, path, query: [], headers, cookies: [], body: bodyOf(captured.body), omittedHeaders: [] };
  return { request, url };
}

function bodyOf(body: CapturedBody): RequestBody {
  if (body.kind === 'missing') throw unusable(body.reason);
  return body.kind === 'none' ? body : { kind: 'raw', content: contentOf(body.bytes) };
}

function contentOf(bytes: Uint8Array): Content {
  const text = Buffer.from(bytes).toString('utf8');
  return Buffer.from(text).equals(bytes) ? { text } : { base64: Buffer.from(bytes).toString('base64') };
}

function unusable(reason: string) {
  return fail('USAGE', { message: `--curl cannot be followed: ${reason}`, command: 'triage' });
}
