import type { AclStatement } from '../acl/statement.js';
import type { AclRule, AclSource } from '../acl/web-acl.js';
import { quoted } from '../source/parts.js';
import type { LintFinding } from './finding.js';
import { withInner } from './statements.js';

/** What AWS does not take in a pattern (developer guide, "Supported regular expression syntax"), where it begins. */
const unsupported: readonly (readonly [RegExp, string])[] = [
  [/^\\(?:[1-9]|g\{?-?\d|k[<{'])/, 'a back reference'],
  [/^\(\?P=/, 'a back reference'],
  [/^\(\?>/, 'an atomic group'],
  [/^\(\?(?:R|[+-]?\d+|&|P>)/, 'a subroutine'],
  [/^\\g[<']/, 'a subroutine'],
  [/^\(\?\(/, 'a condition'],
  [/^\(\?C/, 'a callout'],
  [/^\(\*[A-Z]/, 'a backtracking verb'],
  [/^\\[CKR]/, 'an escape of its own kind'],
  [/^(?:[*+?]|\{\d+(?:,\d*)?\})\+/, 'a possessive quantifier'],
];

/** Patterns that AWS refuses. */
export function findUnsupportedRegex({ acl, resources }: AclSource): readonly LintFinding[] {
  return acl.rules.flatMap((rule) =>
    withInner(rule.statement)
      .flatMap((it) => patternsOf(it, resources))
      .flatMap((pattern) => {
        const feature = unsupportedIn(pattern);
        return feature === undefined ? [] : [unsupportedRegex(rule, pattern, feature)];
      }),
  );
}

function patternsOf(statement: AclStatement, { regexSets }: AclSource['resources']): readonly string[] {
  if (statement.kind === 'regex-match') return [statement.pattern];
  return statement.kind === 'regex-set' ? (regexSets.get(statement.ref) ?? []) : [];
}

/** Goes through the pattern once; what is escaped or in a class of characters is passed over. */
function unsupportedIn(pattern: string): string | undefined {
  let isClass = false;
  for (let at = 0; at < pattern.length; at += pattern[at] === '\\' ? 2 : 1) {
    const feature = isClass ? undefined : featureAt(pattern, at);
    if (feature !== undefined) return feature;
    if (pattern[at] === '[') isClass = true;
    else if (pattern[at] === ']') isClass = false;
  }
  return undefined;
}

function featureAt(pattern: string, at: number): string | undefined {
  const rest = pattern.slice(at, at + 24);
  return unsupported.find(([form]) => form.test(rest))?.[1];
}

function unsupportedRegex(rule: AclRule, pattern: string, feature: string): LintFinding {
  return {
    id: 'regex-unsupported',
    severity: 'error',
    place: rule.place,
    rule: rule.name,
    what: `The pattern ${quoted(pattern)} has ${feature}.`,
    consequence: 'AWS does not take it.',
    cure: 'Write it with characters, classes, groups, alternatives and plain quantifiers.',
  };
}
