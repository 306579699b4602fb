/**
 * What the requests of the WAFv2 API are made of, for the operations that are stood in for: the members of each structure
 * and their shapes; `!` marks those that must be there. Source: the API's service model of 2019-07-29, as botocore 1.44.8
 * has it; a test holds this table to it.
 */
export const serviceStructures: Readonly<Record<string, string>> = {
  All: '',
  AllQueryArguments: '',
  AllowAction: 'CustomRequestHandling:CustomRequestHandling',
  AnalyticsConfig: 'Mode!:AnalyticsMode',
  AndStatement: 'Statements!:Statements',
  AsnMatchStatement: 'AsnList!:AsnList ForwardedIPConfig:ForwardedIPConfig',
  AssociationConfig: 'RequestBody:RequestBody ChallengeJavascriptSdkInjection:ChallengeJavascriptSdkInjection',
  BlockAction: 'CustomResponse:CustomResponse',
  Body: 'OversizeHandling:OversizeHandling',
  ByteMatchStatement:
    'SearchString!:SearchString FieldToMatch!:FieldToMatch TextTransformations!:TextTransformations PreParseTextTransformations:PreParseTextTransformations PositionalConstraint!:PositionalConstraint',
  CaptchaAction: 'CustomRequestHandling:CustomRequestHandling',
  CaptchaConfig: 'ImmunityTimeProperty:ImmunityTimeProperty',
  ChallengeAction: 'CustomRequestHandling:CustomRequestHandling',
  ChallengeConfig: 'ImmunityTimeProperty:ImmunityTimeProperty',
  CheckCapacityRequest: 'Scope!:Scope Rules!:Rules',
  CookieMatchPattern: 'All:All IncludedCookies:CookieNames ExcludedCookies:CookieNames',
  Cookies: 'MatchPattern!:CookieMatchPattern MatchScope!:MapMatchScope OversizeHandling!:OversizeHandling',
  CountAction: 'CustomRequestHandling:CustomRequestHandling',
  CustomHTTPHeader: 'Name!:CustomHTTPHeaderName Value!:CustomHTTPHeaderValue',
  CustomRequestHandling: 'InsertHeaders!:CustomHTTPHeaders',
  CustomResponse: 'ResponseCode!:ResponseStatusCode CustomResponseBodyKey:EntityName ResponseHeaders:CustomHTTPHeaders',
  CustomResponseBody: 'ContentType!:ResponseContentType Content!:ResponseContent',
  DataProtection:
    'Field!:FieldToProtect Action!:DataProtectionAction ExcludeRuleMatchDetails:Boolean ExcludeRateBasedDetails:Boolean',
  DataProtectionConfig: 'DataProtections!:DataProtections',
  DefaultAction: 'Block:BlockAction Allow:AllowAction',
  DescribeManagedRuleGroupRequest: 'VendorName!:VendorName Name!:EntityName Scope!:Scope VersionName:VersionKeyString',
  ExcludedRule: 'Name!:EntityName',
  FieldToMatch:
    'SingleHeader:SingleHeader SingleQueryArgument:SingleQueryArgument AllQueryArguments:AllQueryArguments UriPath:UriPath QueryString:QueryString Body:Body Method:Method JsonBody:JsonBody Headers:Headers Cookies:Cookies HeaderOrder:HeaderOrder JA3Fingerprint:JA3Fingerprint JA4Fingerprint:JA4Fingerprint UriFragment:UriFragment',
  FieldToProtect: 'FieldType!:FieldToProtectType FieldKeys:FieldToProtectKeys',
  ForwardedIPConfig: 'HeaderName!:ForwardedIPHeaderName FallbackBehavior!:FallbackBehavior',
  GeoMatchStatement: 'CountryCodes:CountryCodes ForwardedIPConfig:ForwardedIPConfig',
  GetIPSetRequest: 'Name!:EntityName Scope!:Scope Id!:EntityId',
  GetLoggingConfigurationRequest: 'ResourceArn!:ResourceArn LogType:LogType LogScope:LogScope',
  GetRegexPatternSetRequest: 'Name!:EntityName Scope!:Scope Id!:EntityId',
  GetRuleGroupRequest: 'Name:EntityName Scope:Scope Id:EntityId ARN:ResourceArn',
  GetSampledRequestsRequest:
    'WebAclArn!:ResourceArn RuleMetricName!:MetricName Scope!:Scope TimeWindow!:TimeWindow MaxItems!:ListMaxItems',
  GetWebACLForResourceRequest: 'ResourceArn!:ResourceArn',
  GetWebACLRequest: 'Name:EntityName Scope:Scope Id:EntityId ARN:ResourceArn',
  HeaderMatchPattern: 'All:All IncludedHeaders:HeaderNames ExcludedHeaders:HeaderNames',
  HeaderOrder: 'OversizeHandling!:OversizeHandling',
  Headers: 'MatchPattern!:HeaderMatchPattern MatchScope!:MapMatchScope OversizeHandling!:OversizeHandling',
  IPSetForwardedIPConfig:
    'HeaderName!:ForwardedIPHeaderName FallbackBehavior!:FallbackBehavior Position!:ForwardedIPPosition',
  IPSetReferenceStatement: 'ARN!:ResourceArn IPSetForwardedIPConfig:IPSetForwardedIPConfig',
  ImmunityTimeProperty: 'ImmunityTime!:TimeWindowSecond',
  JA3Fingerprint: 'FallbackBehavior!:FallbackBehavior',
  JA4Fingerprint: 'FallbackBehavior!:FallbackBehavior',
  JsonBody:
    'MatchPattern!:JsonMatchPattern MatchScope!:JsonMatchScope InvalidFallbackBehavior:BodyParsingFallbackBehavior OversizeHandling:OversizeHandling',
  JsonMatchPattern: 'All:All IncludedPaths:JsonPointerPaths',
  Label: 'Name!:LabelName',
  LabelMatchStatement: 'Scope!:LabelMatchScope Key!:LabelMatchKey',
  ListAvailableManagedRuleGroupVersionsRequest:
    'VendorName!:VendorName Name!:EntityName Scope!:Scope NextMarker:NextMarker Limit:PaginationLimit',
  ListResourcesForWebACLRequest: 'WebACLArn!:ResourceArn ResourceType:ResourceType',
  ListWebACLsRequest: 'Scope!:Scope NextMarker:NextMarker Limit:PaginationLimit',
  ManagedRuleGroupStatement:
    'VendorName!:VendorName Name!:EntityName Version:VersionKeyString ExcludedRules:ExcludedRules ScopeDownStatement:Statement ManagedRuleGroupConfigs:ManagedRuleGroupConfigs RuleActionOverrides:RuleActionOverrides',
  Method: '',
  NoneAction: '',
  NotStatement: 'Statement!:Statement',
  OrStatement: 'Statements!:Statements',
  OverrideAction: 'Count:CountAction None:NoneAction',
  PreParseTextTransformation: 'Priority!:PreParseTextTransformationPriority Type!:PreParseTextTransformationType',
  QueryString: '',
  RateBasedStatement:
    'Limit!:RateLimit EvaluationWindowSec:EvaluationWindowSec AggregateKeyType!:RateBasedStatementAggregateKeyType ScopeDownStatement:Statement ForwardedIPConfig:ForwardedIPConfig CustomKeys:RateBasedStatementCustomKeys',
  RateBasedStatementCustomKey:
    'Header:RateLimitHeader Cookie:RateLimitCookie QueryArgument:RateLimitQueryArgument QueryString:RateLimitQueryString HTTPMethod:RateLimitHTTPMethod ForwardedIP:RateLimitForwardedIP IP:RateLimitIP LabelNamespace:RateLimitLabelNamespace UriPath:RateLimitUriPath JA3Fingerprint:RateLimitJA3Fingerprint JA4Fingerprint:RateLimitJA4Fingerprint ASN:RateLimitAsn',
  RateLimitAsn: '',
  RateLimitCookie: 'Name!:FieldToMatchData TextTransformations!:TextTransformations',
  RateLimitForwardedIP: '',
  RateLimitHTTPMethod: '',
  RateLimitHeader: 'Name!:FieldToMatchData TextTransformations!:TextTransformations',
  RateLimitIP: '',
  RateLimitJA3Fingerprint: 'FallbackBehavior!:FallbackBehavior',
  RateLimitJA4Fingerprint: 'FallbackBehavior!:FallbackBehavior',
  RateLimitLabelNamespace: 'Namespace!:LabelNamespace',
  RateLimitQueryArgument: 'Name!:FieldToMatchData TextTransformations!:TextTransformations',
  RateLimitQueryString: 'TextTransformations!:TextTransformations',
  RateLimitUriPath: 'TextTransformations!:TextTransformations',
  RegexMatchStatement:
    'RegexString!:RegexPatternString FieldToMatch!:FieldToMatch TextTransformations!:TextTransformations PreParseTextTransformations:PreParseTextTransformations',
  RegexPatternSetReferenceStatement:
    'ARN!:ResourceArn FieldToMatch!:FieldToMatch TextTransformations!:TextTransformations PreParseTextTransformations:PreParseTextTransformations',
  RequestBodyAssociatedResourceTypeConfig: 'DefaultSizeInspectionLimit!:SizeInspectionLimit',
  Rule: 'Name!:EntityName Priority!:RulePriority Statement!:Statement Action:RuleAction OverrideAction:OverrideAction RuleLabels:Labels VisibilityConfig!:VisibilityConfig CaptchaConfig:CaptchaConfig ChallengeConfig:ChallengeConfig',
  RuleAction:
    'Block:BlockAction Allow:AllowAction Count:CountAction Captcha:CaptchaAction Challenge:ChallengeAction Monetize:MonetizeAction',
  RuleActionOverride: 'Name!:EntityName ActionToUse!:RuleAction',
  RuleGroupReferenceStatement: 'ARN!:ResourceArn ExcludedRules:ExcludedRules RuleActionOverrides:RuleActionOverrides',
  SingleHeader: 'Name!:FieldToMatchData',
  SingleQueryArgument: 'Name!:FieldToMatchData',
  SizeConstraintStatement:
    'FieldToMatch!:FieldToMatch ComparisonOperator!:ComparisonOperator Size!:Size TextTransformations!:TextTransformations PreParseTextTransformations:PreParseTextTransformations',
  SqliMatchStatement:
    'FieldToMatch!:FieldToMatch TextTransformations!:TextTransformations PreParseTextTransformations:PreParseTextTransformations SensitivityLevel:SensitivityLevel',
  Statement:
    'ByteMatchStatement:ByteMatchStatement SqliMatchStatement:SqliMatchStatement XssMatchStatement:XssMatchStatement SizeConstraintStatement:SizeConstraintStatement GeoMatchStatement:GeoMatchStatement RuleGroupReferenceStatement:RuleGroupReferenceStatement IPSetReferenceStatement:IPSetReferenceStatement RegexPatternSetReferenceStatement:RegexPatternSetReferenceStatement RateBasedStatement:RateBasedStatement AndStatement:AndStatement OrStatement:OrStatement NotStatement:NotStatement ManagedRuleGroupStatement:ManagedRuleGroupStatement LabelMatchStatement:LabelMatchStatement RegexMatchStatement:RegexMatchStatement AsnMatchStatement:AsnMatchStatement',
  TextTransformation: 'Priority!:TextTransformationPriority Type!:TextTransformationType',
  TimeWindow: 'StartTime!:Timestamp EndTime!:Timestamp',
  UpdateWebACLRequest:
    'Name!:EntityName Scope!:Scope Id!:EntityId DefaultAction!:DefaultAction Description:EntityDescription Rules:Rules VisibilityConfig!:VisibilityConfig DataProtectionConfig:DataProtectionConfig LockToken!:LockToken CustomResponseBodies:CustomResponseBodies CaptchaConfig:CaptchaConfig ChallengeConfig:ChallengeConfig TokenDomains:TokenDomains AssociationConfig:AssociationConfig OnSourceDDoSProtectionConfig:OnSourceDDoSProtectionConfig ApplicationConfig:ApplicationConfig MonetizationConfig:MonetizationConfig AnalyticsConfig:AnalyticsConfig',
  UriFragment: 'FallbackBehavior:FallbackBehavior',
  UriPath: '',
  VisibilityConfig: 'SampledRequestsEnabled!:Boolean CloudWatchMetricsEnabled!:Boolean MetricName!:MetricName',
  XssMatchStatement:
    'FieldToMatch!:FieldToMatch TextTransformations!:TextTransformations PreParseTextTransformations:PreParseTextTransformations',
};
