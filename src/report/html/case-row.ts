import type { VerdictKind } from '../../model/case.js';
import { formatVariable } from '../../model/evidence.js';
import type { CaseResult } from '../../model/report.js';
import { explainExpectation, isNearMiss, verdictOrder } from '../verdict-texts.js';
import type { RuleTable } from './rule-table.js';
import type { TextTable } from './text-table.js';

/** What the list of cases shows of one, and what it is filtered and sorted by. */
export interface CaseRow {
  readonly id: string;
  readonly suite: string;
  readonly title: string | undefined;
  readonly tags: readonly string[];
  readonly verdict: VerdictKind;
  readonly expected: boolean;
  /** What it expects beyond its intent. */
  readonly expectation: string | undefined;
  readonly nearMiss: boolean;
  readonly method: string;
  readonly path: string;
  readonly status: number | undefined;
  readonly ms: number;
  readonly score: readonly [inbound: number, threshold: number] | undefined;
  readonly hits: readonly RowHit[];
}

/** A hit; `rule` is its place in the table of rules. */
export interface RowHit {
  readonly rule: number;
  readonly variable: string;
}

/** A row in few characters, since there may be very many: what recurs is a place in a table. */
export type PackedRow = readonly [
  id: string,
  title: string,
  suite: number,
  tags: number,
  verdict: number,
  /** 1: as expected; 2: a near miss; 4: it has a title. */
  flags: number,
  expectation: number,
  method: number,
  path: number,
  /** 0: no answer. */
  status: number,
  ms: number,
  /** Inbound and threshold, or nothing. */
  score: readonly number[],
  /** Rule and variable of each hit in turn. */
  hits: readonly number[],
];

/** The texts of packed rows. */
export interface RowTables<T> {
  readonly suites: T;
  /** Lists of tags, as JSON. */
  readonly tags: T;
  readonly expectations: T;
  readonly methods: T;
  readonly paths: T;
  readonly variables: T;
}

/** Packs what the list shows of a case. */
export function packRow(result: CaseResult, limit: number, rules: RuleTable, tables: RowTables<TextTable>): PackedRow {
  const { id, title, suite, tags, verdict, asExpected, request, status, durationMs, score, hits } = result;
  return [
    id,
    title ?? '',
    tables.suites.placeOf(suite),
    tables.tags.placeOf(JSON.stringify(tags)),
    verdictOrder.indexOf(verdict.kind),
    (asExpected ? 1 : 0) | (isNearMiss(result) ? 2 : 0) | (title === undefined ? 0 : 4),
    tables.expectations.placeOf(explainExpectation(result) ?? ''),
    tables.methods.placeOf(request.method),
    tables.paths.placeOf(request.path.slice(0, limit)),
    status ?? 0,
    Math.round(durationMs * 10) / 10,
    score === undefined ? [] : [score.inbound, score.threshold],
    hits.flatMap((hit) => [rules.indexOf(hit), tables.variables.placeOf(formatVariable(hit.variable))]),
  ];
}

/** The row that was packed. */
export function unpackRow(row: PackedRow, tables: RowTables<readonly string[]>): CaseRow {
  const [id, title, suite, tags, verdict, flags, expectation, method, path, status, ms, score, hits] = row;
  const [inbound, threshold] = score;
  return {
    id,
    title: (flags & 4) === 0 ? undefined : title,
    suite: tables.suites[suite] ?? '',
    tags: JSON.parse(tables.tags[tags] ?? '[]') as readonly string[],
    verdict: verdictOrder[verdict] ?? 'inconclusive',
    expected: (flags & 1) !== 0,
    expectation: tables.expectations[expectation] || undefined,
    nearMiss: (flags & 2) !== 0,
    method: tables.methods[method] ?? '',
    path: tables.paths[path] ?? '',
    status: status === 0 ? undefined : status,
    ms,
    score: inbound === undefined || threshold === undefined ? undefined : [inbound, threshold],
    hits: hits.flatMap((rule, index) =>
      index % 2 === 0 ? [{ rule, variable: tables.variables[hits[index + 1] ?? -1] ?? '' }] : [],
    ),
  };
}
