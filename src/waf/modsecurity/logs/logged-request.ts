import type { LoggedRequest } from '../../../contract/log-record.js';
import type { Writable } from '../../../util/writable.js';
import { asText } from './escapes.js';

/** Parts of a request, one character a byte; an empty one is not known. */
interface RequestParts {
  readonly method: string;
  readonly path: string;
  readonly client: string;
  readonly userAgent: string;
}

/** What a log shows of a request; nothing where it shows nothing. */
export function loggedRequest({ method, path, client, userAgent }: RequestParts): LoggedRequest | undefined {
  const request: Writable<LoggedRequest> = {};
  if (method !== '') request.method = asText(method);
  if (path !== '') request.path = asText(path);
  if (client !== '') request.client = asText(client);
  if (userAgent !== '') request.userAgent = asText(userAgent);
  return method + path + client + userAgent === '' ? undefined : request;
}

/** `POST /comments?id=1 HTTP/1.1`: method and target; a client may have put blanks into the target. */
export function partsOfLine(line: string): Pick<RequestParts, 'method' | 'path'> {
  const blank = line.indexOf(' ');
  const protocol = line.lastIndexOf(' HTTP/');
  if (blank <= 0) return { method: '', path: '' };
  return { method: line.slice(0, blank), path: line.slice(blank + 1, protocol > blank ? protocol : undefined) };
}
