import type { RuleHit } from '../../model/evidence.js';
import type { CaseResult } from '../../model/report.js';
import type { Pair, RequestSpec } from '../../model/request.js';
import {
  type HitKind,
  kindOfHit,
  type PackedHit,
  type PackedOthers,
  type PackedResult,
  type Packing,
  packOthers,
} from './packed-case.js';
import { type OrPlace, Recent, RecurringValues } from './recurring-values.js';
import { createTextTable } from './text-table.js';

/** A packed case in few characters: what recurs is a place in a table. */
export type BriefCase<Others = Omit<PackedResult, keyof BriefTold>> = readonly [
  line: OrPlace<RequestLine>,
  headers: OrPlace<readonly Pair[]>,
  body: RequestSpec['body'],
  verdict: OrPlace<PackedResult['verdict']>,
  at: readonly [file: number, line?: number, column?: number],
  hits: readonly BriefHit[],
  others: Others,
];

/** What the table has of a hit, and its text. */
type BriefHit = readonly [hit: OrPlace<HitKind>, matched?: string];

/** What has a place of its own in a brief case. */
type BriefTold = Pick<PackedResult, 'request' | 'verdict' | 'at' | 'hits'>;

/** A request without headers and body. */
type RequestLine = Omit<RequestSpec, 'headers' | 'body'>;

/** The values that brief cases share. */
export interface BriefTables {
  readonly lines: readonly RequestLine[];
  readonly headers: readonly (readonly Pair[])[];
  readonly verdicts: readonly PackedResult['verdict'][];
  readonly files: readonly string[];
  readonly hits: readonly HitKind[];
}

/** Makes results brief, and gathers what they share. */
export class CaseShortener {
  readonly #packing: Packing;
  readonly #lines = new RecurringValues<RequestLine>();
  readonly #headers = new RecurringValues<readonly Pair[]>();
  readonly #verdicts = new RecurringValues<PackedResult['verdict']>();
  readonly #hits = new RecurringValues<HitKind>();
  readonly #files = createTextTable();
  readonly #recentHeaders = new Recent(areSamePairs, (pairs: readonly Pair[]) =>
    this.#headers.placeOf(pairs, JSON.stringify(pairs)),
  );

  constructor(packing: Packing) {
    this.#packing = packing;
  }

  get tables(): BriefTables {
    return {
      lines: this.#lines.values,
      headers: this.#headers.values,
      verdicts: this.#verdicts.values,
      files: this.#files.texts,
      hits: this.#hits.values,
    };
  }

  shorten(result: CaseResult): BriefCase<PackedOthers> {
    const { request, verdict, at, hits } = result;
    const file = this.#files.placeOf(at.file);
    return [
      this.#lineOf(request),
      this.#recentHeaders.of(request.headers),
      request.body,
      this.#verdicts.placeOf(verdict, JSON.stringify(verdict)),
      at.line === undefined ? [file] : at.column === undefined ? [file, at.line] : [file, at.line, at.column],
      hits.length === 0 ? none : hits.map((hit) => this.#hitOf(hit)),
      packOthers(result, this.#packing),
    ];
  }

  #lineOf({ method, path, query, cookies, omittedHeaders }: RequestSpec): OrPlace<RequestLine> {
    const line = { method, path, query, cookies, omittedHeaders };
    const isPlain = query.length === 0 && cookies.length === 0 && omittedHeaders.length === 0;
    return this.#lines.placeOf(line, isPlain ? `${method} ${path}` : JSON.stringify(line));
  }

  #hitOf(hit: RuleHit): BriefHit {
    const kind = kindOfHit(hit, this.#packing.rules);
    const place = this.#hits.placeOf(kind, JSON.stringify(kind));
    return hit.matched === undefined ? [place] : [place, hit.matched];
  }
}

const none: readonly never[] = [];

function areSamePairs(one: readonly Pair[], other: readonly Pair[]): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) {
    if (one[at]?.[0] !== other[at]?.[0] || one[at]?.[1] !== other[at]?.[1]) return false;
  }
  return true;
}

function valueAt<T extends object>(value: OrPlace<T>, table: readonly T[], otherwise: T): T {
  return typeof value === 'number' ? (table[value] ?? otherwise) : value;
}

const noLine: RequestLine = { method: '', path: '', query: [], cookies: [], omittedHeaders: [] };
const noVerdict: PackedResult['verdict'] = { kind: 'inconclusive', reason: '' };

/** The packed case that was made brief. */
export function unfoldCase(brief: BriefCase, tables: BriefTables): PackedResult {
  const [line, headers, body, verdict, [file, row, column], hits, others] = brief;
  return {
    ...others,
    request: { ...valueAt(line, tables.lines, noLine), headers: valueAt(headers, tables.headers, []), body },
    verdict: valueAt(verdict, tables.verdicts, noVerdict),
    at: {
      file: tables.files[file] ?? '',
      ...(row !== undefined && { line: row }),
      ...(column !== undefined && { column }),
    },
    ...(hits.length > 0 && { hits: hits.flatMap((hit) => unfoldHit(hit, tables)) }),
  };
}

function unfoldHit([place, matched]: BriefHit, { hits }: BriefTables): readonly PackedHit[] {
  const kind = typeof place === 'number' ? hits[place] : place;
  return kind === undefined ? [] : [{ ...kind, ...(matched !== undefined && { matched }) }];
}
