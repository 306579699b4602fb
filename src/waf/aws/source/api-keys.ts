import { deepestSource, isSourceList, isSourceObject, type SourceValue, Unresolved } from './source-value.js';

/** Keys of the API that are not simply words with a capital each. */
const irregular = [
  'ARN',
  'ASN',
  'AWSManagedRulesACFPRuleSet',
  'AWSManagedRulesAISecurityRuleSet',
  'AWSManagedRulesATPRuleSet',
  'AWSManagedRulesAntiDDoSRuleSet',
  'AWSManagedRulesBotControlRuleSet',
  'CloudWatchMetricsEnabled',
  'ForwardedIP',
  'ForwardedIPConfig',
  'HTTPMethod',
  'IP',
  'IPAddressVersion',
  'IPSetForwardedIPConfig',
  'IPSetReferenceStatement',
  'JA3Fingerprint',
  'JA4Fingerprint',
];

const byLetters = new Map(irregular.map((key) => [lettersOf(key), key]));

/** A key as the API spells it, from `Arn`, `ipSetReferenceStatement` or `ip_set_reference_statement`. */
export function apiKey(key: string): string {
  const known = byLetters.get(lettersOf(key));
  return known ?? key.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * A value of a template with the keys of the API: CloudFormation writes `Arn`, and the CDK lets settings pass as its users
 * spell them. Names of bodies of custom responses are the user's.
 */
export function withApiKeys(value: SourceValue, depth = 0): SourceValue {
  if (depth > deepestSource) return new Unresolved('it is nested too deep');
  if (isSourceList(value)) return value.map((item) => withApiKeys(item, depth + 1));
  if (!isSourceObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const key = apiKey(name);
      return [key, key === 'CustomResponseBodies' ? withOwnNames(inner, depth + 1) : withApiKeys(inner, depth + 1)];
    }),
  );
}

function withOwnNames(bodies: SourceValue, depth: number): SourceValue {
  if (!isSourceObject(bodies)) return bodies;
  return Object.fromEntries(Object.entries(bodies).map(([name, body]) => [name, withApiKeys(body, depth + 1)]));
}

function lettersOf(key: string): string {
  return key.replaceAll('_', '').toLowerCase();
}
