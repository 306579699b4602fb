/** A URL as curl completes it, or why it sends nothing there. */
export type CurlUrl =
  | {
      /** The target alone where a variable without a value stands for the origin. */
      readonly url: string;
      /** `user:password` that stood in it, decoded. */
      readonly credentials?: string;
    }
  | { readonly reason: string };

/** What options say of a URL. */
export interface UrlOptions {
  /** For URLs without one. */
  readonly scheme: string;
  /** `--path-as-is`: dots in it stay. */
  readonly keepsPath: boolean;
  /** The host may be a variable that has no value here. */
  readonly mayLackHost: boolean;
  /** What `-G` and `--url-query` add, where there is one of them. */
  readonly query: string | undefined;
  /** The file that `-T` uploads: its name comes behind a slash at the end. */
  readonly upload: string | undefined;
  /** `--request-target` */
  readonly target: string | undefined;
}

/** Completes a URL (curl, urlapi.c and tool_operhlp.c), as far as it decides what is sent. */
export function completeUrl(given: string, options: UrlOptions): CurlUrl {
  const { origin, authority, rest } = parted(given, options);
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  const lacksHost = /^(?::\d*)?$/.test(host);
  const path = targetOf(rest, options);
  if (/[\0-\x20\x7f]/.test(given + (options.query ?? '')))
    return { reason: 'curl does not take its URL: a space or a control character stands in it' };
  if (!/^https?:\/\/$/i.test(origin)) return { reason: `its URL is not of HTTP (${origin.slice(0, 20)})` };
  if (lacksHost ? !options.mayLackHost : !isHost(host))
    return { reason: `curl does not take its URL: no host is called ${host.slice(0, 60) || '""'}` };
  const target = options.target ?? path;
  if (!target.startsWith('/')) return { reason: `its request target is no path (${target.slice(0, 60)})` };
  const url = lacksHost ? target : `${origin}${host}${target}`;
  return at < 0 ? { url } : { url, credentials: decoded(authority.slice(0, at)) };
}

/** One slash behind the scheme is enough, and three are not too many. */
function parted(given: string, { scheme, mayLackHost }: UrlOptions) {
  const [start, name = scheme] = /^([a-z][a-z\d+.-]*):\/{1,3}/i.exec(given) ?? [];
  // Without its host, a URL would begin with the first part of the path.
  const cut = start === undefined ? 0 : mayLackHost ? name.length + 3 : start.length;
  const [, authority = '', rest = ''] = /^([^/?#]*)([^#]*)/s.exec(given.slice(cut)) ?? [];
  return { origin: `${name}://`, authority, rest };
}

export function isHost(host: string): boolean {
  const [, name = '', port = ''] = /^(\[[\da-f:.%a-z]+\]|[^:[\]]*)(?::(\d*))?$/i.exec(host) ?? [];
  return (
    name !== '' && Number(port) <= 65_535 && (name.startsWith('[') || !/[\s/:#?!@{}[\]\\$'"^`*<>=;,&()+]/.test(name))
  );
}

function targetOf(rest: string, { keepsPath, query, upload }: UrlOptions): string {
  const question = rest.indexOf('?');
  const given = question < 0 ? rest : rest.slice(0, question);
  const path = keepsPath && given.length > 1 ? given : withoutDots(given);
  const own = question < 0 ? undefined : rest.slice(question + 1);
  const named = upload === undefined ? path : uploadedName(path, upload);
  return withQuery(asciiPath(named), own, query);
}

/** A path that ends in a slash gets the name of the file. curl then spells the bytes of the whole path in small letters. */
function uploadedName(path: string, upload: string): string {
  return path.endsWith('/') ? smallBytes(path + escapeBytes(upload.replace(/^.*[/\\]/s, ''))) : path;
}

/** Bytes beyond ASCII are escaped in the path, and not in the query. */
function asciiPath(path: string): string {
  return path.replace(/[\x80-\xff]/g, (byte) => smallBytes(escapeBytes(byte)));
}

function withQuery(path: string, own: string | undefined, added: string | undefined): string {
  if (added === '' && (own === undefined || own === '')) return path;
  if (added === undefined) return own === undefined ? path : `${path}?${own}`;
  const more = smallBytes(added.replace(/#.*$/s, ''));
  return `${path}?${own ?? ''}${own === undefined || own === '' || own.endsWith('&') ? '' : '&'}${more}`;
}

function smallBytes(text: string): string {
  return text.replace(/%[\da-f]{2}/gi, (byte) => byte.toLowerCase());
}

/** `curl_easy_escape` */
export function escapeBytes(bytes: string): string {
  return bytes.replace(
    /[^A-Za-z0-9\-._~]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** RFC 3986 section 5.2.4. */
export function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [i, segment] of segments.entries()) {
    const isLast = i === segments.length - 1;
    if (segment === '..') kept.pop();
    if (segment === '.' || segment === '..') {
      if (isLast) kept.push('');
    } else kept.push(segment);
  }
  return `/${kept.join('/')}`;
}

export function decoded(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
