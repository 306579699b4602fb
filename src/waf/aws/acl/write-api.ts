import type { JsonValue, Pair } from '../../../model/request.js';
import type { FieldToMatch, Inspection, MatchPattern } from './field-to-match.js';
import type { ActionOverride, RuleAction } from './rule-action.js';
import type { AclStatement, ForwardedIp } from './statement.js';
import type { AclRule } from './web-acl.js';

/** JSON in the shape of the WAFv2 API. Bytes to be searched are `SearchString` in base64, as on the wire. */
export type ApiObject = { readonly [key: string]: JsonValue };

/** A rule as the API takes it. */
export function ruleToApi({ name, priority, statement, action, override, labels, visibility }: AclRule): ApiObject {
  return {
    Name: name,
    Priority: priority,
    Statement: statementToApi(statement),
    ...(action !== undefined && { Action: actionToApi(action) }),
    ...(override !== undefined && { OverrideAction: override === 'count' ? { Count: {} } : { None: {} } }),
    ...(labels.length > 0 && { RuleLabels: labels.map((label) => ({ Name: label })) }),
    VisibilityConfig: {
      SampledRequestsEnabled: visibility.sampled ?? true,
      CloudWatchMetricsEnabled: true,
      MetricName: visibility.metric ?? name,
    },
  };
}

/** What is done with a request, as the API takes it; an action that is not known is an empty object. */
export function actionToApi(action: RuleAction): ApiObject {
  switch (action.kind) {
    case 'allow':
      return { Allow: handling(action.insertHeaders) };
    case 'count':
      return { Count: handling(action.insertHeaders) };
    case 'captcha':
      return { Captcha: handling(action.insertHeaders) };
    case 'challenge':
      return { Challenge: handling(action.insertHeaders) };
    case 'block': {
      const { response } = action;
      if (response === undefined) return { Block: {} };
      const { status, headers, bodyKey } = response;
      return {
        Block: {
          CustomResponse: {
            ResponseCode: status,
            ...(bodyKey !== undefined && { CustomResponseBodyKey: bodyKey }),
            ...(headers.length > 0 && { ResponseHeaders: headers.map(header) }),
          },
        },
      };
    }
    case 'unknown':
      return {};
  }
}

function handling(insertHeaders: readonly Pair[]): ApiObject {
  return insertHeaders.length === 0 ? {} : { CustomRequestHandling: { InsertHeaders: insertHeaders.map(header) } };
}

function header([Name, Value]: Pair): ApiObject {
  return { Name, Value };
}

/** A statement as the API takes it; one that is not known is an empty object. */
export function statementToApi(statement: AclStatement): ApiObject {
  switch (statement.kind) {
    case 'byte-match':
      return {
        ByteMatchStatement: {
          SearchString: Buffer.from(statement.search).toString('base64'),
          ...inspection(statement.inspect),
          PositionalConstraint: statement.position,
        },
      };
    case 'regex-match':
      return { RegexMatchStatement: { RegexString: statement.pattern, ...inspection(statement.inspect) } };
    case 'regex-set':
      return { RegexPatternSetReferenceStatement: { ARN: statement.ref, ...inspection(statement.inspect) } };
    case 'size': {
      const { comparison, size, inspect } = statement;
      return { SizeConstraintStatement: { ComparisonOperator: comparison, Size: size, ...inspection(inspect) } };
    }
    case 'sqli':
      return { SqliMatchStatement: { ...inspection(statement.inspect), SensitivityLevel: statement.sensitivity } };
    case 'xss':
      return { XssMatchStatement: inspection(statement.inspect) };
    case 'geo':
      return { GeoMatchStatement: { CountryCodes: statement.countries, ...forwardedConfig(statement.forwarded) } };
    case 'asn':
      return { AsnMatchStatement: { AsnList: statement.numbers, ...forwardedConfig(statement.forwarded) } };
    case 'ip-set':
      return { IPSetReferenceStatement: { ARN: statement.ref, ...ipSetConfig(statement.forwarded) } };
    case 'label':
      return { LabelMatchStatement: { Scope: statement.scope, Key: statement.key } };
    case 'and':
      return { AndStatement: { Statements: statement.statements.map(statementToApi) } };
    case 'or':
      return { OrStatement: { Statements: statement.statements.map(statementToApi) } };
    case 'not':
      return { NotStatement: { Statement: statementToApi(statement.statement) } };
    case 'managed-group':
      return {
        ManagedRuleGroupStatement: {
          VendorName: statement.vendor,
          Name: statement.name,
          ...(statement.version !== undefined && { Version: statement.version }),
          ...overridesToApi(statement.overrides),
          ...scopeDown(statement.scopeDown),
        },
      };
    case 'rule-group':
      return { RuleGroupReferenceStatement: { ARN: statement.ref, ...overridesToApi(statement.overrides) } };
    case 'rate':
      return {
        RateBasedStatement: {
          ...(statement.limit !== undefined && { Limit: statement.limit }),
          EvaluationWindowSec: statement.windowSeconds,
          AggregateKeyType: statement.aggregate,
          ...scopeDown(statement.scopeDown),
        },
      };
    case 'unknown':
      return {};
  }
}

function scopeDown(statement: AclStatement | undefined): ApiObject {
  return statement === undefined ? {} : { ScopeDownStatement: statementToApi(statement) };
}

/** Overrides and what is left of the old list of excluded rules. */
function overridesToApi(overrides: readonly ActionOverride[]): ApiObject {
  const excluded = overrides.filter(({ isExcludedRule }) => isExcludedRule);
  const others = overrides.filter(({ isExcludedRule }) => !isExcludedRule);
  return {
    ...(others.length > 0 && {
      RuleActionOverrides: others.map(({ rule, action }) => ({ Name: rule, ActionToUse: actionToApi(action) })),
    }),
    ...(excluded.length > 0 && { ExcludedRules: excluded.map(({ rule }) => ({ Name: rule })) }),
  };
}

function forwardedConfig(forwarded: ForwardedIp | undefined): ApiObject {
  return forwarded === undefined ? {} : { ForwardedIPConfig: forwardedToApi(forwarded) };
}

function ipSetConfig(forwarded: ForwardedIp | undefined): ApiObject {
  if (forwarded === undefined) return {};
  return { IPSetForwardedIPConfig: { ...forwardedToApi(forwarded), Position: forwarded.position ?? 'FIRST' } };
}

function forwardedToApi({ header: HeaderName, fallback: FallbackBehavior }: ForwardedIp): ApiObject {
  return { HeaderName, FallbackBehavior };
}

function inspection({ field, preParse, transformations }: Inspection): ApiObject {
  return {
    FieldToMatch: fieldToApi(field),
    TextTransformations: inOrder(transformations),
    ...(preParse.length > 0 && { PreParseTextTransformations: inOrder(preParse) }),
  };
}

function inOrder(names: readonly string[]): readonly ApiObject[] {
  return (names.length === 0 ? ['NONE'] : names).map((Type, Priority) => ({ Priority, Type }));
}

function fieldToApi(field: FieldToMatch): ApiObject {
  switch (field.kind) {
    case 'method':
      return { Method: {} };
    case 'uri-path':
      return { UriPath: {} };
    case 'query-string':
      return { QueryString: {} };
    case 'all-query-arguments':
      return { AllQueryArguments: {} };
    case 'single-header':
      return { SingleHeader: { Name: field.name } };
    case 'single-query-argument':
      return { SingleQueryArgument: { Name: field.name } };
    case 'headers':
      return { Headers: several(field.pattern, 'Headers', field) };
    case 'cookies':
      return { Cookies: several(field.pattern, 'Cookies', field) };
    case 'header-order':
      return { HeaderOrder: { OversizeHandling: field.oversize } };
    case 'body':
      return { Body: { OversizeHandling: field.oversize } };
    case 'json-body':
      return {
        JsonBody: {
          MatchPattern: field.pointers === 'all' ? { All: {} } : { IncludedPaths: field.pointers },
          MatchScope: field.scope,
          ...(field.invalid !== undefined && { InvalidFallbackBehavior: field.invalid }),
          OversizeHandling: field.oversize,
        },
      };
    case 'ja3':
      return { JA3Fingerprint: { FallbackBehavior: field.fallback } };
    case 'ja4':
      return { JA4Fingerprint: { FallbackBehavior: field.fallback } };
    case 'uri-fragment':
      return { UriFragment: { FallbackBehavior: field.fallback } };
    case 'unknown':
      return {};
  }
}

type Several = Extract<FieldToMatch, { readonly kind: 'headers' | 'cookies' }>;

function several(pattern: MatchPattern, what: 'Headers' | 'Cookies', { scope, oversize }: Several): ApiObject {
  const chosen: ApiObject =
    pattern.kind === 'all'
      ? { All: {} }
      : { [`${pattern.kind === 'included' ? 'Included' : 'Excluded'}${what}`]: pattern.names };
  return { MatchPattern: chosen, MatchScope: scope, OversizeHandling: oversize };
}
