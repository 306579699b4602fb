import { findManagedGroup } from '../managed/managed-groups.js';
import type { Inspection } from './field-to-match.js';
import type { AclStatement } from './statement.js';
import type { AclRule, KnownResources, WebAcl } from './web-acl.js';

/** What something takes of a web ACL's capacity, in units (WCU). Only CheckCapacity of the API is sure of it. */
export interface Capacity {
  readonly units: number;
  /** What is not in it, since nobody here knows what it takes. */
  readonly missing: readonly string[];
  /** It is not known what a part of it takes, such as a component that is newer than this program. */
  readonly isEstimate: boolean;
}

const nothing: Capacity = { units: 0, missing: [], isEstimate: false };

/** What a web ACL takes: all its rules together. */
export function aclCapacity(acl: Pick<WebAcl, 'rules'>, resources: KnownResources): Capacity {
  return sum(acl.rules.map((rule) => ruleCapacity(rule, resources)));
}

/** What a rule takes: its statement, and one unit for every five labels that it sets. */
export function ruleCapacity(rule: Pick<AclRule, 'statement' | 'labels'>, resources: KnownResources): Capacity {
  return sum([statementCapacity(rule.statement, resources), units(Math.ceil(rule.labels.length / 5))]);
}

/** What a statement takes, with all that is in it ("Statement capacity" on the page of each kind of statement). */
export function statementCapacity(statement: AclStatement, resources: KnownResources): Capacity {
  switch (statement.kind) {
    case 'byte-match':
      return inspecting(statement.position.startsWith('CONTAINS') ? 10 : 2, statement.inspect);
    case 'regex-match':
      return inspecting(3, statement.inspect);
    case 'regex-set':
      return inspecting(25, statement.inspect);
    case 'size':
      return inspecting(1, statement.inspect);
    case 'sqli':
      return inspecting(statement.sensitivity === 'HIGH' ? 30 : 20, statement.inspect);
    case 'xss':
      return inspecting(40, statement.inspect);
    case 'geo':
    case 'asn':
    case 'label':
      return units(1);
    case 'ip-set':
      return units(statement.forwarded?.position === 'ANY' ? 5 : 1);
    case 'and':
    case 'or':
      return sum(statement.statements.map((inner) => statementCapacity(inner, resources)));
    case 'not':
      return statementCapacity(statement.statement, resources);
    case 'rate':
      return sum([units(2 + 30 * statement.customKeys), scopeDownCapacity(statement.scopeDown, resources)]);
    case 'managed-group': {
      const known = findManagedGroup(statement.vendor, statement.name)?.capacity;
      const group = known === undefined ? missing(`${statement.vendor}#${statement.name}`) : units(known);
      return sum([group, scopeDownCapacity(statement.scopeDown, resources)]);
    }
    case 'rule-group':
      return ownGroupCapacity(statement.ref, resources);
    case 'unknown':
      return missing(statement.why);
  }
}

function scopeDownCapacity(scopeDown: AclStatement | undefined, resources: KnownResources): Capacity {
  return scopeDown === undefined ? nothing : statementCapacity(scopeDown, resources);
}

/** A group takes what it was made with, whatever is in it; where that is not told, at least what its rules take. */
function ownGroupCapacity(ref: string, resources: KnownResources): Capacity {
  const group = resources.ruleGroups.get(ref);
  if (group === undefined) return missing(ref);
  if (group.capacity !== undefined) return units(group.capacity);
  return { ...sum(group.rules.map((rule) => ruleCapacity(rule, resources))), isEstimate: true };
}

/**
 * JSON bodies double what the kind of statement takes; all query arguments, and each transformation, before the query string is
 * split or after, add ten units.
 */
function inspecting(base: number, { field, preParse, transformations }: Inspection): Capacity {
  const steps = [...preParse, ...transformations].filter((name) => name !== 'NONE').length;
  return {
    units: base * (field.kind === 'json-body' ? 2 : 1) + (field.kind === 'all-query-arguments' ? 10 : 0) + 10 * steps,
    missing: [],
    isEstimate: field.kind === 'unknown',
  };
}

function units(count: number): Capacity {
  return { ...nothing, units: count };
}

function missing(what: string): Capacity {
  return { ...nothing, missing: [what] };
}

function sum(parts: readonly Capacity[]): Capacity {
  return {
    units: parts.reduce((total, part) => total + part.units, 0),
    missing: parts.flatMap((part) => part.missing),
    isEstimate: parts.some((part) => part.isEstimate),
  };
}
