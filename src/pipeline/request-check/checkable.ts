import type { Case } from '../../model/case.js';
import { fail } from '../../model/error.js';
import type { JsonValue, Pair, RequestSpec } from '../../model/request.js';
import { bodyKind } from '../../record/body-kind.js';
import { contentOf } from '../../request/content-of.js';
import { caseFromObject } from '../../suite/case-from-object.js';
import { type EncodableBody, isEncodable, plainRequest } from './plain-request.js';

/** Names and values; a list of pairs where names repeat. */
export type PairsLike =
  | Readonly<Record<string, string | number | boolean | null>>
  | readonly Pair[]
  | URLSearchParams
  | Headers
  | FormData
  | ReadonlyMap<string, string>;

/** A request as a suite has it. */
export interface RequestLike {
  /** Default: POST with a body, GET without. */
  readonly method?: string;
  /** Default: `/`. */
  readonly path?: string;
  readonly query?: PairsLike;
  readonly headers?: PairsLike;
  readonly cookies?: PairsLike;
  readonly form?: PairsLike;
  readonly json?: JsonValue;
  readonly multipart?: readonly {
    readonly name: string;
    readonly filename?: string;
    readonly type?: string;
    readonly value?: string | number | boolean | null;
    /** Path of a file whose bytes are the part, relative to the world's `cwd`. */
    readonly file?: string;
  }[];
  readonly body?: string | Uint8Array | URLSearchParams | FormData | Blob | ReadableStream | ArrayBuffer;
}

/** What can be checked: a `Request` of fetch, the keys that a suite gives a case, or a case. */
export type Checkable = Request | RequestLike | { readonly request: RequestSpec };

/**
 * The case that something stands for. A `Request` is not used up.
 * @throws WafproofError `SUITE_…` where a suite with such a case would be wrong
 */
export async function caseOf(request: Checkable, cwd: string): Promise<Case> {
  if (request instanceof Request) return caseWith(await fetched(request), cwd);
  const keys = plainRequest(request);
  if (isCase(request)) return caseWith(request.request, cwd);
  const { body, ...others } = keys;
  if (!isEncodable(body) && !(body instanceof Uint8Array)) return caseFromObject(keys, cwd);
  const one = await caseFromObject({ method: 'POST', ...others }, cwd);
  if (body instanceof Uint8Array)
    return { ...one, request: { ...one.request, body: { kind: 'raw', content: contentOf(body) } } };
  return { ...one, request: await withBody(one.request, body) };
}

function isCase(
  request: RequestLike | { readonly request: RequestSpec },
): request is { readonly request: RequestSpec } {
  return 'request' in request;
}

/** As fetch encodes the body, with its type where the author gives none. */
async function withBody(request: RequestSpec, body: EncodableBody): Promise<RequestSpec> {
  const encoded = new Response(body);
  const given = request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const type = given ?? encoded.headers.get('content-type') ?? '';
  const isMissing = given === undefined && type !== '' && !request.omittedHeaders.includes('content-type');
  return {
    ...request,
    headers: isMissing ? [...request.headers, ['Content-Type', type]] : request.headers,
    body: bodyKind(new Uint8Array(await encoded.arrayBuffer()), type),
  };
}

async function caseWith(request: RequestSpec, cwd: string): Promise<Case> {
  return { ...(await caseFromObject({}, cwd)), request };
}

async function fetched(request: Request): Promise<RequestSpec> {
  if (request.bodyUsed)
    throw fail('SUITE_INVALID', { message: 'the body of the Request was read already; check it before it is sent' });
  const { pathname, search } = new URL(request.url);
  const headers: Pair[] = [];
  request.headers.forEach((value, name) => {
    headers.push([name, value]);
  });
  const bytes = new Uint8Array(await request.clone().arrayBuffer());
  return {
    method: request.method,
    path: `${pathname}${search}`,
    query: [],
    headers,
    cookies: [],
    body: bodyKind(bytes, request.headers.get('content-type') ?? ''),
    omittedHeaders: [],
  };
}
