import type { FieldToMatch, MatchPattern, MatchScope, OversizeHandling } from '../../acl/field-to-match.js';
import type { InspectedRequest } from '../inspected-request.js';
import { doesNotMatch, match, type StatementOutcome } from '../outcome.js';
import type { Window } from './oversize.js';
import type { EitherTexts, Inspected, Texts } from './texts.js';

export type PairsField = Extract<FieldToMatch, { kind: 'headers' | 'cookies' }>;

const repeated = 'the header is there several times, and AWS does not say whether its values are joined';
const beyond = 'the headers are longer than is inspected, and AWS does not say how their length is counted';
const nameCase = 'names of headers may reach the WAF in small letters';

/** The value of one header. Of a repeated one the values may be inspected one by one or joined. */
export function headerTexts(request: InspectedRequest, name: string): Texts {
  const values = request.headerValues(name.toLowerCase());
  const isWhole = request.headers.isOversize === 'no' || countOf(request.headers.sure, name) === values.length;
  if (!isWhole) return { sure: [], maybe: [...values, ...joined(values)], why: beyond };
  return values.length < 2
    ? { sure: values }
    : { sure: [], either: [[values, ...joined(values).map((text) => [text])]], why: repeated };
}

function joined(values: readonly string[]): readonly string[] {
  return values.length < 2 ? [] : [values.join(','), values.join(', ')];
}

function countOf(pairs: Window['sure'], name: string): number {
  return pairs.filter(([given]) => given.toLowerCase() === name.toLowerCase()).length;
}

/** Names and values of many headers. */
export function headersTexts(request: InspectedRequest, field: PairsField): Inspected {
  const { headers } = request;
  const oversize = oversizeOutcome(headers.isOversize, field.oversize, 'the headers');
  if (oversize !== undefined) return oversize;
  const sure: string[] = [];
  const either: EitherTexts[] = [];
  for (const [name, value] of headers.sure) {
    const small = name.toLowerCase();
    if (!isSelected(small, field.pattern)) continue;
    if (field.scope !== 'KEY') sure.push(value);
    if (field.scope === 'VALUE') continue;
    if (name === small) sure.push(name);
    else either.push([[name], [small]]);
  }
  const maybe = headers.maybe.flatMap((pair) =>
    isSelected(pair[0].toLowerCase(), field.pattern) ? scoped(pair, field.scope) : [],
  );
  return { sure, either, maybe, why: maybe.length > 0 ? beyond : nameCase };
}

/** `host:user-agent:accept`, as they came. */
export function headerOrderTexts(request: InspectedRequest, oversize: OversizeHandling): Inspected {
  const { headers } = request;
  const outcome = oversizeOutcome(headers.isOversize, oversize, 'the headers');
  if (outcome !== undefined) return outcome;
  const order = headers.sure.map(([name]) => name).join(':');
  if (headers.maybe.length === 0 && order === order.toLowerCase()) return { sure: [order] };
  const longer = [...headers.sure, ...headers.maybe].map(([name]) => name).join(':');
  const readings = new Set([order, longer].flatMap((text) => [text, text.toLowerCase()]));
  return { sure: [], either: [[...readings].map((text) => [text])], why: headers.maybe.length > 0 ? beyond : nameCase };
}

/** What a statement comes to on a component that is too long; nothing where it is inspected. */
export function oversizeOutcome(
  isOversize: Window['isOversize'],
  handling: OversizeHandling,
  what: string,
): StatementOutcome | undefined {
  if (isOversize === 'no' || handling === 'CONTINUE') return undefined;
  if (isOversize === 'yes') return handling === 'MATCH' ? match : doesNotMatch;
  const why = `${what} are close to the length that is inspected, and AWS does not say how it is counted`;
  return { kind: 'unknown', undecided: { statement: `the length of ${what}`, why } };
}

export function isSelected(name: string, pattern: MatchPattern): boolean {
  return pattern.kind === 'all' || pattern.names.includes(name) === (pattern.kind === 'included');
}

export function scoped([name, value]: readonly [string, string], scope: MatchScope): readonly string[] {
  if (scope === 'ALL') return [name, value];
  return [scope === 'KEY' ? name : value];
}
