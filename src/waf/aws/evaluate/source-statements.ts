import type { AclStatement, ForwardedIp } from '../acl/statement.js';
import type { KnownResources } from '../acl/web-acl.js';
import { addressSet, forwardedAddresses, lastAddresses } from './addresses.js';
import type { AskRequest } from './inspect.js';
import type { InspectedRequest } from './inspected-request.js';
import { decided, doesNotMatch, match, or, type StatementOutcome, unknown } from './outcome.js';

type IpSet = Extract<AclStatement, { kind: 'ip-set' }>;
type Geo = Extract<AclStatement, { kind: 'geo' }>;
type Asn = Extract<AclStatement, { kind: 'asn' }>;

/** Whether the header that holds the address is absent, so that the rule is passed over. */
export function lacksHeader(request: InspectedRequest, header: string): boolean {
  return !request.names.includes(header.toLowerCase());
}

export function ipSetAsk({ ref, forwarded }: IpSet, { ipSets }: KnownResources): AskRequest {
  const ranges = ipSets.get(ref);
  const name = `the IP set ${ref}`;
  if (ranges === undefined) return () => unknown(name, 'its addresses are not given');
  const contains = addressSet(ranges);
  if (forwarded === undefined)
    return ({ facts: { client } }) =>
      client.ip === undefined ? unknown(name, "the client's address is not given") : decided(contains(client.ip));
  return (request) => forwardedOutcome(request, forwarded, (address) => decided(contains(address)));
}

/** Each address where the position says so; the fallback where an address that counts cannot be read. */
function forwardedOutcome(
  request: InspectedRequest,
  { header, fallback, position = 'FIRST' }: ForwardedIp,
  ofAddress: (address: string) => StatementOutcome,
): StatementOutcome {
  const values = request.headerValues(header.toLowerCase());
  const outcomes = values.map((value) => oneHeader(value, fallback, position, ofAddress));
  const joined = oneHeader(values.join(','), fallback, position, ofAddress);
  if (outcomes.every(({ kind }) => kind === joined.kind)) return joined;
  return unknown(`the address in the header "${header}"`, 'the header is there several times');
}

function oneHeader(
  value: string,
  fallback: ForwardedIp['fallback'],
  position: NonNullable<ForwardedIp['position']>,
  ofAddress: (address: string) => StatementOutcome,
): StatementOutcome {
  const addresses = forwardedAddresses(value);
  const other = fallback === 'MATCH' ? match : doesNotMatch;
  if (position !== 'ANY') {
    const address = position === 'FIRST' ? addresses[0] : addresses.at(-1);
    return address === undefined ? other : ofAddress(address);
  }
  return anyOutcome(lastAddresses(addresses), other, ofAddress);
}

/** A part of the addresses that cannot be read makes all malformed, or only itself: AWS does not say. */
function anyOutcome(
  addresses: readonly (string | undefined)[],
  other: StatementOutcome,
  ofAddress: (address: string) => StatementOutcome,
): StatementOutcome {
  const valid = addresses.filter((address) => address !== undefined);
  if (valid.length === 0) return other;
  const outcome = valid.map(ofAddress).reduce(or, doesNotMatch);
  if (valid.length === addresses.length || outcome.kind === other.kind) return outcome;
  return unknown(
    'the forwarded addresses',
    'some of them cannot be read, and AWS does not say what that means for the others',
  );
}

/** Where a request comes from, as far as it is known. */
interface Origin {
  readonly country?: string | undefined;
  readonly asn?: number | undefined;
}

export function geoAsk({ countries, forwarded }: Geo): AskRequest {
  return originAsk('the country of the client', forwarded, ({ country }) =>
    country === undefined ? undefined : countries.includes(country.toUpperCase()),
  );
}

export function asnAsk({ numbers, forwarded }: Asn): AskRequest {
  return originAsk('the network of the client', forwarded, ({ asn }) =>
    asn === undefined ? undefined : numbers.includes(asn),
  );
}

function originAsk(
  name: string,
  forwarded: ForwardedIp | undefined,
  fits: (origin: Origin) => boolean | undefined,
): AskRequest {
  const outcome = (origin: Origin, why: string): StatementOutcome => {
    const holds = fits(origin);
    return holds === undefined ? unknown(name, why) : decided(holds);
  };
  if (forwarded === undefined) return ({ facts }) => outcome(facts.client, 'it is not given');
  return (request) =>
    forwardedOutcome(request, { ...forwarded, position: 'FIRST' }, (address) =>
      outcome(originOf(request, address), `it is not given for the address in "${forwarded.header}"`),
    );
}

/** What is known of an address in a header; the client's own is known where it is the same. */
export function originOf({ facts: { client } }: InspectedRequest, address: string): Origin {
  return client.ofAddress?.get(address) ?? (client.ip === address ? client : {});
}
