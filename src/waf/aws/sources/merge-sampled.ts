import type { AwsHit, AwsRecord } from '../log-record.js';

/**
 * The records of samples with one for each request: a request is in the samples of each rule that it matched. The one that
 * tells of a refusal leads, and rules that only counted it are added.
 */
export function mergeSampled(records: readonly AwsRecord[]): readonly AwsRecord[] {
  const merged = new Map<string, AwsRecord>();
  for (const [index, record] of records.entries()) {
    const key = keyOf(record) ?? `${index}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? record : together(known, record));
  }
  return [...merged.values()];
}

/** A request that has no id of ours is not told from another one. */
function keyOf({ correlationId, at, request }: AwsRecord): string | undefined {
  return correlationId === undefined ? undefined : JSON.stringify([correlationId, at, request?.method, request?.path]);
}

function together(known: AwsRecord, record: AwsRecord): AwsRecord {
  const [lead, other] = record.action === 'blocked' && known.action !== 'blocked' ? [record, known] : [known, record];
  return {
    ...lead,
    hits: distinct([...lead.hits, ...other.hits]),
    labels: [...new Set([...lead.labels, ...other.labels])],
  };
}

function distinct(hits: readonly AwsHit[]): readonly AwsHit[] {
  return [...new Map(hits.map((hit) => [hit.ruleId, hit])).values()];
}
