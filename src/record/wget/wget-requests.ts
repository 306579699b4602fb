import type { Pair } from '../../model/request.js';
import type { CurlText, ReadCurlFile } from '../curl/curl-data.js';
import { curlFiles } from '../curl/curl-data.js';
import { inText, type ToldCommand, type ToldRequest } from '../curl/curl-request.js';
import { type GivenOption, givenOptions, type OptionTable } from '../curl/given-options.js';
import type { ShellCommand } from '../curl/shell-command.js';
import type { ReadLocal } from '../local-files.js';
import { wgetUrl } from './wget-url.js';

/** Options of wget 1.21 that take a value. */
const table: OptionTable = {
  valued: new Set(
    `accept accept-regex append-output base bind-address body-data body-file ca-certificate ca-directory certificate
    certificate-type ciphers compression connect-timeout crl-file cut-dirs default-page directory-prefix dns-timeout domains
    egd-file exclude-directories exclude-domains execute follow-tags ftp-password ftp-user header hsts-file http-password
    http-user ignore-tags include-directories input-file level limit-rate load-cookies local-encoding max-redirect method
    output-document output-file password pinnedpubkey post-data post-file prefer-family private-key private-key-type
    progress proxy-password proxy-user quota random-file read-timeout referer regex-type reject reject-regex
    remote-encoding report-speed restrict-file-names retry-on-http-error save-cookies secure-protocol start-pos timeout
    tries use-askpass user user-agent wait waitretry warc-file warc-header`.split(/\s+/),
  ),
  short: {
    A: 'accept',
    B: 'base',
    D: 'domains',
    I: 'include-directories',
    O: 'output-document',
    P: 'directory-prefix',
    Q: 'quota',
    R: 'reject',
    T: 'timeout',
    U: 'user-agent',
    X: 'exclude-directories',
    a: 'append-output',
    e: 'execute',
    i: 'input-file',
    l: 'level',
    o: 'output-file',
    r: 'recursive',
    m: 'mirror',
    p: 'page-requisites',
    t: 'tries',
    w: 'wait',
  },
};

type Options = readonly GivenOption[];

/** What wget sends (wget 1.21, http.c). Texts are bytes, one character a byte. */
export async function wgetRequests(
  { words, input }: Pick<ShellCommand, 'words' | 'input'>,
  readLocal: ReadLocal,
): Promise<ToldCommand> {
  const options = givenOptions(words, table);
  const urls = options.filter(({ name }) => name === '').map(({ value }) => value);
  const body = await bodyOf(options, curlFiles(readLocal, input));
  const requests = urls.map((url) => requestTo(url, options, body));
  return { requests: urls.length === 0 ? [{ reason: 'it names no URL' }] : requests, notes: notRead(options) };
}

function lastOf(options: Options, ...names: readonly string[]): string | undefined {
  return options.findLast(({ name }) => names.includes(name))?.value;
}

async function bodyOf(options: Options, read: ReadCurlFile): Promise<CurlText | undefined> {
  const text = lastOf(options, 'post-data', 'body-data');
  const file = lastOf(options, 'post-file', 'body-file');
  if (text !== undefined) return { text };
  return file === undefined ? undefined : read(file);
}

function requestTo(given: string, options: Options, body: CurlText | undefined): ToldRequest {
  const target = wgetUrl(given);
  if ('reason' in target) return target;
  const isPost = lastOf(options, 'post-data', 'post-file') !== undefined;
  const isSpider = lastOf(options, 'spider') !== undefined;
  const method = lastOf(options, 'method')?.toUpperCase() ?? (isPost ? 'POST' : isSpider ? 'HEAD' : 'GET');
  return inText({
    method,
    url: target.url,
    headers: headersOf(options, target.credentials, body !== undefined),
    body:
      body === undefined
        ? { kind: 'none' }
        : 'missing' in body
          ? { kind: 'missing', reason: body.missing }
          : bytesOf(body.text),
  });
}

function bytesOf(text: string): { readonly kind: 'none' } | { readonly kind: 'bytes'; readonly bytes: Buffer } {
  return text === '' ? { kind: 'none' } : { kind: 'bytes', bytes: Buffer.from(text, 'latin1') };
}

/** The headers of wget; a later one of `--header` replaces an earlier one and its own, and an empty one takes all back. */
function headersOf(options: Options, credentials: string | undefined, hasBody: boolean): readonly Pair[] {
  const agent = lastOf(options, 'user-agent');
  const referer = lastOf(options, 'referer');
  const compression = lastOf(options, 'compression');
  const user = lastOf(options, 'http-user', 'user');
  const password = lastOf(options, 'http-password', 'password') ?? '';
  const login = credentials ?? (user === undefined ? undefined : `${user}:${password}`);
  const isTold = login !== undefined && lastOf(options, 'auth-no-challenge') !== undefined;
  return merged([
    ...(referer === undefined ? [] : [['Referer', referer] as const]),
    ...(lastOf(options, 'no-cache') === undefined
      ? []
      : ([
          ['Cache-Control', 'no-cache'],
          ['Pragma', 'no-cache'],
        ] as const)),
    ...(agent === '' ? [] : [['User-Agent', agent ?? 'Wget/1.21.3'] as const]),
    ['Accept', '*/*'],
    ['Accept-Encoding', compression === undefined || compression === 'none' ? 'identity' : 'gzip'],
    ...(isTold ? [['Authorization', `Basic ${Buffer.from(login, 'latin1').toString('base64')}`] as const] : []),
    ...(hasBody ? [['Content-Type', 'application/x-www-form-urlencoded'] as const] : []),
    ...givenHeaders(options),
  ]);
}

function givenHeaders(options: Options): readonly Pair[] {
  const lines = options.flatMap(({ name, value }) => {
    if (name === 'header') return [value];
    const executed = name === 'execute' ? /^\s*header\s*=\s*(.*)$/is.exec(value)?.[1] : undefined;
    return executed === undefined ? [] : [executed];
  });
  return lines.slice(lines.lastIndexOf('') + 1).flatMap((line): readonly Pair[] => {
    const [, name, value = ''] = /^([^:\s]+)\s*:\s*(.*)$/s.exec(line) ?? [];
    return name === undefined ? [] : [[name, value]];
  });
}

function merged(pairs: readonly Pair[]): readonly Pair[] {
  const byName = new Map<string, Pair>();
  for (const pair of pairs) byName.set(pair[0].toLowerCase(), pair);
  return [...byName.values()];
}

function notRead(options: Options): readonly string[] {
  const has = (...names: readonly string[]) => lastOf(options, ...names) !== undefined;
  return [
    ...(has('load-cookies') ? ['cookies of a file are not read (--load-cookies)'] : []),
    ...(has('input-file') ? ['addresses of a file are not read (--input-file)'] : []),
    ...(has('recursive', 'mirror', 'page-requisites') ? ['what wget follows from page to page is not in it'] : []),
    ...(has('user', 'http-user') && !has('auth-no-challenge')
      ? ['what wget sends of --user when it is asked is not in it']
      : []),
  ];
}
