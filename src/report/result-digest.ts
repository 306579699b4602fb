import type { VerdictKind } from '../model/case.js';
import type { RuleHit, UndecidedBy } from '../model/evidence.js';
import type { CaseResult, StreamedReport } from '../model/report.js';
import { DenialCounter, type DenialGroup } from './denial-groups.js';
import { HitExamples } from './hit-examples.js';
import { ScoreCounter, type ScoreCounts } from './score-counts.js';
import { ValueMeter } from './value-limit.js';
import { isNearMiss } from './verdict-texts.js';

/** What a verdict of a report does not say by its count. */
export interface VerdictNote {
  readonly unexpected: number;
  readonly nearMisses: number;
}

/** What pages and texts need of results, so that those are read once, and not kept. */
export interface ResultDigest {
  /** Cases that the WAF is to let through. */
  readonly legitimate: number;
  readonly notes: ReadonlyMap<VerdictKind, VerdictNote>;
  /** Cases that did not come out as expected, and that no exclusion clears and no baseline accepts: how many, and the first ones of each verdict. */
  readonly open: { readonly count: number; readonly first: ReadonlyMap<VerdictKind, readonly CaseResult[]> };
  /** A hit for each rule and place of a false positive, by the keys of `finding-keys.ts`. */
  readonly examples: ReadonlyMap<string, RuleHit>;
  /** Results of which findings show more than the id. */
  readonly shown: ReadonlyMap<string, CaseResult>;
  /** How many cases are not decided because of what, the most frequent first. */
  readonly undecided: readonly UndecidedCause[];
  /** What other layers refuse for one reason, by suite. */
  readonly denials: readonly DenialGroup[];
  readonly scores: ScoreCounts;
  /** How many answers the WAF's log contradicts. */
  readonly contradicted: number;
  /** How many passed with a body that the engine could not read. */
  readonly unread: number;
  /** The most characters that a page can hold of one value. */
  readonly valueLimit: number;
}

/** What of the rules could not be decided, and in how many cases it came first. */
export interface UndecidedCause extends UndecidedBy {
  readonly cases: number;
}

/** How many cases a finding and a list of cases show. */
export const mostShown = 10;

const digests = new WeakMap<StreamedReport, ResultDigest>();

/** The digest of a report; its results are read at the first call. */
export function digestOf(report: StreamedReport): ResultDigest {
  const known = digests.get(report);
  if (known !== undefined) return known;
  const digest = readResults(report);
  digests.set(report, digest);
  return digest;
}

function readResults(report: StreamedReport): ResultDigest {
  const closed = new Set([...(report.verification?.cleared ?? []), ...(report.baseline?.cases ?? [])]);
  const wanted = shownIds(report);
  const meter = new ValueMeter();
  const notes = new Map<VerdictKind, VerdictNote>();
  const first = new Map<VerdictKind, CaseResult[]>();
  const examples = new HitExamples();
  const shown = new Map<string, CaseResult>();
  const undecided = new Map<string, UndecidedCause>();
  const denials = new DenialCounter();
  const scores = new ScoreCounter();
  const counts = { contradicted: 0, legitimate: 0, unread: 0 };
  let count = 0;
  for (const result of report.results) {
    meter.note(result);
    addNote(notes, result);
    denials.add(result);
    scores.add(result);
    addUndecided(undecided, result);
    addCounts(counts, result);
    if (result.verdict.kind === 'false-positive') examples.add(result);
    if (wanted.has(result.id) || result.minimal !== undefined) shown.set(result.id, result);
    if (result.asExpected || closed.has(result.id)) continue;
    count++;
    addFirst(first, result);
  }
  return {
    ...counts,
    notes,
    open: { count, first },
    examples: examples.byKey,
    shown,
    denials: denials.groups(),
    scores: scores.counts(),
    undecided: mostFrequent(undecided),
    valueLimit: meter.limit(),
  };
}

/** Of a tuned report all cases of findings: each is told before and after. */
function shownIds({ findings, verification }: StreamedReport): ReadonlySet<string> {
  const most = verification === undefined ? mostShown : Number.POSITIVE_INFINITY;
  return new Set(findings.flatMap(({ cases }) => cases.slice(0, most)));
}

function addCounts(counts: Record<'contradicted' | 'legitimate' | 'unread', number>, result: CaseResult): void {
  if (result.contradiction !== undefined) counts.contradicted++;
  if (result.unread !== undefined) counts.unread++;
  if (result.intent === 'legitimate') counts.legitimate++;
}

function addNote(notes: Map<VerdictKind, VerdictNote>, result: CaseResult): void {
  const { unexpected = 0, nearMisses = 0 } = notes.get(result.verdict.kind) ?? {};
  notes.set(result.verdict.kind, {
    unexpected: unexpected + (result.asExpected ? 0 : 1),
    nearMisses: nearMisses + (isNearMiss(result) ? 1 : 0),
  });
}

function addUndecided(undecided: Map<string, UndecidedCause>, { verdict }: CaseResult): void {
  if (verdict.kind !== 'inconclusive' || verdict.undecidedBy === undefined) return;
  const { what, why } = verdict.undecidedBy;
  const key = JSON.stringify([what, why]);
  undecided.set(key, { what, why, cases: (undecided.get(key)?.cases ?? 0) + 1 });
}

function mostFrequent(undecided: ReadonlyMap<string, UndecidedCause>): readonly UndecidedCause[] {
  return [...undecided.values()].sort((one, other) => other.cases - one.cases);
}

function addFirst(first: Map<VerdictKind, CaseResult[]>, result: CaseResult): void {
  const { kind } = result.verdict;
  const some = first.get(kind) ?? [];
  if (some.length < mostShown) first.set(kind, [...some, result]);
}
