import type { Pair } from '../../model/request.js';
import type { CapturedBody, CapturedRequest } from '../captured-request.js';
import type { ReadLocal } from '../local-files.js';
import type { CurlBody } from './curl-body.js';
import { curlData, curlFiles, encodedPiece, type ReadCurlFile } from './curl-data.js';
import { curlForm } from './curl-form.js';
import { curlHeaders } from './curl-headers.js';
import { completeUrl, globUrl, withQuery } from './curl-url.js';
import { type CurlOption, readOptions } from './option-names.js';
import type { ShellCommand } from './shell-command.js';

/** What a command line sends, without the place. */
export type CurlRequest = Pick<CapturedRequest, 'method' | 'url' | 'headers' | 'body'>;

/** @returns the requests of one command line, or why it sends none that can be told */
export async function curlRequests(
  { words, input }: Pick<ShellCommand, 'words' | 'input'>,
  readLocal: ReadLocal,
): Promise<readonly (CurlRequest | { readonly reason: string })[]> {
  const read = curlFiles(readLocal, input);
  const requests: (CurlRequest | { readonly reason: string })[] = [];
  for (const options of operations(readOptions(words))) requests.push(...(await requestsOf(options, read)));
  return requests;
}

/** `--next` begins anew. */
function operations(options: readonly CurlOption[]): readonly (readonly CurlOption[])[] {
  const found: CurlOption[][] = [[]];
  for (const option of options) {
    if (option.name === 'next') found.push([]);
    else found.at(-1)?.push(option);
  }
  return found.filter((one) => one.length > 0);
}

interface Settled {
  readonly has: (name: string) => boolean;
  readonly last: (name: string) => string | undefined;
  readonly all: (name: string) => readonly string[];
}

async function requestsOf(
  options: readonly CurlOption[],
  read: ReadCurlFile,
): Promise<readonly (CurlRequest | { readonly reason: string })[]> {
  const all = (name: string) => options.filter((option) => option.name === name).map(({ value }) => value);
  const settled: Settled = { has: (name) => all(name).length > 0, last: (name) => all(name).at(-1), all };
  const unsupported = ['config', 'expand-url', 'expand-data', 'expand-header'].find(settled.has);
  if (unsupported !== undefined) return [{ reason: `--${unsupported} is not read` }];
  const urls = all('url').flatMap((url) => {
    const globbed = settled.has('globoff') ? { urls: [url] } : globUrl(url);
    return 'urls' in globbed ? globbed.urls : [];
  });
  if (urls.length === 0) return [{ reason: all('url').length > 0 ? 'its URL stands for too many' : 'it names no URL' }];
  const body = await bodyOf(options, settled, read);
  const query = await addedQuery(settled, read, body);
  const requests: CurlRequest[] = [];
  for (const url of urls) requests.push(await requestTo(url, { options, settled, read, body, query }));
  return requests;
}

interface Parts {
  readonly options: readonly CurlOption[];
  readonly settled: Settled;
  readonly read: ReadCurlFile;
  readonly body: CurlBody;
  readonly query: string;
}

async function requestTo(given: string, { options, settled, read, body, query }: Parts): Promise<CurlRequest> {
  const { url: plain, credentials } = completeUrl(
    given,
    settled.last('proto-default') ?? 'http',
    settled.has('path-as-is'),
  );
  const url = withTarget(uploadedName(withQuery(plain, query), settled), settled.last('request-target'));
  const sent = settled.has('get') || settled.has('head') ? noBody : body;
  const headers = await curlHeaders(options, { ...(credentials !== undefined && { credentials }), ...sent }, read);
  return {
    method: methodOf(settled, sent),
    url: utf8(url),
    headers: headers.map(([name, value]): Pair => [utf8(name), utf8(value)]),
    body: captured(sent),
  };
}

const noBody: CurlBody = { kind: 'none' };

async function bodyOf(options: readonly CurlOption[], { all, has }: Settled, read: ReadCurlFile): Promise<CurlBody> {
  const form = await curlForm(options, read);
  const data = await curlData(options, read);
  if (form !== undefined && data !== undefined && !has('get'))
    return { kind: 'form', missing: 'curl takes either -F or -d' };
  if (form !== undefined) return { kind: 'form', ...form };
  if (data !== undefined) return { kind: has('json') ? 'json' : 'data', ...data };
  const [upload] = all('upload-file');
  return upload === undefined ? noBody : { kind: 'upload', ...(await read(upload)) };
}

/** `-G` puts the data into the query, `--url-query` more. */
async function addedQuery({ all, has }: Settled, read: ReadCurlFile, body: CurlBody): Promise<string> {
  const pieces: string[] = has('get') && body.text !== undefined ? [body.text] : [];
  for (const value of all('url-query')) {
    const piece = value.startsWith('+') ? { text: value.slice(1) } : await encodedPiece(value, read);
    if ('text' in piece) pieces.push(piece.text);
  }
  return pieces.join('&');
}

/** A URL that ends in a slash gets the name of the file that `-T` uploads. */
function uploadedName(url: string, { all }: Settled): string {
  const [file] = all('upload-file');
  return file === undefined || !/^[^?]*\/$/.test(url)
    ? url
    : `${url}${encodeURIComponent(file.replace(/^.*[/\\]/s, ''))}`;
}

function withTarget(url: string, target: string | undefined): string {
  return target === undefined ? url : url.replace(/^([a-z]+:\/\/[^/?#]*).*$/is, (_, origin: string) => origin + target);
}

function methodOf({ last, has }: Settled, { kind }: CurlBody): string {
  const usual = has('head') ? 'HEAD' : kind === 'upload' ? 'PUT' : kind === 'none' ? 'GET' : 'POST';
  return last('request') ?? usual;
}

function captured({ kind, text, missing }: CurlBody): CapturedBody {
  if (missing !== undefined) return { kind: 'missing', reason: missing };
  if (kind === 'none' || text === undefined || text === '') return { kind: 'none' };
  return { kind: 'bytes', bytes: Buffer.from(text, 'latin1') };
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
