import type { LoggedRequest } from '../../../contract/log-record.js';
import { correlationHeader } from '../../../model/correlation.js';
import { at, list, text } from '../../../util/json-tree.js';

/** What a record shows in the place of what redaction hides. */
const redacted = 'REDACTED';
/** More than a server takes; AWS WAF logs the first 200. */
const mostHeaders = 1000;
const longestPath = 16_384;
const longestText = 1000;

/** The names under which a source of records has the parts of a request. */
export interface RequestKeys {
  readonly method: string;
  readonly uri: string;
  readonly client: string;
  readonly headers: string;
  readonly name: string;
  readonly value: string;
  /** Of samples, the path has no query beside it. */
  readonly args?: string;
}

/** What a record shows of its request, and the correlation id in it. */
export interface ShownRequest {
  readonly request: LoggedRequest;
  readonly correlationId?: string;
  readonly hidesId?: true;
}

export function shownRequest(value: unknown, keys: RequestKeys): ShownRequest {
  const method = shown(at(value, keys.method));
  const uri = shown(at(value, keys.uri));
  const args = keys.args === undefined ? undefined : shown(at(value, keys.args));
  const client = shown(at(value, keys.client));
  const headers = list(at(value, keys.headers)).slice(0, mostHeaders);
  const id = headerIn(headers, keys, correlationHeader.toLowerCase());
  const userAgent = headerIn(headers, keys, 'user-agent');
  return {
    request: {
      ...(method !== undefined && { method: method.slice(0, longestText) }),
      ...(uri !== undefined && { path: withQuery(uri, args).slice(0, longestPath) }),
      ...(client !== undefined && { client: client.slice(0, longestText) }),
      ...(userAgent !== undefined && userAgent !== redacted && { userAgent: userAgent.slice(0, longestText) }),
    },
    ...(id !== undefined && !isHidden(id) && { correlationId: id.slice(0, longestText) }),
    ...(id !== undefined && isHidden(id) && { hidesId: true as const }),
  };
}

function shown(value: unknown): string | undefined {
  const found = text(value);
  return found === '' || found === redacted ? undefined : found;
}

/** Redaction puts a word in the place of a value, data protection a digest in base64. */
function isHidden(value: string): boolean {
  return value === redacted || /^[A-Za-z\d+/]{43}=$/.test(value);
}

function withQuery(uri: string, args: string | undefined): string {
  return args === undefined ? uri : `${uri}?${args}`;
}

function headerIn(headers: readonly unknown[], { name, value }: RequestKeys, wanted: string): string | undefined {
  for (const header of headers) {
    const found = text(at(header, name));
    if (found.length === wanted.length && found.toLowerCase() === wanted) return text(at(header, value));
  }
  return undefined;
}
