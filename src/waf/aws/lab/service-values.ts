/** What a value of the API may be; lengths count characters or members. */
export type ServiceValue =
  | { readonly kind: 'list'; readonly of: string; readonly min?: number; readonly max?: number }
  | { readonly kind: 'map'; readonly keys: string; readonly of: string; readonly min?: number; readonly max?: number }
  | {
      readonly kind: 'string';
      readonly words?: string;
      readonly pattern?: RegExp;
      readonly min?: number;
      readonly max?: number;
    }
  | { readonly kind: 'number'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'boolean' | 'blob' | 'timestamp' }
  /** Settings that nothing here looks at. */
  | { readonly kind: 'anything' };

/** The shapes that are no structures, from the same source as `serviceStructures`. */
export const serviceValues: Readonly<Record<string, ServiceValue>> = {
  AsnList: { kind: 'list', of: 'ASN', min: 1, max: 100 },
  CookieNames: { kind: 'list', of: 'SingleCookieName', min: 1, max: 199 },
  CountryCodes: { kind: 'list', of: 'CountryCode', min: 1 },
  CustomHTTPHeaders: { kind: 'list', of: 'CustomHTTPHeader', min: 1 },
  CustomResponseBodies: { kind: 'map', keys: 'EntityName', of: 'CustomResponseBody', min: 1 },
  DataProtections: { kind: 'list', of: 'DataProtection', min: 1, max: 26 },
  ExcludedRules: { kind: 'list', of: 'ExcludedRule', max: 100 },
  FieldToProtectKeys: { kind: 'list', of: 'FieldToProtectKeyName', max: 100 },
  HeaderNames: { kind: 'list', of: 'FieldToMatchData', min: 1, max: 199 },
  JsonPointerPaths: { kind: 'list', of: 'JsonPointerPath', min: 1 },
  Labels: { kind: 'list', of: 'Label' },
  PreParseTextTransformations: { kind: 'list', of: 'PreParseTextTransformation' },
  RateBasedStatementCustomKeys: { kind: 'list', of: 'RateBasedStatementCustomKey', max: 5 },
  RequestBody: { kind: 'map', keys: 'AssociatedResourceType', of: 'RequestBodyAssociatedResourceTypeConfig' },
  RuleActionOverrides: { kind: 'list', of: 'RuleActionOverride', max: 100 },
  Rules: { kind: 'list', of: 'Rule' },
  Statements: { kind: 'list', of: 'Statement' },
  TextTransformations: { kind: 'list', of: 'TextTransformation', min: 1 },
  TokenDomains: { kind: 'list', of: 'TokenDomain' },
  ASN: { kind: 'number', min: 0, max: 4294967295 },
  AnalyticsMode: { kind: 'string', words: 'CROSS_REGION DISABLED' },
  AssociatedResourceType: {
    kind: 'string',
    words:
      'CLOUDFRONT API_GATEWAY COGNITO_USER_POOL APP_RUNNER_SERVICE VERIFIED_ACCESS_INSTANCE AGENTCORE_GATEWAY APPLICATION_LOAD_BALANCER',
  },
  BodyParsingFallbackBehavior: { kind: 'string', words: 'MATCH NO_MATCH EVALUATE_AS_STRING' },
  Boolean: { kind: 'boolean' },
  ComparisonOperator: { kind: 'string', words: 'EQ NE LE LT GE GT' },
  CountryCode: { kind: 'string', pattern: /^[A-Z]{2}$/ },
  CustomHTTPHeaderName: { kind: 'string', min: 1, max: 64, pattern: /^[a-zA-Z0-9._$-]+$/ },
  CustomHTTPHeaderValue: { kind: 'string', min: 1, max: 255 },
  DataProtectionAction: { kind: 'string', words: 'SUBSTITUTION HASH' },
  EntityDescription: { kind: 'string', min: 1, max: 256, pattern: /^[\w+=:#@/\-,.][\w+=:#@/\-,.\s]+[\w+=:#@/\-,.]$/ },
  EntityId: { kind: 'string', min: 1, max: 36, pattern: /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/ },
  EntityName: { kind: 'string', min: 1, max: 128, pattern: /^[\w-]+$/ },
  EvaluationWindowSec: { kind: 'number' },
  FallbackBehavior: { kind: 'string', words: 'MATCH NO_MATCH' },
  FieldToMatchData: { kind: 'string', min: 1, max: 64, pattern: /.*\S.*/ },
  FieldToProtectKeyName: { kind: 'string', min: 1, max: 64, pattern: /.*\S.*/ },
  FieldToProtectType: { kind: 'string', words: 'SINGLE_HEADER SINGLE_COOKIE SINGLE_QUERY_ARGUMENT QUERY_STRING BODY' },
  ForwardedIPHeaderName: { kind: 'string', min: 1, max: 255, pattern: /^[a-zA-Z0-9-]+$/ },
  ForwardedIPPosition: { kind: 'string', words: 'FIRST LAST ANY' },
  JsonMatchScope: { kind: 'string', words: 'ALL KEY VALUE' },
  JsonPointerPath: { kind: 'string', min: 1, max: 512, pattern: /([/])|([/](([^~])|(~[01]))+)/ },
  LabelMatchKey: { kind: 'string', min: 1, max: 1024, pattern: /^[0-9A-Za-z_\-:]+$/ },
  LabelMatchScope: { kind: 'string', words: 'LABEL NAMESPACE' },
  LabelName: { kind: 'string', min: 1, max: 1024, pattern: /^[0-9A-Za-z_\-:]+$/ },
  LabelNamespace: { kind: 'string', min: 1, max: 1024, pattern: /^[0-9A-Za-z_\-:]+:$/ },
  ListMaxItems: { kind: 'number', min: 1, max: 500 },
  LockToken: { kind: 'string', min: 1, max: 36, pattern: /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/ },
  LogScope: { kind: 'string', words: 'CUSTOMER SECURITY_LAKE CLOUDWATCH_TELEMETRY_RULE_MANAGED' },
  LogType: { kind: 'string', words: 'WAF_LOGS' },
  MapMatchScope: { kind: 'string', words: 'ALL KEY VALUE' },
  MetricName: { kind: 'string', min: 1, max: 255, pattern: /^[\w#:.\-/]+$/ },
  NextMarker: { kind: 'string', min: 1, max: 256, pattern: /.*\S.*/ },
  OversizeHandling: { kind: 'string', words: 'CONTINUE MATCH NO_MATCH' },
  PaginationLimit: { kind: 'number', min: 1, max: 100 },
  PositionalConstraint: { kind: 'string', words: 'EXACTLY STARTS_WITH ENDS_WITH CONTAINS CONTAINS_WORD' },
  PreParseTextTransformationPriority: { kind: 'number', min: 0 },
  PreParseTextTransformationType: {
    kind: 'string',
    words: 'NONE URL_DECODE URL_DECODE_UNI COMBINE_DUPLICATE_QUERY_ARGS_BY_COMMA REPLACE_SEMICOLONS_WITH_AMPERSANDS',
  },
  RateBasedStatementAggregateKeyType: { kind: 'string', words: 'IP FORWARDED_IP CUSTOM_KEYS CONSTANT' },
  RateLimit: { kind: 'number', min: 10, max: 2000000000 },
  RegexPatternString: { kind: 'string', min: 1, max: 512 },
  ResourceArn: { kind: 'string', min: 20, max: 2048, pattern: /.*\S.*/ },
  ResourceType: {
    kind: 'string',
    words:
      'APPLICATION_LOAD_BALANCER API_GATEWAY APPSYNC COGNITO_USER_POOL APP_RUNNER_SERVICE VERIFIED_ACCESS_INSTANCE AMPLIFY AGENTCORE_GATEWAY',
  },
  ResponseContent: { kind: 'string', min: 1, max: 10240 },
  ResponseContentType: { kind: 'string', words: 'TEXT_PLAIN TEXT_HTML APPLICATION_JSON' },
  ResponseStatusCode: { kind: 'number', min: 200, max: 599 },
  RulePriority: { kind: 'number', min: 0 },
  Scope: { kind: 'string', words: 'CLOUDFRONT REGIONAL' },
  SearchString: { kind: 'blob' },
  SensitivityLevel: { kind: 'string', words: 'LOW HIGH' },
  SingleCookieName: { kind: 'string', min: 1, max: 60, pattern: /.*\S.*/ },
  Size: { kind: 'number', min: 0, max: 21474836480 },
  SizeInspectionLimit: { kind: 'string', words: 'KB_8 KB_16 KB_32 KB_48 KB_64' },
  TextTransformationPriority: { kind: 'number', min: 0 },
  TextTransformationType: {
    kind: 'string',
    words:
      'NONE COMPRESS_WHITE_SPACE HTML_ENTITY_DECODE LOWERCASE CMD_LINE URL_DECODE BASE64_DECODE HEX_DECODE MD5 REPLACE_COMMENTS ESCAPE_SEQ_DECODE SQL_HEX_DECODE CSS_DECODE JS_DECODE NORMALIZE_PATH NORMALIZE_PATH_WIN REMOVE_NULLS REPLACE_NULLS BASE64_DECODE_EXT URL_DECODE_UNI UTF8_TO_UNICODE REMOVE_WHITESPACE TRIM TRIM_LEFT TRIM_RIGHT REMOVE_COMMENTS_CHAR UPPERCASE CMD_LINE_WIN CMD_LINE_UNIX JS_DECODE_EXT SHA256',
  },
  TimeWindowSecond: { kind: 'number', min: 60, max: 259200 },
  Timestamp: { kind: 'timestamp' },
  TokenDomain: { kind: 'string', min: 1, max: 253, pattern: /^[\w.\-/]+$/ },
  VendorName: { kind: 'string', min: 1, max: 128, pattern: /.*\S.*/ },
  VersionKeyString: { kind: 'string', min: 1, max: 64, pattern: /^[\w#:.\-/]+$/ },
  ApplicationConfig: { kind: 'anything' },
  ChallengeJavascriptSdkInjection: { kind: 'anything' },
  ManagedRuleGroupConfigs: { kind: 'anything' },
  MonetizationConfig: { kind: 'anything' },
  MonetizeAction: { kind: 'anything' },
  OnSourceDDoSProtectionConfig: { kind: 'anything' },
  PriceMultiplier: { kind: 'anything' },
};
