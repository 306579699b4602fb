import { fail, type WafproofError } from '../model/error.js';
import type { Outcome } from '../model/exchange.js';
import type { Pair, RequestSpec } from '../model/request.js';
import type { SessionOptions, SessionValueSource } from '../model/target-options.js';
import { encodeRequest } from '../request/encode-request.js';
import { htmlValues } from './html-values.js';
import type { HttpTransportOptions } from './http-sender.js';
import { sendPatiently } from './send-patiently.js';
import { cookiesOf } from './set-cookie.js';

/** What the opening request brought. */
export interface Session {
  readonly cookies: readonly Pair[];
  readonly values: ReadonlyMap<string, string>;
}

type Answer = Extract<Outcome, { kind: 'answered' }>;

/** How much of the page is searched for values, in bytes. */
const pageBytes = 1024 * 1024;

/**
 * Sends the opening request and takes cookies and values from its answer; a redirect is not followed. It is sent again only
 * where the target refuses it for load and says when to come back. Fails with SESSION_FAILED if there is no answer, its status is 400 or above, or a value is not in it.
 */
export async function openSession(
  options: HttpTransportOptions,
  config: SessionOptions,
  correlationId: string,
): Promise<Session> {
  const spec = openingRequest(config);
  const { outcome } = await sendPatiently({ ...options, excerptBytes: pageBytes }, encodeRequest(spec), correlationId);
  return readSession(acceptedAnswer(outcome, spec), config);
}

function openingRequest({ request = {} }: SessionOptions): RequestSpec {
  const { form, path = '/', headers = [] } = request;
  return {
    method: request.method ?? (form === undefined ? 'GET' : 'POST'),
    path,
    query: [],
    headers,
    cookies: [],
    body: form === undefined ? { kind: 'none' } : { kind: 'form', fields: form },
    omittedHeaders: [],
  };
}

function acceptedAnswer(outcome: Outcome, { method, path }: RequestSpec): Answer {
  if (outcome.kind === 'failed') throw sessionFailed(`${method} ${path} was not answered: ${outcome.message}`);
  if (outcome.status >= 400) throw sessionFailed(`${method} ${path} was answered with status ${outcome.status}`);
  return outcome;
}

function readSession(answer: Answer, config: SessionOptions): Session {
  const cookies = cookiesOf(answer.headers);
  const places = { cookies: new Map(cookies), headers: answer.headers, page: htmlValues(answer.bodyExcerpt) };
  const values = Object.entries(config.values).map(([name, source]) => [name, extract(name, source, places)] as const);
  return { cookies, values: new Map(values) };
}

interface Places {
  readonly cookies: ReadonlyMap<string, string>;
  readonly headers: readonly Pair[];
  readonly page: ReadonlyMap<string, string>;
}

function extract(name: string, source: SessionValueSource, places: Places): string {
  const { what, value } = look(source, places);
  if (value === undefined) throw sessionFailed(`the value "${name}" was not found: the answer has no ${what}`);
  return value;
}

function look(
  { cookie, header, input }: SessionValueSource,
  places: Places,
): { what: string; value?: string | undefined } {
  if (cookie !== undefined) return { what: `cookie "${cookie}"`, value: percentDecoded(places.cookies.get(cookie)) };
  if (header !== undefined) return { what: `header "${header}"`, value: headerValue(places.headers, header) };
  if (input !== undefined) return { what: `input or meta "${input}"`, value: places.page.get(input) };
  return { what: 'place: its cookie, header or input is not configured' };
}

function headerValue(headers: readonly Pair[], name: string): string | undefined {
  return headers.find(([given]) => given.toLowerCase() === name.toLowerCase())?.[1];
}

function percentDecoded(value: string | undefined): string | undefined {
  try {
    return value === undefined ? undefined : decodeURIComponent(value);
  } catch {
    return value;
  }
}

function sessionFailed(reason: string): WafproofError {
  return fail('SESSION_FAILED', { reason });
}
