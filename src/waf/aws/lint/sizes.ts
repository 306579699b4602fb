import type { AclStatement } from '../acl/statement.js';
import type { AclRule, AclSource, Front } from '../acl/web-acl.js';
import type { LintFacts, LintFinding } from './finding.js';
import { withInner } from './statements.js';

type SizeStatement = Extract<AclStatement, { kind: 'size' }>;

/** Rules on the length of a body that is longer than what is inspected of it. */
export function findDeadSizes({ acl }: AclSource, facts: LintFacts): readonly LintFinding[] {
  const limit = bodyLimit(acl, facts.front ?? (acl.scope === 'CLOUDFRONT' ? 'cloudfront' : 'alb'));
  return acl.rules.flatMap((rule) =>
    withInner(rule.statement)
      .filter((it): it is SizeStatement => it.kind === 'size' && isBeyond(it, limit))
      .map((size) => deadSize(rule, size, limit)),
  );
}

/** In bytes: as the web ACL sets it, or else as AWS does (developer guide, "Body inspection"). */
function bodyLimit({ bodyLimits }: AclSource['acl'], front: Front): number {
  return bodyLimits[front] ?? (front === 'alb' || front === 'appsync' ? 8192 : 16_384);
}

/** Whether it matches, if ever, only bodies of which not all is inspected. */
function isBeyond({ comparison, size, inspect }: SizeStatement, limit: number): boolean {
  if (inspect.field.kind !== 'body' || inspect.transformations.some((name) => name !== 'NONE')) return false;
  if (comparison === 'GT') return size >= limit;
  return (comparison === 'GE' || comparison === 'EQ') && size > limit;
}

function deadSize(rule: AclRule, { inspect, size }: SizeStatement, limit: number): LintFinding {
  const oversize = inspect.field.kind === 'body' ? inspect.field.oversize : 'CONTINUE';
  return {
    id: 'size-never-matches',
    severity: oversize === 'NO_MATCH' ? 'error' : 'warning',
    place: rule.place,
    rule: rule.name,
    what: `The rule asks for bodies of ${bytes(size)} and more, and only ${bytes(limit)} of a body are inspected here.`,
    consequence: consequences[oversize](limit),
    cure: `Ask for no more than ${bytes(limit)}, raise the limit of the web ACL where its front lets you, or limit bodies in the application.`,
  };
}

const consequences = {
  NO_MATCH: () => 'It never matches: longer bodies are passed over.',
  MATCH: (limit: number) => `It matches every body of more than ${bytes(limit)}, whatever length it names.`,
  CONTINUE: () => 'It matches nothing, as far as users have seen: AWS does not say whether the whole length counts.',
};

function bytes(count: number): string {
  return `${count.toLocaleString('en-US')} bytes`;
}
