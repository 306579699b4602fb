import type { Pair } from '../../model/request.js';
import type { CurlBody } from './curl-body.js';
import type { ReadCurlFile } from './curl-data.js';
import type { CurlOption } from './option-names.js';

/** The version whose User-Agent a command is sent with that names none. */
const agent = 'curl/8.14.1';

type Sent = Pick<CurlBody, 'kind' | 'boundary'> & {
  readonly credentials?: string | undefined;
  /** How long the body is, where it has one. */
  readonly length?: number | undefined;
};

export type GivenHeaders = readonly { readonly name: string; readonly value: string | undefined }[];

/** The headers that curl sends: its own, those of options, and those of `-H`, which replace or remove them. */
export function curlHeaders(options: readonly CurlOption[], given: GivenHeaders, sent: Sent): readonly Pair[] {
  const named = new Set(given.map(({ name }) => name.toLowerCase()));
  const own = ownHeaders(options, sent).filter(([name]) => !named.has(name.toLowerCase()));
  const custom = given.flatMap(({ name, value = sent.kind === 'form' && isType(name) ? '' : undefined }) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return [...own, ...custom].map((pair) => withBoundary(pair, sent));
}

/** Those of `-H`, without a value where they are removed: `Name: value`, `Name:` removes one and `Name;` sends it empty. */
export async function givenHeaders(
  options: readonly CurlOption[],
  read: ReadCurlFile,
): Promise<GivenHeaders | { readonly missing: string }> {
  const lines: string[] = [];
  for (const { value } of options.filter(({ name }) => name === 'header')) {
    const file = value.startsWith('@') ? await read(value.slice(1)) : { text: value };
    if ('missing' in file) return file;
    lines.push(...(value.startsWith('@') ? file.text.split(/\r?\n/) : [value]));
  }
  return lines.flatMap((line) => {
    const empty = /^([^:;]+);\s*$/.exec(line)?.[1];
    const [, name = '', value = ''] = /^([^:]+):[ \t]*(.*)$/s.exec(line) ?? [];
    if (empty !== undefined) return [{ name: empty, value: '' }];
    return name === '' ? [] : [{ name, value: value === '' ? undefined : value }];
  });
}

function ownHeaders(options: readonly CurlOption[], { kind, boundary, credentials, length }: Sent): readonly Pair[] {
  const last = (name: string) => options.filter((option) => option.name === name).at(-1)?.value;
  const pair = (name: string, value: string | undefined): readonly Pair[] =>
    value === undefined || value === '' ? [] : [[name, value]];
  const cookies = options
    .filter(({ name, value }) => name === 'cookie' && value.includes('='))
    .map(({ value }) => value);
  const types = {
    none: undefined,
    upload: undefined,
    data: 'application/x-www-form-urlencoded',
    json: 'application/json',
  };
  return [
    ...pair('Authorization', authorization(options, credentials)),
    ...pair('User-Agent', last('user-agent') ?? agent),
    ...pair('Accept', kind === 'json' ? 'application/json' : '*/*'),
    ...pair('Accept-Encoding', last('compressed') === undefined ? undefined : 'deflate, gzip, br, zstd'),
    ...pair('Referer', last('referer')?.replace(/;auto$/, '')),
    ...rangeHeader(last('range'), kind, length),
    ...pair('Cookie', cookies.join(';')),
    ...pair('Content-Type', kind === 'form' ? `multipart/form-data; boundary=${boundary}` : types[kind]),
  ];
}

/** A range of what is sent, else of what is wanted (curl, Curl_http_range). */
function rangeHeader(range: string | undefined, kind: Sent['kind'], length: number | undefined): readonly Pair[] {
  if (range === undefined || kind === 'form') return [];
  if (kind === 'none') return [['Range', `bytes=${range}`]];
  return [['Content-Range', `bytes ${range}/${length ?? '-1'}`]];
}

/** Digest and its like answer a challenge, which nobody knows beforehand. */
function authorization(options: readonly CurlOption[], credentials: string | undefined): string | undefined {
  const last = (name: string) => options.filter((option) => option.name === name).at(-1)?.value;
  const bearer = last('oauth2-bearer');
  if (bearer !== undefined) return `Bearer ${bearer}`;
  const user = last('user') ?? credentials;
  if (user === undefined || options.some(({ name }) => /^(?:digest|ntlm|negotiate|aws-sigv4)$/.test(name)))
    return undefined;
  return `Basic ${Buffer.from(user.includes(':') ? user : `${user}:`, 'latin1').toString('base64')}`;
}

/** curl puts its boundary behind a Content-Type of the user, even one that is removed. */
function withBoundary([name, value]: Pair, { kind, boundary }: Sent): Pair {
  const isOwn = kind !== 'form' || boundary === undefined || !isType(name) || value.includes(boundary);
  return isOwn ? [name, value] : ['Content-Type', `${value}; boundary=${boundary}`];
}

function isType(name: string): boolean {
  return name.toLowerCase() === 'content-type';
}
