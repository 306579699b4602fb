import type { Completeness, RecordMerger } from '../../contract/log-record.js';
import { wafActions } from '../../model/evidence.js';
import type { AwsHit, AwsRecord } from './log-record.js';

/** What tells more of a request comes first: the answer itself, a full log, a sample. */
const ranks: Readonly<Record<AwsRecord['origin'], number>> = { answer: 0, log: 1, sample: 2 };

/**
 * Puts together what the answer, a full log and samples tell of a request: what tells more decides, and has what the others
 * tell besides. A rule that counts has samples of its own of requests that another rule decides.
 */
export const awsMerger: RecordMerger<AwsRecord> = {
  merge: (known, record) => (known === undefined ? record : merged(known, record)),
  completeness,
  gapIn: (record) =>
    isSampleOfCount(record)
      ? 'only a rule that counts has a sample of it, which does not tell what became of it'
      : undefined,
  isOne: (one, other) => one.origin !== other.origin || one.origin === 'sample',
};

/** An answer that names no rule is worth waiting for a log; so is a sample, beside which a log may say more. */
function completeness(record: AwsRecord): Completeness {
  if (isSampleOfCount(record)) return 'unfinished';
  if (record.origin === 'answer') return record.blockedBy?.ruleId === undefined ? 'unfinished' : 'whole';
  return record.origin === 'sample' ? 'open' : 'whole';
}

function isSampleOfCount({ origin, action, hits }: AwsRecord): boolean {
  return origin === 'sample' && action === 'passed' && hits.length > 0 && hits.every(({ counted }) => counted === true);
}

function merged(known: AwsRecord, record: AwsRecord): AwsRecord {
  const [first, second] = tellsMore(record, known) ? [record, known] : [known, record];
  if (first.origin === second.origin && first.origin !== 'sample') return first;
  return {
    ...second,
    ...first,
    ...(second.request !== undefined && { request: { ...second.request, ...first.request } }),
    waf: { ...second.waf, ...first.waf },
    ...(first.blockedBy !== undefined && { blockedBy: { ...sameRefusal(second, first), ...first.blockedBy } }),
    hits: allHits(first.hits, second.hits),
    labels: [...new Set([...first.labels, ...second.labels])],
  };
}

/** Of two records of one kind the graver one counts, and of equally grave ones the first. */
function tellsMore(one: AwsRecord, other: AwsRecord): boolean {
  if (one.origin !== other.origin) return ranks[one.origin] < ranks[other.origin];
  return wafActions.indexOf(one.action) > wafActions.indexOf(other.action);
}

/** An answer may tell that it is a CAPTCHA's, and the log whose. */
function sameRefusal(second: AwsRecord, first: AwsRecord): AwsRecord['blockedBy'] {
  return second.action === first.action ? second.blockedBy : undefined;
}

/** A rule that both name is told as it is told in more detail. */
function allHits(first: readonly AwsHit[], second: readonly AwsHit[]): readonly AwsHit[] {
  const detailed = (hit: AwsHit) =>
    second.filter(({ ruleId, variable }) => ruleId === hit.ruleId && variable !== undefined);
  const kept = first.flatMap((hit) =>
    hit.matched !== undefined || detailed(hit).length === 0
      ? [hit]
      : detailed(hit).map((more) => ({ ...hit, ...more })),
  );
  const names = new Set(first.map(({ ruleId }) => ruleId));
  return [...kept, ...second.filter(({ ruleId }) => !names.has(ruleId))];
}
