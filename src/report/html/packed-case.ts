import type { Intent } from '../../model/case.js';
import type { RuleHit } from '../../model/evidence.js';
import type { CaseResult } from '../../model/report.js';
import { type CaseContext, type CaseData, viewCase } from './case-data.js';
import type { CaseRow } from './case-row.js';
import type { CaseTuning } from './case-tuning.js';
import type { RuleData, RuleTable } from './rule-table.js';

/** All that the page knows of a case beside its row: the result, from which the page's script makes what it shows. */
export type PackedCase =
  | PackedResult
  /** What the page shows, where it does not hold the whole of a value. */
  | { readonly kind: 'viewed'; readonly view: CaseData };

/** The result of a case without what its row tells. */
export type PackedResult = Omit<CaseResult, Told | 'intent' | 'tags' | 'hits' | 'correlationId'> & {
  readonly kind?: never;
  /** Absent where it is legitimate. */
  readonly intent?: Intent;
  readonly hits?: readonly PackedHit[];
  /** Absent where nobody has a reason to look into a log. */
  readonly correlationId?: string;
  readonly tuning?: CaseTuning;
};

/** What the row of a case tells. */
type Told = 'id' | 'suite' | 'title' | 'status' | 'durationMs' | 'asExpected' | 'score';

/** A hit without what the table of rules has of it, and what the page does not show. */
export type PackedHit = Omit<RuleHit, 'ruleId' | 'message' | 'severity' | 'tags' | 'alternatives'> & {
  readonly rule: number;
};

/** How cases are packed. */
export interface Packing extends CaseContext {
  readonly tuningOf: (id: string) => CaseTuning | undefined;
}

/** What is packed as it is, where a case has it. */
export type PackedOthers = {
  readonly [K in keyof Omit<PackedResult, 'request' | 'verdict' | 'at' | 'hits'>]-?: PackedResult[K] | undefined;
};

/** What the page knows of a case beside its request, its verdict, its place and its hits. */
export function packOthers(result: CaseResult, packing: Packing): PackedOthers {
  const { because, endpoint, expect, triage, contradiction, unread, labels, repeats, minimal } = result;
  const isOfInterest = !result.asExpected || result.hits.length > 0 || contradiction !== undefined;
  return {
    because,
    endpoint,
    expect,
    triage,
    contradiction,
    unread,
    labels,
    repeats,
    minimal,
    kind: undefined,
    intent: result.intent === 'legitimate' ? undefined : result.intent,
    correlationId: isOfInterest ? result.correlationId : undefined,
    tuning: packing.tuningOf(result.id),
  };
}

/** A case in which a value is longer than the page holds: what is shown of it is cut, and says so. */
export function packLongCase(result: CaseResult, packing: Packing): PackedCase {
  return { kind: 'viewed', view: viewCase(result, packing) };
}

/** A packed hit without its text: what many hits have in common. */
export type HitKind = Omit<PackedHit, 'matched'>;

/** What a hit is beside its text: its rule is a place in the table. */
export function kindOfHit(hit: RuleHit, rules: RuleTable): HitKind {
  const {
    ruleId: _,
    message: _message,
    severity: _severity,
    tags: _tags,
    alternatives: _alternatives,
    matched: _matched,
    ...kind
  } = hit;
  return { ...kind, rule: rules.indexOf(hit) };
}

/** What the page needs to show a packed case. */
export interface Unpacking {
  readonly url: string;
  readonly limit: number;
  readonly rules: readonly RuleData[];
}

/** A packed case, ready to be shown. */
export function viewPackedCase(packed: PackedCase, row: CaseRow, { url, limit, rules }: Unpacking): CaseData {
  if (packed.kind === 'viewed') return packed.view;
  const { tuning, hits = [], intent = 'legitimate', correlationId = '', ...rest } = packed;
  const { id, suite, title, status, ms, expected, score, tags } = row;
  const places = new Map<RuleHit, number>(hits.map(({ rule, ...hit }) => [unpackHit(hit, rules[rule]), rule]));
  const result: CaseResult = {
    ...rest,
    id,
    suite,
    ...(title !== undefined && { title }),
    ...(status !== undefined && { status }),
    ...(score !== undefined && { score: { inbound: score[0], threshold: score[1] } }),
    durationMs: ms,
    asExpected: expected,
    intent,
    tags,
    correlationId,
    hits: [...places.keys()],
  };
  const table = { rules, indexOf: (hit: RuleHit) => places.get(hit) ?? -1 };
  return viewCase(result, { url, limit, rules: table, tuningOf: () => tuning });
}

function unpackHit(hit: Omit<PackedHit, 'rule'>, rule: RuleData | undefined): RuleHit {
  const { id = 0, message = '', severity, tags = [] } = rule ?? {};
  return { ...hit, ruleId: id, message, tags, ...(severity !== undefined && { severity }) };
}
