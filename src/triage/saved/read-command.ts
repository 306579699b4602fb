import type { Pair } from '../../model/request.js';
import type { TriagedRequest } from '../material.js';
import { wordsOfCommand } from './command-words.js';
import { readHeader } from './read-response.js';

/** Reads what was sent: a curl command, in a shell's quotes or without any, or the request as it went out. */
export function readCommand(text: string): TriagedRequest | undefined {
  const trimmed = text.trim().replace(/^\$\s+/, '');
  return /^(?:\S{0,100}\/)?curl\s/.test(trimmed) ? readCurl(trimmed) : readRequestHead(trimmed);
}

/** A request as it goes out: its first line, its headers, and the body after an empty line. */
export function readRequestHead(text: string): TriagedRequest | undefined {
  const end = /\r?\n\r?\n/.exec(text);
  const [first = '', ...lines] = text.slice(0, end?.index ?? text.length).split(/\r?\n/);
  const [, method, target] = /^([A-Z]{1,20}) (\S{1,8000})(?: HTTP\/[\d.]{1,3})?$/.exec(first.trim()) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const headers = lines.flatMap(readHeader);
  const host = headerIn(headers, 'host');
  const body = end === null ? '' : text.slice(end.index + end[0].length);
  const url = target.startsWith('/') && host !== undefined ? `http://${host}${target}` : target;
  return { method, url, headers, ...(body !== '' && { body, bodyBytes: Buffer.byteLength(body) }) };
}

/** What options of curl say; each may say one of these. */
interface CurlParts {
  readonly method?: string;
  readonly url?: string;
  readonly proxy?: string;
  readonly hasCertificate?: true;
  readonly isHead?: true;
  readonly isGet?: true;
  readonly headers?: readonly Pair[];
  readonly data?: readonly string[];
}

type Take = (value: string) => CurlParts;

const method: Take = (value) => ({ method: value });
const rawHeader: Take = (value) => ({ headers: readHeader(value) });
const credentials: Take = () => ({ headers: [['Authorization', 'Basic …']] });
const data: Take = (value) => ({ data: [value] });
const proxy: Take = (value) => ({ proxy: value });
const certificate: Take = () => ({ hasCertificate: true });
const header =
  (name: string): Take =>
  (value) => ({ headers: [[name, value]] });

/** Options of curl that say what is sent; others with a value are passed over. */
const options: Readonly<Record<string, Take>> = {
  '-X': method,
  '--request': method,
  '-H': rawHeader,
  '--header': rawHeader,
  '-A': header('User-Agent'),
  '--user-agent': header('User-Agent'),
  '-e': header('Referer'),
  '--referer': header('Referer'),
  '-b': header('Cookie'),
  '--cookie': header('Cookie'),
  '-u': credentials,
  '--user': credentials,
  '--oauth2-bearer': (value) => ({ headers: [['Authorization', `Bearer ${value}`]] }),
  '-d': data,
  '--data': data,
  '--data-raw': data,
  '--data-binary': data,
  '--data-ascii': data,
  '--data-urlencode': data,
  '--json': (value) => ({ headers: [['Content-Type', 'application/json']], data: [value] }),
  '-F': data,
  '--form': data,
  '-T': () => ({ method: 'PUT' }),
  '-x': proxy,
  '--proxy': proxy,
  '-E': certificate,
  '--cert': certificate,
  '--url': (value) => ({ url: value }),
};

const switches: Readonly<Record<string, CurlParts>> = {
  '-I': { isHead: true },
  '--head': { isHead: true },
  '-G': { isGet: true },
  '--get': { isGet: true },
};

const passedOver =
  /^(?:-[oOmwKcDrtyYzCQ]|--(?:output|max-time|connect-timeout|write-out|config|cookie-jar|dump-header|key|cacert|capath|resolve|connect-to|retry|tls-max|ciphers|interface|limit-rate|max-redirs|range|trace|trace-ascii|unix-socket|proxy-user|proxy-header|cert-type|key-type|pass))$/;

function readCurl(text: string): TriagedRequest {
  const words = wordsOfCommand(text);
  let known: Known = { headers: [], data: [] };
  for (let at = 1; at < words.length; at++) {
    const { parts, used } = readOption(words[at] ?? '', words[at + 1] ?? '');
    known = {
      ...parts,
      ...known,
      headers: [...known.headers, ...(parts.headers ?? [])],
      data: [...known.data, ...(parts.data ?? [])],
    };
    at += used;
  }
  return toRequest(known);
}

type Known = CurlParts & Required<Pick<CurlParts, 'headers' | 'data'>>;

function toRequest({
  method: named,
  url,
  proxy: through,
  hasCertificate,
  isHead,
  isGet,
  headers,
  data: pieces,
}: Known): TriagedRequest {
  const body = pieces.join('&');
  const usual = isHead ? 'HEAD' : pieces.length > 0 && !isGet ? 'POST' : 'GET';
  return {
    method: named ?? usual,
    headers,
    ...(url !== undefined && { url }),
    ...(through !== undefined && { proxy: through }),
    ...(hasCertificate && { hasCertificate }),
    ...(pieces.length > 0 && { body, bodyBytes: Buffer.byteLength(body) }),
  };
}

/** What a word says, and how many of those after it belong to it. */
function readOption(word: string, next: string): { readonly parts: CurlParts; readonly used: number } {
  const [name, inline] = nameOf(word);
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  const used = inline === undefined ? 1 : 0;
  if (option !== undefined) return { parts: option(inline ?? next), used };
  if (passedOver.test(name)) return { parts: {}, used };
  if (word.startsWith('-'))
    return { parts: (Object.hasOwn(switches, word) ? switches[word] : undefined) ?? {}, used: 0 };
  return { parts: { url: word }, used: 0 };
}

/** `--data=x` is an option with its value, and so is `-XPOST`. */
function nameOf(word: string): readonly [string, string | undefined] {
  if (!word.startsWith('--')) return [word.slice(0, 2), word.length > 2 ? word.slice(2) : undefined];
  const equals = word.indexOf('=');
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

function headerIn(headers: readonly Pair[], wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}
