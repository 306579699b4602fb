import type { CaseClient } from '../../../model/case.js';
import { correlationHeader } from '../../../model/correlation.js';
import type { Pair, WireRequest } from '../../../model/request.js';
import type { Front } from '../acl/web-acl.js';
import type { RequestFacts } from './request-facts.js';

/** What of a request is not in its bytes. */
interface Sending {
  /** The header with this id is of Wafproof and not of the request. */
  readonly correlationId: string;
  readonly front: Front;
  readonly client?: CaseClient | undefined;
}

/** A request as the WAF is handed it. */
export function factsOfWire({ method, target, headers, body }: WireRequest, sending: Sending): RequestFacts {
  const [locator = '', ...fragments] = target.split('#');
  const mark = locator.indexOf('?');
  return {
    method,
    path: mark === -1 ? locator : locator.slice(0, mark),
    ...(mark !== -1 && { query: locator.slice(mark + 1) }),
    ...(fragments.length > 0 && { fragment: fragments.join('#') }),
    headers: headers.filter((pair) => !isOurs(pair, sending)).map(([name, value]): Pair => [name, bytesOf(value)]),
    body: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1'),
    client: sending.client ?? {},
    tokens: {},
    front: sending.front,
  };
}

function isOurs([name, value]: Pair, { correlationId }: Sending): boolean {
  return name.toLowerCase() === correlationHeader.toLowerCase() && value === correlationId;
}

const beyondAscii = /[^\p{ASCII}]/u;

function bytesOf(text: string): string {
  return beyondAscii.test(text) ? Buffer.from(text).toString('latin1') : text;
}
