import { managedGroup } from './group-builder.js';

/** https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html */
export const baselineGroups = [
  managedGroup({
    name: 'AWSManagedRulesCommonRuleSet',
    labels: 'core-rule-set',
    capacity: 700,
    rules: [
      ['NoUserAgent_HEADER', 'NoUserAgent_Header', 'user-agent', { criterion: { kind: 'missing' } }],
      ['UserAgent_BadBots_HEADER', 'BadBots_Header', 'user-agent'],
      ['SizeRestrictions_QUERYSTRING', 'SizeRestrictions_QueryString', 'query-string', longerThan(2048)],
      ['SizeRestrictions_Cookie_HEADER', 'SizeRestrictions_Cookie_Header', 'cookie-header', longerThan(10_240)],
      ['SizeRestrictions_BODY', 'SizeRestrictions_Body', 'body', longerThan(8192)],
      ['SizeRestrictions_URIPATH', 'SizeRestrictions_URIPath', 'uri-path', longerThan(1024)],
      ['EC2MetaDataSSRF_BODY', 'EC2MetaDataSSRF_Body', 'body'],
      ['EC2MetaDataSSRF_COOKIE', 'EC2MetaDataSSRF_Cookie', 'cookies'],
      ['EC2MetaDataSSRF_URIPATH', 'EC2MetaDataSSRF_URIPath', 'uri-path'],
      ['EC2MetaDataSSRF_QUERYARGUMENTS', 'EC2MetaDataSSRF_QueryArguments', 'query-arguments'],
      ['GenericLFI_QUERYARGUMENTS', 'GenericLFI_QueryArguments', 'query-arguments'],
      ['GenericLFI_URIPATH', 'GenericLFI_URIPath', 'uri-path'],
      ['GenericLFI_BODY', 'GenericLFI_Body', 'body'],
      ['RestrictedExtensions_URIPATH', 'RestrictedExtensions_URIPath', 'uri-path'],
      ['RestrictedExtensions_QUERYARGUMENTS', 'RestrictedExtensions_QueryArguments', 'query-arguments'],
      ['GenericRFI_QUERYARGUMENTS', 'GenericRFI_QueryArguments', 'query-arguments'],
      ['GenericRFI_BODY', 'GenericRFI_Body', 'body'],
      ['GenericRFI_URIPATH', 'GenericRFI_URIPath', 'uri-path'],
      ['CrossSiteScripting_COOKIE', 'CrossSiteScripting_Cookie', 'cookies'],
      ['CrossSiteScripting_QUERYARGUMENTS', 'CrossSiteScripting_QueryArguments', 'query-arguments'],
      ['CrossSiteScripting_BODY', 'CrossSiteScripting_Body', 'body'],
      ['CrossSiteScripting_URIPATH', 'CrossSiteScripting_URIPath', 'uri-path'],
    ],
  }),
  managedGroup({
    name: 'AWSManagedRulesAdminProtectionRuleSet',
    labels: 'admin-protection',
    capacity: 100,
    rules: [['AdminProtection_URIPATH', 'AdminProtection_URIPath', 'uri-path']],
  }),
  managedGroup({
    name: 'AWSManagedRulesKnownBadInputsRuleSet',
    labels: 'known-bad-inputs',
    capacity: 200,
    rules: [
      ['JavaDeserializationRCE_HEADER', 'JavaDeserializationRCE_Header', 'headers'],
      ['JavaDeserializationRCE_BODY', 'JavaDeserializationRCE_Body', 'body'],
      ['JavaDeserializationRCE_URIPATH', 'JavaDeserializationRCE_URIPath', 'uri-path'],
      ['JavaDeserializationRCE_QUERYSTRING', 'JavaDeserializationRCE_QueryString', 'query-string'],
      ['Host_localhost_HEADER', 'Host_Localhost_Header', 'host'],
      ['PROPFIND_METHOD', 'Propfind_Method', 'method', { criterion: { kind: 'equals', value: 'PROPFIND' } }],
      ['ExploitablePaths_URIPATH', 'ExploitablePaths_URIPath', 'uri-path'],
      ['Log4JRCE_HEADER', 'Log4JRCE_Header', 'headers'],
      ['Log4JRCE_QUERYSTRING', 'Log4JRCE_QueryString', 'query-string'],
      ['Log4JRCE_BODY', 'Log4JRCE_Body', 'body'],
      ['Log4JRCE_URIPATH', 'Log4JRCE_URIPath', 'uri-path'],
      ['ReactJSRCE_BODY', 'ReactJSRCE_Body', 'body'],
      ['Log4JRCE', 'Log4JRCE', 'headers', { age: 'expired' }],
      ['BadAuthToken_COOKIE_AUTHORIZATION', 'BadAuthToken_Cookie_Authorization', 'headers', { age: 'expired' }],
    ],
  }),
];

function longerThan(bytes: number) {
  return { criterion: { kind: 'longer-than' as const, bytes } };
}
