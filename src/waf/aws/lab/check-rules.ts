import {
  isObject,
  type JsonObject,
  memberNamed,
  numberNamed,
  objectNamed,
  objectsNamed,
  textNamed,
} from '../api/json-object.js';
import { type ApiAnswer, invalid } from './api-answer.js';

/** The service's words, as users of it have quoted them. */
const exactlyOne = 'You have used none or multiple values for a field that requires exactly one value.';
const tooFew =
  "You haven't met a minimum requirement for a threshold setting. Examples include a rule group capacity setting that's too low and an OR statement with only one nested statement.";
const badReference = 'A reference in your rule statement is not valid.';
const notNested = "You have nested a statement that can't be nested.";
const duplicate = 'You have used the same value more than once where it must be unique.';

/** Statements that stand at the top of a rule only. */
const neverNested = ['RateBasedStatement', 'ManagedRuleGroupStatement', 'RuleGroupReferenceStatement'];
const groups = ['ManagedRuleGroupStatement', 'RuleGroupReferenceStatement'];
const references: Readonly<Record<string, string>> = {
  IPSetReferenceStatement: 'IP_SET_REFERENCE_STATEMENT',
  RegexPatternSetReferenceStatement: 'REGEX_PATTERN_SET_REFERENCE_STATEMENT',
  RuleGroupReferenceStatement: 'RULE_GROUP_REFERENCE_STATEMENT',
};

/**
 * What the service refuses in rules of a web ACL though each part has the right shape: what must be one of several, unique,
 * or there.
 * @param known whether there is a set or group of this ARN
 */
export function checkRules(rules: readonly JsonObject[], known: (arn: string) => boolean): ApiAnswer | undefined {
  const priorities = rules.map((rule) => numberNamed(rule, 'Priority'));
  if (new Set(priorities).size < rules.length) return invalid(duplicate, 'RULE', 'Priority');
  if (new Set(rules.map((rule) => textNamed(rule, 'Name'))).size < rules.length)
    return invalid(duplicate, 'RULE', 'Name');
  return first(rules, (rule) => checkRule(rule, known));
}

function checkRule(rule: JsonObject, known: (arn: string) => boolean): ApiAnswer | undefined {
  const statement = objectNamed(rule, 'Statement');
  const isGroup = groups.some((key) => memberNamed(statement, key) !== undefined);
  const [wanted, other] = isGroup ? ['OverrideAction', 'Action'] : ['Action', 'OverrideAction'];
  if (memberNamed(rule, wanted) === undefined || memberNamed(rule, other) !== undefined)
    return invalid(exactlyOne, 'RULE', 'Rule');
  if (keysOf(objectNamed(rule, wanted)).length !== 1) return invalid(exactlyOne, 'RULE_ACTION', 'RuleAction');
  return checkStatement(statement, known, false);
}

/** One key, which may stand here, and what is in it. */
function checkStatement(
  statement: JsonObject,
  known: (arn: string) => boolean,
  isNested: boolean,
): ApiAnswer | undefined {
  const [key = '', ...others] = keysOf(statement);
  if (key === '' || others.length > 0) return invalid(exactlyOne, 'STATEMENT', 'Statement');
  if (isNested && neverNested.includes(key)) return invalid(notNested, 'STATEMENT', key);
  const inner = objectNamed(statement, key);
  return checkField(inner) ?? checkReference(key, inner, known) ?? checkInner(key, inner, known);
}

function checkField(statement: JsonObject): ApiAnswer | undefined {
  const field = memberNamed(statement, 'FieldToMatch');
  if (!isObject(field)) return undefined;
  if (keysOf(field).length !== 1) return invalid(exactlyOne, 'FIELD_TO_MATCH', 'FieldToMatch');
  const priorities = objectsNamed(statement, 'TextTransformations').map((one) => numberNamed(one, 'Priority'));
  return new Set(priorities).size < priorities.length
    ? invalid(duplicate, 'TEXT_TRANSFORMATION', 'TextTransformation')
    : undefined;
}

function checkReference(key: string, statement: JsonObject, known: (arn: string) => boolean): ApiAnswer | undefined {
  const field = references[key];
  return field === undefined || known(textNamed(statement, 'ARN') ?? '')
    ? undefined
    : invalid(badReference, field, 'ARN');
}

function checkInner(key: string, statement: JsonObject, known: (arn: string) => boolean): ApiAnswer | undefined {
  const several = key === 'AndStatement' || key === 'OrStatement';
  const inner = several
    ? objectsNamed(statement, 'Statements')
    : ['Statement', 'ScopeDownStatement'].map((name) => memberNamed(statement, name)).filter(isObject);
  if (several && inner.length < 2)
    return invalid(tooFew, key === 'AndStatement' ? 'AND_STATEMENT' : 'OR_STATEMENT', key);
  return first(inner, (one) => checkStatement(one, known, true));
}

function keysOf(object: JsonObject): readonly string[] {
  return Object.keys(object).filter((key) => memberNamed(object, key) !== undefined);
}

function first<T>(items: readonly T[], check: (item: T) => ApiAnswer | undefined): ApiAnswer | undefined {
  for (const item of items) {
    const answer = check(item);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
