import { childOf, itemsOf, type YamlNode } from '../../yaml/yaml-node.js';
import { type Either, type FtwExpectation, leftOut, value } from './ftw-test.js';
import { childText, textOf } from './read-input.js';

/** Reads what a stage expects. A text that names no rule is about the rule of the file. */
export function readExpectation(output: YamlNode | undefined, fileRule: string | undefined): Either<FtwExpectation> {
  if (childText(output, 'expect_error')?.toLowerCase() === 'true') return leftOut('error');
  if ((childText(output, 'response_contains') ?? '') !== '') return leftOut('response');
  const log = childOf(output, 'log');
  const rules = [
    ...idsOf(childOf(log, 'expect_ids')),
    ...namedIn([childText(log, 'match_regex'), childText(output, 'log_contains')], fileRule),
  ];
  const noRules = [
    ...idsOf(childOf(log, 'no_expect_ids')),
    ...namedIn([childText(log, 'no_match_regex'), childText(output, 'no_log_contains')], fileRule),
  ];
  if (rules.length + noRules.length === 0) return leftOut('no-rule');
  if ([...rules, ...noRules].some(isAboutResponse)) return leftOut('response');
  return value({ rules: [...new Set(rules)], noRules: [...new Set(noRules)] });
}

function idsOf(list: YamlNode | undefined): readonly string[] {
  return itemsOf(list).flatMap((item) => {
    const text = textOf(item);
    return text !== undefined && /^\d{1,12}$/.test(text) ? [text] : [];
  });
}

/** `id "942100"`, as logs of ModSecurity have it and patterns for them. */
const ruleInLog = /\bid\b[^0-9a-z]{0,12}([0-9]{3,12})/gi;

function namedIn(texts: readonly (string | undefined)[], fileRule: string | undefined): readonly string[] {
  return texts.flatMap((text) => {
    if (text === undefined || text === '') return [];
    const named = [...text.matchAll(ruleInLog)].flatMap(([, id]) => (id === undefined ? [] : [id]));
    return named.length > 0 || fileRule === undefined ? named : [fileRule];
  });
}

/** The Core Rule Set looks at answers in rules 950000 to 959999, and sums up at the end in 980000 to 980999. */
function isAboutResponse(rule: string): boolean {
  return /^(?:95\d{4}|980\d{3})$/.test(rule);
}
