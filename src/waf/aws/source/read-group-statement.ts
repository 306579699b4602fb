import type { AclStatement } from '../acl/statement.js';
import {
  complete,
  listIn,
  optionalNumberIn,
  optionalObjectIn,
  optionalTextIn,
  optionalWordIn,
  strangerIn,
  textIn,
  wordIn,
} from './parts.js';
import { readOverrides } from './read-action.js';
import { readForwarded, readRef } from './read-match-statement.js';
import { isSourceObject, memberOf, type SourceObject, type SourceValue, Unresolved } from './source-value.js';

type ReadInner = (value: SourceValue | undefined) => AclStatement;

const rateKeys = [
  'Limit',
  'EvaluationWindowSec',
  'AggregateKeyType',
  'ScopeDownStatement',
  'ForwardedIPConfig',
  'CustomKeys',
];
const aggregates = ['IP', 'FORWARDED_IP', 'CUSTOM_KEYS', 'CONSTANT'] as const;
const managedKeys = [
  'VendorName',
  'Name',
  'Version',
  'ExcludedRules',
  'ScopeDownStatement',
  'ManagedRuleGroupConfigs',
  'RuleActionOverrides',
];

/** Reads `RateBasedStatement`. */
export function readRate(body: SourceObject, inner: ReadInner): AclStatement | Unresolved {
  const limit = optionalNumberIn(body, 'Limit');
  const keys = listIn(body, 'CustomKeys');
  const parts = {
    kind: 'rate' as const,
    ...(typeof limit === 'number' && { limit }),
    windowSeconds: optionalNumberIn(body, 'EvaluationWindowSec') ?? 300,
    aggregate: wordIn(body, 'AggregateKeyType', aggregates),
    customKeys: keys instanceof Unresolved ? keys : keys.length,
    ...readForwarded(body, 'ForwardedIPConfig'),
    ...scopeDownIn(body, inner),
  };
  return strangerIn(body, rateKeys, 'RateBasedStatement') ?? complete(parts);
}

/** Reads `ManagedRuleGroupStatement`. */
export function readManagedGroup(body: SourceObject, inner: ReadInner): AclStatement | Unresolved {
  const version = readVersion(body);
  const inspectionLevel = readInspectionLevel(body);
  const parts = {
    kind: 'managed-group' as const,
    vendor: textIn(body, 'VendorName'),
    name: textIn(body, 'Name'),
    ...(version !== undefined && { version }),
    overrides: readOverrides(body),
    ...scopeDownIn(body, inner),
    ...(inspectionLevel !== undefined && { inspectionLevel }),
  };
  return strangerIn(body, managedKeys, 'ManagedRuleGroupStatement') ?? complete(parts);
}

/** Which version it is may be known at deployment only; the expression stands for it then. */
function readVersion(body: SourceObject): string | undefined | Unresolved {
  const version = optionalTextIn(body, 'Version');
  return version instanceof Unresolved ? (version.text ?? version) : version;
}

/** Reads `RuleGroupReferenceStatement`. */
export function readRuleGroup(body: SourceObject): AclStatement | Unresolved {
  const keys = ['ARN', 'ExcludedRules', 'RuleActionOverrides'];
  return (
    strangerIn(body, keys, 'RuleGroupReferenceStatement') ??
    complete({ kind: 'rule-group' as const, ref: readRef(body), overrides: readOverrides(body) })
  );
}

function scopeDownIn(body: SourceObject, inner: ReadInner): { readonly scopeDown?: AclStatement } {
  const value = memberOf(body, 'ScopeDownStatement');
  return value === undefined ? {} : { scopeDown: inner(value) };
}

/** The setting of Bot Control, wherever it stands in the list of settings; other groups have none. */
function readInspectionLevel(body: SourceObject): string | undefined | Unresolved {
  const configs = listIn(body, 'ManagedRuleGroupConfigs');
  if (configs instanceof Unresolved) return configs;
  const levels = configs.filter(isSourceObject).map((config) => {
    const bots = optionalObjectIn(config, 'AWSManagedRulesBotControlRuleSet');
    return isSourceObject(bots) ? optionalWordIn(bots, 'InspectionLevel', ['COMMON', 'TARGETED'] as const) : undefined;
  });
  return levels.find((level) => level !== undefined);
}
