import type { Pair } from '../../../model/request.js';
import type { AwsRecord } from '../log-record.js';
import { kindOfRefusal } from '../logs/rule-kinds.js';
import { groupName } from '../rule-names.js';

/** Headers of custom responses by which a staging web ACL names the rule that refused (`doctor --print-setup aws`). */
export const ruleHeader = 'x-wafproof-rule';
export const labelHeader = 'x-wafproof-labels';

const longest = 2000;

/** What a header of ours says of the refusal; nothing where there is none. */
export function namedRefusal(headers: readonly Pair[], status: number): AwsRecord | undefined {
  const ruleId = headerValue(headers, ruleHeader);
  const labels = labelsFrom(headerValue(headers, labelHeader));
  if (ruleId === '' && labels.length === 0) return undefined;
  return refusalBy(ruleId === '' ? undefined : ruleId, labels, status);
}

/** A record of an answer that a rule gave. */
export function refusalBy(ruleId: string | undefined, labels: readonly string[], status: number): AwsRecord {
  const end = ruleId?.lastIndexOf('#') ?? -1;
  const group = ruleId === undefined || end < 0 ? undefined : groupName(ruleId.slice(0, end));
  const kind = kindOfRefusal({
    action: 'BLOCK',
    ...(group !== undefined && { group: group.name, isManaged: group.isManaged }),
  });
  return {
    origin: 'answer',
    action: 'blocked',
    blockedBy: { ...kind, ...(ruleId !== undefined && { ruleId }), status },
    status,
    hits: ruleId === undefined ? [] : [{ ruleId, message: '', tags: [] }],
    labels,
    waf: { kind: 'aws' },
  };
}

export function headerValue(headers: readonly Pair[], wanted: string): string {
  return (headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '').trim().slice(0, longest);
}

/** `awswaf:managed:aws:core-rule-set:GenericLFI_Body,SizeRestrictions_Body`: the namespace, and what interpolation put there. */
function labelsFrom(value: string): readonly string[] {
  const end = value.split(',', 1)[0]?.lastIndexOf(':') ?? -1;
  if (end < 0) return [];
  const namespace = value.slice(0, end + 1);
  return value
    .slice(end + 1)
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('$'))
    .map((name) => `${namespace}${name}`);
}
