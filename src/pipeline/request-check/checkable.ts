import type { Case } from '../../model/case.js';
import type { JsonValue, Pair, RequestSpec } from '../../model/request.js';
import { bodyKind } from '../../record/body-kind.js';
import { contentOf } from '../../request/content-of.js';
import { caseFromObject } from '../../suite/case-from-object.js';

/** Names and values; a list of pairs where names repeat. */
export type PairsLike = Readonly<Record<string, string | number | boolean | null>> | readonly Pair[];

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
  readonly body?: string | Uint8Array;
}

/** What can be checked: a `Request` of fetch, the keys that a suite gives a case, or a case. */
export type Checkable = Request | RequestLike | { readonly request: RequestSpec };

/**
 * The case that something stands for. A `Request` is not used up.
 * @throws WafproofError `SUITE_…` where a suite with such a case would be wrong
 */
export async function caseOf(request: Checkable, cwd: string): Promise<Case> {
  if (request instanceof Request) return caseWith(await fetched(request), cwd);
  if ('request' in request) return caseWith(request.request, cwd);
  const { body, ...others } = request;
  if (!(body instanceof Uint8Array)) return caseFromObject(request, cwd);
  const one = await caseFromObject({ method: 'POST', ...others }, cwd);
  return { ...one, request: { ...one.request, body: { kind: 'raw', content: contentOf(body) } } };
}

async function caseWith(request: RequestSpec, cwd: string): Promise<Case> {
  return { ...(await caseFromObject({}, cwd)), request };
}

async function fetched(request: Request): Promise<RequestSpec> {
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
