import type { AclStatement, ForwardedIp } from '../acl/statement.js';
import type { KnownResources } from '../acl/web-acl.js';
import { byteMatch, sizeMatch } from './byte-match.js';
import { describeField } from './describe-field.js';
import { type AskRequest, inspecting, type Predicate } from './inspect.js';
import type { InspectedRequest } from './inspected-request.js';
import { isWanted, type Labels, mayBeWanted, wantedLabel } from './labels.js';
import { and, decided, doesNotMatch, match, not, notApplied, or, type StatementOutcome, unknown } from './outcome.js';
import { matcherOf } from './regex/matcher.js';
import { asnAsk, geoAsk, ipSetAsk, lacksHeader } from './source-statements.js';

/** A statement ready to be asked of requests, each with the labels that earlier rules have given it. */
export type AskWithLabels = (request: InspectedRequest, labels: Labels) => StatementOutcome;

/** What the meaning of a statement depends on beside itself. */
export interface StatementSurroundings {
  readonly resources: KnownResources;
  /** Of labels of the ACL or group whose rule it is. */
  readonly labelPrefix: string;
  readonly exceeds?: ExceedsRate;
}

/** A statement that looks at how many requests there were. */
export type RateStatement = Extract<AclStatement, { kind: 'rate' }>;

/** Counts a request that is in the scope of a rate rule, and tells whether there are more now than it allows. */
export type ExceedsRate = (rate: RateStatement, request: InspectedRequest) => boolean;

/** A whole statement, as that of a rule or a scope-down. A forwarded address that is absent has it passed over. */
export function compileStatement(statement: AclStatement, surroundings: StatementSurroundings): AskWithLabels {
  const ask = compile(statement, surroundings);
  const headers = forwardedHeaders(statement);
  if (headers.length === 0) return ask;
  return (request, labels) =>
    headers.some((header) => lacksHeader(request, header)) ? notApplied : ask(request, labels);
}

function forwardedHeaders(statement: AclStatement): readonly string[] {
  switch (statement.kind) {
    case 'and':
    case 'or':
      return statement.statements.flatMap(forwardedHeaders);
    case 'not':
      return forwardedHeaders(statement.statement);
    case 'geo':
    case 'asn':
    case 'ip-set':
      return headerOf(statement.forwarded);
    case 'rate':
      return [
        ...headerOf(statement.forwarded),
        ...(statement.scopeDown === undefined ? [] : forwardedHeaders(statement.scopeDown)),
      ];
    default:
      return [];
  }
}

function headerOf(forwarded: ForwardedIp | undefined): readonly string[] {
  return forwarded === undefined ? [] : [forwarded.header];
}

function compile(statement: AclStatement, surroundings: StatementSurroundings): AskWithLabels {
  const { resources } = surroundings;
  switch (statement.kind) {
    case 'byte-match':
      return inspecting(statement.inspect, 'a text', byteMatch(statement.search, statement.position));
    case 'size':
      return inspecting(statement.inspect, 'a length', sizeMatch(statement.comparison, statement.size), true);
    case 'regex-match':
      return regexAsk(statement, [statement.pattern], 'a regular expression');
    case 'regex-set':
      return regexSetAsk(statement, resources);
    case 'sqli':
      return detector(statement, 'SQL injection');
    case 'xss':
      return detector(statement, 'cross-site scripting');
    case 'geo':
      return geoAsk(statement);
    case 'asn':
      return asnAsk(statement);
    case 'ip-set':
      return ipSetAsk(statement, resources);
    case 'label':
      return labelAsk(statement, surroundings);
    case 'and':
      return combined(statement.statements, surroundings, and, match);
    case 'or':
      return combined(statement.statements, surroundings, or, doesNotMatch);
    case 'not':
      return notAsk(statement.statement, surroundings);
    case 'rate':
      return rateAsk(statement, surroundings);
    case 'managed-group':
    case 'rule-group':
      return () => unknown('a group of rules', 'it stands where no group may stand');
    case 'unknown':
      return () => unknown('a statement', statement.why);
  }
}

function combined(
  statements: readonly AclStatement[],
  surroundings: StatementSurroundings,
  join: (one: StatementOutcome, other: StatementOutcome) => StatementOutcome,
  neutral: StatementOutcome,
): AskWithLabels {
  const asks = statements.map((statement) => compile(statement, surroundings));
  const decisive = not(neutral).kind;
  return (request, labels) => {
    let outcome = neutral;
    for (const ask of asks) {
      outcome = join(outcome, ask(request, labels));
      if (outcome.kind === decisive) return outcome;
    }
    return outcome;
  };
}

/** Behind gRPC rules on bodies are passed over, which is not the same as that the body does not match. */
function notAsk(statement: AclStatement, surroundings: StatementSurroundings): AskWithLabels {
  const ask = compile(statement, surroundings);
  const looksAtBody = inspectsBody(statement);
  return (request, labels) => {
    const outcome = not(ask(request, labels));
    return looksAtBody && request.isGrpc && outcome.kind === 'match'
      ? unknown(
          'the body',
          'rules on the body are passed over for gRPC, and AWS does not say what that means inside a NOT',
        )
      : outcome;
  };
}

function inspectsBody(statement: AclStatement): boolean {
  switch (statement.kind) {
    case 'and':
    case 'or':
      return statement.statements.some(inspectsBody);
    case 'not':
      return inspectsBody(statement.statement);
    default:
      return 'inspect' in statement && ['body', 'json-body'].includes(statement.inspect.field.kind);
  }
}

type Regex = Extract<AclStatement, { kind: 'regex-match' | 'regex-set' }>;

function regexSetAsk(
  statement: Extract<AclStatement, { kind: 'regex-set' }>,
  { regexSets }: KnownResources,
): AskWithLabels {
  const patterns = regexSets.get(statement.ref);
  if (patterns === undefined)
    return () => unknown(`the set of patterns ${statement.ref}`, 'its patterns are not given');
  return regexAsk(statement, patterns, 'a pattern of a set');
}

/** A pattern that is not evaluated leaves the others decided that match. */
function regexAsk({ inspect }: Regex, patterns: readonly string[], what: string): AskWithLabels {
  const asks = patterns.map((pattern): AskRequest => {
    const matcher = matcherOf(pattern);
    if (typeof matcher === 'function') return inspecting(inspect, what, matcher as Predicate);
    const name = `${what} in ${describeField(inspect.field)}`;
    return unlessAbsent(inspect, name, unknown(name, `${matcher.unsupported} ("${pattern}")`));
  });
  return (request) => {
    let outcome = doesNotMatch;
    for (const ask of asks) {
      outcome = or(outcome, ask(request));
      if (outcome.kind === 'match') return outcome;
    }
    return outcome;
  };
}

type Detector = Extract<AclStatement, { kind: 'sqli' | 'xss' }>;

function detector({ inspect }: Detector, what: string): AskWithLabels {
  const name = `${what} in ${describeField(inspect.field)}`;
  return unlessAbsent(inspect, name, unknown(name, `AWS does not publish how it detects ${what}`));
}

/** What is not there does not match, and where oversize handling decides it does so whatever the text. */
function unlessAbsent(
  inspect: Parameters<typeof inspecting>[0],
  name: string,
  otherwise: StatementOutcome,
): AskRequest {
  const withAny = inspecting(inspect, name, () => true);
  const withNone = inspecting(inspect, name, () => false);
  return (request) => {
    const any = withAny(request);
    const none = withNone(request);
    if (any.kind === 'no-match') return doesNotMatch;
    return none.kind === 'match' ? match : otherwise;
  };
}

type LabelStatement = Extract<AclStatement, { kind: 'label' }>;

function labelAsk({ scope, key }: LabelStatement, { labelPrefix }: StatementSurroundings): AskWithLabels {
  const wanted = wantedLabel(scope, key, labelPrefix);
  return (_request, labels) => {
    if (labels.sure.some((label) => isWanted(label, wanted))) return match;
    const possible = labels.possible.find((some) => mayBeWanted(some, wanted));
    return possible === undefined ? doesNotMatch : { kind: 'unknown', undecided: possible.undecided };
  };
}

/** What a rate rule does depends on what was sent before; without a count, only what is outside of its scope is decided. */
function rateAsk(statement: RateStatement, surroundings: StatementSurroundings): AskWithLabels {
  const { limit, windowSeconds, scopeDown } = statement;
  const { exceeds } = surroundings;
  const scope = scopeDown === undefined ? undefined : compile(scopeDown, surroundings);
  const why = `it acts on more than ${limit === undefined ? 'so many' : `${limit}`} requests in ${windowSeconds} s`;
  const rate: StatementOutcome = { kind: 'unknown', undecided: { statement: 'a rate', why, isEnvironment: true } };
  return (request, labels) => {
    const inScope = scope?.(request, labels) ?? match;
    if (inScope.kind === 'no-match' || inScope.kind === 'not-applied') return inScope;
    if (exceeds === undefined || inScope.kind === 'unknown') return rate;
    return decided(exceeds(statement, request));
  };
}
