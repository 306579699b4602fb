import type { JsonValue } from '../../../model/request.js';
import type { AclRule, Front } from '../acl/web-acl.js';
import type { JsonObject } from '../api/json-object.js';
import { type EvaluatedGroup, groupsReached, type LabVerdict, type MatchedRule, rulesReached } from './lab-verdict.js';
import { keyOf } from './rate-meter.js';

/** `httpSourceName` of each front. */
const sources: Readonly<Record<Front, string>> = {
  alb: 'ALB',
  cloudfront: 'CF',
  'api-gateway': 'APIGW',
  appsync: 'APPSYNC',
  cognito: 'COGNITOIDP',
  'app-runner': 'APPRUNNER',
  'verified-access': 'VERIFIED_ACCESS',
};

const types: Partial<Readonly<Record<AclRule['statement']['kind'], string>>> = {
  rate: 'RATE_BASED',
  'managed-group': 'MANAGED_RULE_GROUP',
  'rule-group': 'GROUP',
};
/** So many labels are logged. */
const mostLabels = 100;

/** A record of a full log (developer guide, "Log fields for web ACL traffic"). */
export function fullRecord(verdict: LabVerdict): JsonObject {
  const { at, source, answer, request, responseCode } = verdict;
  const { aclRule, ending } = answer.presumed;
  const reached = rulesReached(verdict);
  return {
    timestamp: at,
    formatVersion: 1,
    webaclId: source.acl.arn ?? '',
    terminatingRuleId: aclRule,
    terminatingRuleType: types[reached.find(({ name }) => name === aclRule)?.statement.kind ?? 'unknown'] ?? 'REGULAR',
    action: ending.action.toUpperCase(),
    terminatingRuleMatchDetails: detailsOf(reached.find(({ name }) => name === aclRule)),
    httpSourceName: sources[request.facts.front],
    httpSourceId: `${source.acl.account ?? '000000000000'}-wafproof-lab`,
    ruleGroupList: groupsReached(verdict).map(groupEntry),
    rateBasedRuleList: ratesIn(reached, verdict),
    nonTerminatingMatchingRules: reached
      .filter(({ name }) => answer.counted.includes(name))
      .map((rule) => ({ ruleId: rule.name, action: 'COUNT', ruleMatchDetails: detailsOf(rule) })),
    requestHeadersInserted: answer.insertedHeaders.length === 0 ? null : named(answer.insertedHeaders),
    responseCodeSent: responseCode ?? null,
    httpRequest: httpRequest(verdict),
    labels: answer.labels.slice(0, mostLabels).map((name) => ({ name })),
    ...(ending.action === 'captcha' && { captchaResponse: missingToken(405) }),
    ...(ending.action === 'challenge' && { challengeResponse: missingToken(202) }),
    requestBodySize: request.facts.body.length,
    requestBodySizeInspectedByWAF: request.body.length,
    ...(request.isBodyOversize && { oversizeFields: ['REQUEST_BODY'] }),
  };
}

function httpRequest({ request: { facts }, headers, requestId }: LabVerdict): JsonObject {
  return {
    clientIp: facts.client.ip ?? '',
    country: facts.client.country ?? '-',
    headers: named(headers),
    uri: facts.path,
    args: facts.query ?? '',
    httpVersion: 'HTTP/1.1',
    httpMethod: facts.method,
    requestId,
  };
}

function named(headers: LabVerdict['headers']): JsonValue {
  return headers.map(([name, value]) => ({ name, value }));
}

function missingToken(responseCode: number): JsonObject {
  return { responseCode, solveTimestamp: 0, failureReason: 'TOKEN_MISSING' };
}

function groupEntry({ id, terminating, counted, excluded }: EvaluatedGroup): JsonObject {
  return {
    ruleGroupId: id,
    terminatingRule: terminating === undefined ? null : ruleEntry(terminating, null),
    nonTerminatingMatchingRules: counted.map((rule) => ruleEntry(rule, [])),
    excludedRules:
      excluded.length === 0 ? null : excluded.map((ruleId) => ({ exclusionType: 'EXCLUDED_AS_COUNT', ruleId })),
    customerConfig: null,
  };
}

function ruleEntry({ ruleId, action, overriddenAction }: MatchedRule, ruleMatchDetails: JsonValue): JsonObject {
  return { ruleId, action, ...(overriddenAction !== undefined && { overriddenAction }), ruleMatchDetails };
}

/** Rate rules that the request was above the limit of. */
function ratesIn(reached: readonly AclRule[], { answer, request }: LabVerdict): readonly JsonValue[] {
  return reached.flatMap(({ name, statement }) => {
    const acted = name === answer.presumed.aclRule || answer.counted.includes(name);
    if (statement.kind !== 'rate' || !acted) return [];
    return [
      {
        rateBasedRuleId: name,
        rateBasedRuleName: name,
        limitKey: statement.aggregate,
        limitValue: keyOf(statement, request) ?? '',
        maxRateAllowed: statement.limit ?? 0,
        evaluationWindowSec: String(statement.windowSeconds),
      },
    ];
  });
}

const locations: Readonly<Record<string, string>> = {
  body: 'BODY',
  'json-body': 'UNKNOWN',
  'uri-path': 'URI',
  'query-string': 'QUERY_STRING',
  'all-query-arguments': 'ALL_QUERY_ARGS',
  'single-query-argument': 'SINGLE_QUERY_ARG',
  'single-header': 'HEADER',
  headers: 'HEADER',
  cookies: 'COOKIE',
};

/** AWS tells where SQL injection and scripts were found; what exactly is not known here. */
function detailsOf(rule: AclRule | undefined): readonly JsonObject[] {
  const statement = rule?.statement;
  if (statement?.kind !== 'sqli' && statement?.kind !== 'xss') return [];
  const { field } = statement.inspect;
  const location = locations[field.kind];
  if (location === undefined) return [];
  const isSql = statement.kind === 'sqli';
  return [
    {
      conditionType: isSql ? 'SQL_INJECTION' : 'XSS',
      ...(isSql && { sensitivityLevel: statement.sensitivity }),
      location,
      matchedData: [],
      matchedFieldName: 'name' in field ? field.name : '',
    },
  ];
}
