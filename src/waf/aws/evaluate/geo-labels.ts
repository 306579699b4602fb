import type { AclStatement } from '../acl/statement.js';
import { forwardedAddresses } from './addresses.js';
import type { AclEvaluation } from './evaluation.js';
import type { PossibleLabels } from './labels.js';
import type { StatementOutcome, Undecided } from './outcome.js';
import { originOf } from './source-statements.js';

type Geo = Extract<AclStatement, { kind: 'geo' }>;

/** A geographic statement, and the logic around it. */
interface Placed {
  readonly geo: Geo;
  readonly around: readonly ('and' | 'or' | 'not')[];
}

const region: Undecided = { statement: 'a label of a region', why: 'only AWS knows the region of the client' };
const maybeAsked: Undecided = {
  statement: 'a label of a country',
  why: 'AWS does not say whether it evaluates a part of a statement whose outcome is decided by another',
};
const unknownCountry: Undecided = { statement: 'a label of a country', why: 'the country of the client is not given' };

/**
 * Geographic statements label every request that they inspect, whether it matches or not.
 * @returns nothing where a rule has none
 */
export function geoLabeller(
  statement: AclStatement,
): ((evaluation: AclEvaluation, outcome: StatementOutcome) => void) | undefined {
  const all = placed(statement, []);
  if (all.length === 0) return undefined;
  return (evaluation, outcome) => {
    if (outcome.kind === 'not-applied') return;
    for (const one of all) addLabels(one, evaluation, outcome);
  };
}

function placed(statement: AclStatement, around: Placed['around']): readonly Placed[] {
  switch (statement.kind) {
    case 'geo':
      return [{ geo: statement, around }];
    case 'and':
    case 'or':
      return statement.statements.flatMap((one) => placed(one, [...around, statement.kind]));
    case 'not':
      return placed(statement.statement, [...around, 'not']);
    case 'rate':
      return statement.scopeDown === undefined ? [] : placed(statement.scopeDown, around);
    default:
      return [];
  }
}

function addLabels({ geo, around }: Placed, evaluation: AclEvaluation, outcome: StatementOutcome): void {
  const { country, prefix } = whereFrom(geo, evaluation);
  if (country === undefined) {
    evaluation.label([], [everythingUnder(prefix, unknownCountry)]);
    return;
  }
  const label = `${prefix}country:${country.toUpperCase()}`;
  const isAsked = wasAsked(around, outcome);
  evaluation.label(isAsked ? [label] : [], [
    ...(isAsked ? [] : [{ label, undecided: maybeAsked }]),
    everythingUnder(`${prefix}region:${country.toUpperCase()}-`, region),
  ]);
}

function whereFrom({ forwarded }: Geo, { request }: AclEvaluation) {
  if (forwarded === undefined) return { country: request.facts.client.country, prefix: 'awswaf:clientip:geo:' };
  const address = forwardedAddresses(request.headerValues(forwarded.header.toLowerCase()).join(','))[0];
  return {
    country: address === undefined ? undefined : originOf(request, address).country,
    prefix: 'awswaf:forwardedip:geo:',
  };
}

function everythingUnder(prefix: string, undecided: Undecided): PossibleLabels {
  return { prefix, undecided };
}

/** Every part of an AND that holds was evaluated, and every part of an OR that does not. */
function wasAsked(around: Placed['around'], outcome: StatementOutcome): boolean {
  const kinds = new Set(around);
  if (!kinds.has('and') && !kinds.has('or')) return true;
  if (kinds.has('not') || kinds.size > 1) return false;
  return outcome.kind === (kinds.has('and') ? 'match' : 'no-match');
}
