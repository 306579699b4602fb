import type { Variable } from '../../../model/evidence.js';
import { at, list, text } from '../../../util/json-tree.js';
import type { AwsHit } from '../log-record.js';
import { placeInRuleName } from './place-in-name.js';

/** More places than one rule of a log names. */
const mostDetails = 20;
const longestMatch = 2000;
const mostPieces = 200;
const redacted = 'REDACTED';

/** What is the same of every hit of a rule. */
export type RuleSeen = Pick<AwsHit, 'ruleId' | 'counted' | 'reason'>;

/**
 * The hits of a rule, one for each place that its match details name. AWS tells these of SQL injection, cross-site scripting
 * and regular expressions only; of other rules the name may tell the place.
 */
export function hitsOf(rule: RuleSeen, details: unknown): readonly AwsHit[] {
  const places = list(details).slice(0, mostDetails).filter(isDetail);
  const named = placeInRuleName(`${rule.ruleId}`);
  if (places.length === 0) return [{ ...rule, message: '', tags: [], ...(named !== undefined && { variable: named }) }];
  return places.map((detail) => ({ ...rule, ...matchIn(detail, named) }));
}

function isDetail(detail: unknown): boolean {
  return text(at(detail, 'conditionType')) !== '' || text(at(detail, 'location')) !== '';
}

function matchIn(detail: unknown, named: Variable | undefined): Omit<AwsHit, 'ruleId'> {
  const logged = variableAt(text(at(detail, 'location')), text(at(detail, 'matchedFieldName')));
  const variable = logged ?? named;
  const isUnplaced = variable === undefined && text(at(detail, 'location')) === 'UNKNOWN';
  const pieces = list(at(detail, 'matchedData')).slice(0, mostPieces).map(text);
  const matched = pieces.join(' ');
  const isShown = matched !== '' && !pieces.includes(redacted);
  return {
    message: conditionText(text(at(detail, 'conditionType')), text(at(detail, 'sensitivityLevel'))),
    tags: [],
    ...(variable !== undefined && { variable }),
    ...(isUnplaced && { variable: { collection: 'Body' }, isUnplaced }),
    ...(isShown && { matched: matched.slice(0, longestMatch) }),
    ...(isShown && matched.length > longestMatch && { matchedTruncated: true as const }),
  };
}

const conditions: Readonly<Record<string, string>> = {
  SQL_INJECTION: 'SQL injection',
  XSS: 'Cross-site scripting',
  REGEX: 'Regular expression',
};

function conditionText(condition: string, sensitivity: string): string {
  const name = Object.hasOwn(conditions, condition) ? (conditions[condition] ?? '') : condition.slice(0, 100);
  return sensitivity === 'HIGH' ? `${name}, high sensitivity` : name;
}

/** `location` of a log, and the component of a request that the API calls so; a name goes with those that have one. */
const locations: Readonly<Record<string, readonly [all: string, named?: string]>> = {
  METHOD: ['Method'],
  URI: ['UriPath'],
  URI_PATH: ['UriPath'],
  QUERY_STRING: ['QueryString'],
  QUERY_ARGS: ['AllQueryArguments', 'SingleQueryArgument'],
  ALL_QUERY_ARGS: ['AllQueryArguments', 'SingleQueryArgument'],
  SINGLE_QUERY_ARG: ['AllQueryArguments', 'SingleQueryArgument'],
  HEADER: ['Headers', 'SingleHeader'],
  HEADERS: ['Headers', 'SingleHeader'],
  SINGLE_HEADER: ['Headers', 'SingleHeader'],
  COOKIE: ['Cookies', 'Cookies'],
  COOKIES: ['Cookies', 'Cookies'],
  BODY: ['Body'],
  JSON_BODY: ['JsonBody'],
};

function variableAt(location: string, name: string): Variable | undefined {
  const [all, named] = (Object.hasOwn(locations, location) ? locations[location] : undefined) ?? [];
  if (all === undefined) return undefined;
  const isNamed = named !== undefined && name !== '' && name !== redacted;
  return isNamed ? { collection: named, key: name.slice(0, 200) } : { collection: all };
}
