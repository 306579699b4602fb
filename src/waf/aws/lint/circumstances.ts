import { groupBy } from '../../../util/group-by.js';
import { aclCapacity } from '../acl/capacity.js';
import type { AclRule, AclSource } from '../acl/web-acl.js';
import { quoted } from '../source/parts.js';
import type { LintFacts, LintFinding } from './finding.js';

/** Warned about so long before. */
const soonDays = 30;
const dayMs = 86_400_000;

/** In capacity units: more than the first costs extra for each request, and more than the second no web ACL can have. */
const included = 1500;
const most = 5000;

/** Versions of groups that are gone or soon will be. */
export function findExpiring({ acl }: AclSource, { groups, now }: LintFacts): readonly LintFinding[] {
  return acl.rules.flatMap((rule) => {
    if (rule.statement.kind !== 'managed-group' || rule.statement.version === undefined || now === undefined) return [];
    const expires = groups?.get(`${rule.statement.vendor}#${rule.statement.name}`)?.expires;
    if (expires === undefined || expires > now + soonDays * dayMs) return [];
    return [expiring(rule, rule.statement.version, expires, now)];
  });
}

function expiring({ place, name }: AclRule, version: string, expires: number, now: number): LintFinding {
  const day = new Date(expires).toISOString().slice(0, 10);
  return {
    id: 'version-expires',
    severity: 'warning',
    place,
    rule: name,
    what: `The version ${quoted(version)} ${expires > now ? 'expires' : 'expired'} on ${day}.`,
    consequence:
      'Then the default version takes its place, with other rules, and the web ACL cannot be changed until it is named.',
    cure: 'Replay the suite against a newer version, and pin that.',
  };
}

/** What hides what was found: samples, metrics, logs. */
export function findHidden({ acl }: AclSource, facts: LintFacts): readonly LintFinding[] {
  const all = [{ name: undefined, place: '', visibility: acl.visibility }, ...acl.rules];
  return [
    ...all.filter(({ visibility }) => visibility.sampled === false).map((it) => unseen(it, 'not-sampled')),
    ...all.filter(({ visibility }) => visibility.measured === false).map((it) => unseen(it, 'not-measured')),
    ...findUnlogged(facts),
  ];
}

function unseen(
  { name, place }: { readonly name: string | undefined; readonly place: string },
  id: 'not-sampled' | 'not-measured',
): LintFinding {
  const isSample = id === 'not-sampled';
  return {
    id,
    severity: 'note',
    place,
    ...(name !== undefined && { rule: name }),
    what: `${isSample ? 'SampledRequestsEnabled' : 'CloudWatchMetricsEnabled'} is off ${name === undefined ? 'for the default action' : 'for the rule'}.`,
    consequence: isSample
      ? 'AWS keeps no samples of what it decides, which say what was blocked.'
      : 'AWS does not count what it decides.',
    cure: `Set ${isSample ? 'SampledRequestsEnabled' : 'CloudWatchMetricsEnabled'} to true.`,
  };
}

function findUnlogged({ logging, correlationHeader }: LintFacts): readonly LintFinding[] {
  if (logging === undefined) return [];
  if (logging === 'none') return [unlogged];
  const header = correlationHeader?.toLowerCase();
  const isRedacted = header !== undefined && logging.redactedHeaders.some((name) => name.toLowerCase() === header);
  return isRedacted ? [redacted(correlationHeader ?? '')] : [];
}

const unlogged: LintFinding = {
  id: 'not-logged',
  severity: 'warning',
  place: '',
  what: 'The web ACL writes no logs.',
  consequence: 'What a rule found, and which rules would have matched besides, is in no sample.',
  cure: 'Log to a group of CloudWatch Logs whose name begins with aws-waf-logs-.',
};

function redacted(header: string): LintFinding {
  return {
    id: 'id-redacted',
    severity: 'error',
    place: '',
    what: `The logs redact the header ${quoted(header)}.`,
    consequence: 'No record can be joined to the request that it is of.',
    cure: 'Take the header out of RedactedFields; it holds nothing but a random number.',
  };
}

/** Groups whose findings only count, all of them. */
export function findCountingGroups({ acl }: AclSource): readonly LintFinding[] {
  return acl.rules
    .filter(({ override }) => override === 'count')
    .map(({ name, place }) => ({
      id: 'group-counts',
      severity: 'warning',
      place,
      rule: name,
      what: 'OverrideAction is Count for the whole group.',
      consequence:
        'The group blocks nothing, and tells only of the first of its rules that would: the ones behind it stay unseen.',
      cure: 'Override the action of single rules in RuleActionOverrides, and set OverrideAction to None.',
    }));
}

/** Rules whose order AWS cannot tell. */
export function findDuplicatePriorities({ acl }: AclSource): readonly LintFinding[] {
  const known = acl.rules.filter(({ priority }) => priority !== -1);
  return [...groupBy(known, ({ priority }) => String(priority)).values()].flatMap(([first, ...others]) =>
    others.map((rule) => ({
      id: 'duplicate-priority' as const,
      severity: 'error' as const,
      place: rule.place,
      rule: rule.name,
      what: `The rule has the priority ${rule.priority}, as ${quoted(first?.name ?? '')} has.`,
      consequence: 'AWS does not take the web ACL.',
      cure: 'Give each rule a priority of its own.',
    })),
  );
}

/** What a web ACL takes beyond what is paid for, or beyond what there is. */
export function findOverCapacity({ acl, resources }: AclSource): readonly LintFinding[] {
  const estimate = aclCapacity(acl, resources);
  const units = acl.capacity ?? estimate.units;
  if (units <= included) return [];
  const isTooMuch = units > most;
  const how = acl.capacity === undefined ? 'about ' : '';
  return [
    {
      id: 'over-capacity',
      severity: isTooMuch ? 'error' : 'note',
      place: '',
      what: `The rules take ${how}${units.toLocaleString('en-US')} capacity units.`,
      consequence: isTooMuch
        ? `AWS takes no web ACL of more than ${most.toLocaleString('en-US')}.`
        : `AWS charges extra for each request above ${included.toLocaleString('en-US')}.`,
      cure: 'Remove groups or transformations that nobody needs: each transformation takes ten units.',
    },
  ];
}
