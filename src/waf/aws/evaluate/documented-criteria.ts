import type { InspectedRequest } from './inspected-request.js';

/** Whether a rule of a managed group matches, where AWS documents what it looks for; absent where that is not sure. */
type Criterion = (request: InspectedRequest) => boolean | undefined;

/** Rules whose criteria are documented ("AWS Managed Rules rule groups list"), by group and name. Lengths are in bytes. */
const criteria: Readonly<Record<string, Readonly<Record<string, Criterion>>>> = {
  'AWS#AWSManagedRulesCommonRuleSet': {
    NoUserAgent_HEADER: hasNoUserAgent,
    SizeRestrictions_QUERYSTRING: ({ facts }) => (facts.query ?? '').length > 2048,
    SizeRestrictions_Cookie_HEADER: longCookie,
    SizeRestrictions_BODY: ({ facts, isGrpc }) => (isGrpc ? undefined : facts.body.length > 8192),
    SizeRestrictions_URIPATH: ({ facts }) => facts.path.length > 1024,
  },
  'AWS#AWSManagedRulesKnownBadInputsRuleSet': {
    PROPFIND_METHOD: ({ facts }) =>
      facts.method === 'PROPFIND' || (/^propfind$/i.test(facts.method) ? undefined : false),
  },
};

/** The documented criteria of a group, by the names of its rules. */
export function criteriaOf(group: string): Readonly<Record<string, Criterion>> {
  return criteria[group] ?? {};
}

/** An empty header may count as none. */
function hasNoUserAgent(request: InspectedRequest): boolean | undefined {
  const value = request.header('user-agent');
  if (value === undefined) return true;
  return value.trim() === '' ? undefined : false;
}

/** Of several headers the lengths may be added up. */
function longCookie(request: InspectedRequest): boolean | undefined {
  const lengths = request.headerValues('cookie').map(({ length }) => length);
  if (lengths.some((length) => length > 10_240)) return true;
  return lengths.reduce((sum, length) => sum + length + 2, 0) > 10_240 ? undefined : false;
}
