import type { Pair } from '../../model/request.js';
import type { CurlBody } from './curl-body.js';
import type { ReadCurlFile } from './curl-data.js';
import type { CurlOption } from './option-names.js';

/** The version whose User-Agent a command is sent with that names none. */
const agent = 'curl/8.14.1';

type Sent = Pick<CurlBody, 'kind' | 'boundary'> & { readonly credentials?: string };

/** The headers that curl sends: its own, those of options, and those of `-H`, which replace or remove them. */
export async function curlHeaders(
  options: readonly CurlOption[],
  sent: Sent,
  read: ReadCurlFile,
): Promise<readonly Pair[]> {
  const given = await givenHeaders(options, read);
  const named = new Set(given.map(({ name }) => name.toLowerCase()));
  const own = ownHeaders(options, sent).filter(([name]) => !named.has(name.toLowerCase()));
  const custom = given.flatMap(({ name, value }): readonly Pair[] => (value === undefined ? [] : [[name, value]]));
  return [...own, ...custom].map((pair) => withBoundary(pair, sent));
}

/** `Name: value`; `Name:` removes a header and `Name;` sends it empty. */
async function givenHeaders(options: readonly CurlOption[], read: ReadCurlFile) {
  const lines: string[] = [];
  for (const { value } of options.filter(({ name }) => name === 'header')) {
    const file = value.startsWith('@') ? await read(value.slice(1)) : undefined;
    if (file === undefined) lines.push(value);
    else if ('text' in file) lines.push(...file.text.split(/\r?\n/));
  }
  return lines.flatMap((line) => {
    const empty = /^([^:;]+);\s*$/.exec(line)?.[1];
    const [, name = '', value = ''] = /^([^:]+):[ \t]*(.*)$/s.exec(line) ?? [];
    if (empty !== undefined) return [{ name: empty.trim(), value: '' }];
    return name === '' ? [] : [{ name: name.trim(), value: value === '' ? undefined : value }];
  });
}

function ownHeaders(options: readonly CurlOption[], { kind, boundary, credentials }: Sent): readonly Pair[] {
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
    ...pair('Range', last('range') === undefined ? undefined : `bytes=${last('range')}`),
    ...pair('Cookie', cookies.join(';')),
    ...pair('Content-Type', kind === 'form' ? `multipart/form-data; boundary=${boundary}` : types[kind]),
  ];
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

/** curl puts its boundary behind a Content-Type of the user. */
function withBoundary([name, value]: Pair, { kind, boundary }: Sent): Pair {
  const isOwn =
    kind !== 'form' || boundary === undefined || name.toLowerCase() !== 'content-type' || value.includes(boundary);
  return isOwn ? [name, value] : [name, `${value}; boundary=${boundary}`];
}
