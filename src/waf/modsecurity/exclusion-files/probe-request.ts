import type { Variable } from '../../../model/evidence.js';
import type { Pair, RequestSpec } from '../../../model/request.js';
import { isLiteral } from './reach.js';
import type { RuleFacts } from './rule-facts.js';
import { readTarget } from './target.js';
import type { ExclusionUnit } from './unit.js';

/** Where attacks are sent for rules that are removed as a whole. */
const usual: readonly Variable[] = [
  { collection: 'ARGS', key: 'probe' },
  { collection: 'REQUEST_HEADERS', key: 'User-Agent' },
  { collection: 'REQUEST_HEADERS', key: 'Referer' },
  { collection: 'REQUEST_COOKIES', key: 'probe' },
];

/** The variables in which an exclusion can be met: the one that it names, or usual ones that its rules look at. */
export function variablesFor({ effect }: ExclusionUnit, reach: readonly RuleFacts[] | undefined): readonly Variable[] {
  if (effect.kind !== 'remove-target') {
    return usual.filter(({ collection }) => reach?.some(({ looksAt }) => looksAt.has(collection)) ?? true);
  }
  const { collection, key, pattern } = readTarget(effect.target);
  const literal = pattern?.replace(/^(?:\^|\\A)|(?:\$|\\z)$/g, '');
  if (literal !== undefined) return isLiteral(literal) ? [{ collection, key: literal }] : [];
  return [{ collection, key: key ?? 'probe' }];
}

/** Where a request goes, and one whose headers it has. */
export interface Frame {
  readonly base: RequestSpec;
  readonly path: string;
  readonly method: string;
}

/** A request like those of the cases that has a variable. */
export function requestWith({ collection, key = '' }: Variable, { base, path, method }: Frame): RequestSpec {
  const field: readonly Pair[] = [[key, 'x']];
  const has = (...collections: readonly string[]) => collections.includes(collection);
  const isQuery = has('ARGS_GET') || (has('ARGS') && /^(?:GET|HEAD)$/.test(method));
  const isHeader = has('REQUEST_HEADERS');
  const others = base.headers.filter(
    ([name]) => !/^content-/i.test(name) && (!isHeader || name.toLowerCase() !== key.toLowerCase()),
  );
  const isForm = !isQuery && has('ARGS', 'ARGS_POST');
  return {
    method,
    path,
    query: isQuery ? field : [],
    headers: isHeader ? [...others, ...field] : others,
    cookies: has('REQUEST_COOKIES') ? field : [],
    body: isForm ? { kind: 'form', fields: field } : { kind: 'none' },
    omittedHeaders: base.omittedHeaders,
  };
}
