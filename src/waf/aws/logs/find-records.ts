import { at, isTree } from '../../../util/json-tree.js';
import type { AclKnowledge } from '../acl-knowledge.js';
import type { AwsRecord } from '../log-record.js';
import { isFullRecord, readFullRecord } from './full-record.js';
import { isSampledRequest, readSampledRequest } from './sampled-request.js';

/** What was found in a value of JSON. */
export interface FoundRecords {
  readonly records: readonly AwsRecord[];
  /** In words for people; nothing where none of it is of AWS WAF. */
  readonly format?: string;
}

/** Answers of APIs and exports hold records in a list of objects, at most. */
const deepest = 4;
/** Of the keys under which exports keep a record. */
const carriers = [
  'SampledRequests',
  '@message',
  'message',
  '_source',
  '_raw',
  'events',
  'logEvents',
  'results',
  'Records',
  'records',
  'hits',
];

/**
 * The records of AWS WAF in a value of JSON: itself, or what is in a list, in an answer of GetSampledRequests, or in an
 * export of CloudWatch Logs. It never throws.
 * @param acl what is known of the rules of the web ACL
 */
export function findRecords(value: unknown, acl?: AclKnowledge): FoundRecords {
  const found = new Map<string, AwsRecord[]>();
  collect(value, deepest, acl, (format, record) => {
    const known = found.get(format) ?? [];
    found.set(format, known);
    if (record !== undefined) known.push(record);
  });
  const [format] = found.keys();
  return { records: [...found.values()].flat(), ...(format !== undefined && { format }) };
}

type Take = (format: string, record: AwsRecord | undefined) => void;

function collect(value: unknown, depth: number, acl: AclKnowledge | undefined, take: Take): void {
  if (isFullRecord(value)) take('full logs of AWS WAF', readFullRecord(value, acl));
  else if (isSampledRequest(value)) take('sampled requests of AWS WAF', readSampledRequest(value));
  else if (isAnswer(value)) take('sampled requests of AWS WAF', undefined);
  if (depth > 0) for (const inner of within(value)) collect(inner, depth - 1, acl, take);
}

/** An answer of GetSampledRequests is one without any request in it too. */
function isAnswer(value: unknown): boolean {
  return Array.isArray(at(value, 'SampledRequests')) && typeof at(value, 'PopulationSize') === 'number';
}

function within(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isTree(value)) return [];
  const field = insightsField(value);
  return field ?? carriers.flatMap((key) => (Object.hasOwn(value, key) ? [parsed(value[key])] : []));
}

/** `{"field":"@message","value":"…"}`, of an answer of GetQueryResults. */
function insightsField(value: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  return at(value, 'field') === '@message' ? [parsed(at(value, 'value'))] : undefined;
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
