import type { Pair, RequestSpec, WireRequest } from '../model/request.js';
import { encodeRequest } from '../request/encode-request.js';
import { isVisible } from '../util/printable.js';
import { printfText, shellQuote } from '../util/shell-quote.js';

/** Where requests go when a report does not say: the embedded engine has no address. */
export const placeholderUrl = 'http://localhost:8080';

// Linux takes at most 128 KiB in one argument (MAX_ARG_STRLEN); standard input has no such limit.
const maxArgumentBytes = 65_536;
// What curl sends without being told to.
const curlDefaults = ['User-Agent', 'Accept', 'Content-Type', 'Expect'];
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * A command for any POSIX shell that sends this request byte for byte: what curl would add is switched off, and what
 * it would tidy up is kept. A body that can be read is in single quotes, one with invisible characters comes from
 * `printf`, bytes that are not text from `base64`. Left out is what no HTTP client sends: a header whose name is not a
 * token (curl would read a file for `@name`), and NUL in a header.
 */
export function curlCommand(spec: RequestSpec, url: string = placeholderUrl): string {
  return curlFor(encodeRequest(spec), spec.omittedHeaders, url);
}

/** `curlCommand` for a request that is already encoded. */
export function curlFor(wire: WireRequest, omittedHeaders: readonly string[], url: string = placeholderUrl): string {
  const body = bodySource(wire);
  const lines = [
    `curl -i --path-as-is --globoff${httpVersion(url)}${methodOption(wire.method, body)}`,
    ...urlOptions(wire.target, url),
    ...headerOptions(wire, omittedHeaders),
    ...body.options,
  ];
  return body.feed + lines.join(' \\\n  ');
}

// Over TLS curl would choose HTTP/2, where header names are in lower case.
function httpVersion(url: string): string {
  return url.toLowerCase().startsWith('https:') ? ' --http1.1' : '';
}

function methodOption(method: string, { options }: BodySource): string {
  const hasData = options.length > 0;
  if (method === 'GET' && !hasData) return '';
  if (method === 'HEAD' && !hasData) return ' --head';
  return ` -X ${shellQuote(method)}`;
}

// A URL loses what follows `#`; a request target may hold it.
function urlOptions(target: string, url: string): readonly string[] {
  const whole = url.replace(/\/+$/, '') + target;
  if (!target.includes('#')) return [shellQuote(whole)];
  return [shellQuote(whole.replaceAll('#', '%23')), `--request-target ${shellQuote(basePath(url) + target)}`];
}

function basePath(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname.replace(/\/+$/, '') : '';
}

function headerOptions(wire: WireRequest, omitted: readonly string[]): readonly string[] {
  const sent = wire.headers.filter(([name]) => headerName.test(name));
  const given = new Set(sent.map(([name]) => name.toLowerCase()));
  const unwanted = new Set([...curlDefaults, ...omitted.filter((name) => headerName.test(name)).map(titleCase)]);
  return [
    ...sent.filter((header) => !isOwnLength(header, wire)).map(headerOption),
    ...[...unwanted].filter((name) => !given.has(name.toLowerCase())).map((name) => `-H ${shellQuote(`${name}:`)}`),
  ];
}

// curl leaves out its own Host for `Host:` only, not for `host:`.
function titleCase(name: string): string {
  return name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

// curl counts by itself; only a length that is wrong on purpose has to be said.
function isOwnLength([name, value]: Pair, { body }: WireRequest): boolean {
  return name.toLowerCase() === 'content-length' && value === `${body.length}`;
}

// curl takes `Name:` as "do not send"; `Name;` is a header without a value.
function headerOption([name, value]: Pair): string {
  return `-H ${shellQuote(value.trim() === '' ? `${name};` : `${name}: ${value}`)}`;
}

interface BodySource {
  /** What stands before curl and writes the body to its standard input. */
  readonly feed: string;
  readonly options: readonly string[];
}

function bodySource({ body, headers }: WireRequest): BodySource {
  if (body.length === 0) return { feed: '', options: framesEmptyBody(headers) ? ["--data-raw ''"] : [] };
  const text = utf8Text(body);
  if (text === undefined) return piped(`printf %s '${Buffer.from(body).toString('base64')}' | base64 -d`);
  if (!isVisible(text) || body.length > maxArgumentBytes) return piped(`printf %b ${printfText(text)}`);
  return { feed: '', options: [`--data-raw ${shellQuote(text)}`] };
}

function piped(producer: string): BodySource {
  return { feed: `${producer} \\\n| `, options: ['--data-binary @-'] };
}

function framesEmptyBody(headers: readonly Pair[]): boolean {
  return headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
}

function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
