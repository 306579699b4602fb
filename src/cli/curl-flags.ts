import { fail } from '../model/error.js';
import type { Pair, RequestSpec } from '../model/request.js';
import type { Destination } from '../model/target-options.js';
import type { Arguments } from './arguments.js';
import type { Flag } from './flags.js';

/** Options that mean what they mean to curl. */
export const curlFlags: readonly Flag[] = [
  { long: 'request', short: 'X', argument: 'method', help: 'the method (default: GET, or POST with a body)' },
  { long: 'header', short: 'H', argument: 'line', several: true, help: 'a header field, as "Name: value"' },
  { long: 'data', short: 'd', argument: 'text|@file', several: true, help: 'a form body; several are joined with &' },
  { long: 'data-raw', argument: 'text', several: true, help: 'the same, without @file' },
  { long: 'data-binary', argument: 'text|@file', several: true, help: 'the same, with line ends as they are' },
  { long: 'data-urlencode', argument: 'name=text', several: true, help: 'the same, encoded' },
  { long: 'form', short: 'F', argument: 'name=text|@file', several: true, help: 'a part of a multipart body' },
  { long: 'get', short: 'G', help: 'the data goes into the query' },
  { long: 'head', short: 'I', help: 'a HEAD request' },
  { long: 'cookie', short: 'b', argument: 'pairs', several: true, help: 'cookies, as "a=1; b=2"' },
  { long: 'user', short: 'u', argument: 'name:password', help: 'credentials for Basic authentication' },
  { long: 'user-agent', short: 'A', argument: 'text', help: 'the User-Agent (default: that of curl)' },
  { long: 'referer', short: 'e', argument: 'url', help: 'the Referer' },
  { long: 'path-as-is', help: 'leave /../ and /./ in the path' },
  { long: 'insecure', short: 'k', help: 'accept any certificate' },
  { long: 'cacert', argument: 'file', help: 'certificates of authorities to trust beside the usual ones' },
  { long: 'resolve', argument: 'host:port:address', help: 'connect to that address, and keep the name' },
];

/** A request and where it goes. */
export interface AimedRequest {
  readonly request: RequestSpec;
  readonly destination: Destination;
}

/** Options that say how to connect, and not what is sent. */
const connecting: readonly string[] = ['insecure', 'cacert', 'resolve'];

/**
 * Reads a URL and options as curl does.
 * @throws WafproofError `USAGE`
 */
export async function readAimed(url: string, args: Arguments, cwd: string): Promise<AimedRequest> {
  checkHeaders(args);
  const sending = curlFlags.map(({ long }) => long).filter((long) => !connecting.includes(long));
  const given = args.inOrder.filter(({ long }) => sending.includes(long));
  const { readCurlWords } = await import('../pipeline/triage/curl-request.js');
  const words = given.flatMap(({ long, value }) => [`--${long}`, ...(value === undefined ? [] : [value])]);
  const aimed = await readCurlWords([...words, '--globoff', url], cwd);
  const omittedHeaders = args.all('header').flatMap((line) => /^([^:;]+):\s*$/.exec(line)?.[1]?.toLowerCase() ?? []);
  const destination = { url: aimed.url, ...destinationOf(aimed.url, args) };
  return { request: { ...aimed.request, omittedHeaders }, destination };
}

/** What curl leaves out without a word is told here. */
function checkHeaders(args: Arguments): void {
  for (const line of args.all('header')) headerIn(line);
  for (const text of args.all('cookie')) cookieIn(text);
}

/** The options that change a request which is there already. */
export function withCurlFlags(request: RequestSpec, args: Arguments): RequestSpec {
  const given = givenHeaders(args);
  const isGiven = ([name]: Pair) => given.some(([other]) => other.toLowerCase() === name.toLowerCase());
  const isCookie = given.some(([name]) => name.toLowerCase() === 'cookie');
  return {
    ...request,
    method: args.text('request') ?? request.method,
    headers: [...request.headers.filter((header) => !isGiven(header)), ...given],
    cookies: isCookie ? [] : request.cookies,
  };
}

function givenHeaders(args: Arguments): readonly Pair[] {
  const user = args.text('user');
  const cookies = args.all('cookie').map(cookieIn);
  return [
    ...args.all('header').flatMap(headerIn),
    ...fieldOf('User-Agent', args.text('user-agent')),
    ...fieldOf('Referer', args.text('referer')),
    ...fieldOf('Authorization', user && `Basic ${Buffer.from(user).toString('base64')}`),
    ...fieldOf('Cookie', cookies.length === 0 ? undefined : cookies.join('; ')),
  ];
}

/** `Name: value`; `Name;` is one without a value, and `Name:` takes the field away. */
export function headerIn(line: string): readonly Pair[] {
  const [, name, value] = /^([^:;\s]+):\s*(.+)$/s.exec(line) ?? [];
  if (name !== undefined && value !== undefined) return [[name, value.trim()]];
  const [, empty] = /^([^:;\s]+);$/.exec(line) ?? [];
  if (empty !== undefined) return [[empty, '']];
  if (/^[^:;\s]+:\s*$/.test(line)) return [];
  throw unusable(`"${line}" is no header field such as "Name: value"`);
}

function cookieIn(text: string): string {
  if (text.includes('=')) return text;
  throw unusable(`--cookie takes cookies such as "a=1; b=2"; the cookie file "${text}" is not read`);
}

function fieldOf(name: string, value: string | undefined): readonly Pair[] {
  return value === undefined ? [] : [[name, value]];
}

/** How a URL is connected to, by the options of curl. */
export function destinationOf(origin: string, args: Arguments): Omit<Destination, 'url'> & { readonly url?: string } {
  const ca = args.text('cacert');
  const resolved = args.text('resolve');
  return {
    ...(args.on('insecure') && { insecure: true }),
    ...(ca !== undefined && { ca }),
    ...(resolved !== undefined && resolvedTo(origin, resolved)),
  };
}

/** `host:port:address`: the name stays in `Host` and in TLS. */
function resolvedTo(origin: string, setting: string): { readonly url?: string; readonly host?: string } {
  const [, host, port, address] = /^([^:]+):(\d+):\[?([^\]]+)\]?$/.exec(setting) ?? [];
  if (address === undefined) throw unusable(`--resolve takes host:port:address, not "${setting}"`);
  const url = new URL(origin);
  const usual = url.protocol === 'https:' ? '443' : '80';
  if (url.hostname !== host || (url.port || usual) !== port) return {};
  return { url: `${url.protocol}//${address.includes(':') ? `[${address}]` : address}:${port}`, host: url.host };
}

/** An option that cannot be followed. */
function unusable(message: string) {
  return fail('USAGE', { message, command: 'triage' });
}
