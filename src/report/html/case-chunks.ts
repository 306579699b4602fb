import type { CaseResult } from '../../model/report.js';
import { CaseShortener } from './brief-case.js';
import { type PackedRow, packRow, type RowTables } from './case-row.js';
import { type Packing, packLongCase } from './packed-case.js';
import { SharedTexts } from './shared-texts.js';
import { createTextTable, type TextTable } from './text-table.js';

/** A chunk has no more cases than this, and no more characters than one case more: it is read when one of it is shown. */
const mostCases = 500;
const mostLength = 1_000_000;

/** Rows are written some thousand at once: all of them are read when the page opens. */
const leastRows = 5000;

/** A JSON array of cases or of rows. */
export interface PackedCases {
  readonly kind: 'cases' | 'rows';
  readonly text: string;
}

/** The cases of a report, packed: pieces of JSON as they become full. */
export class CasePacker {
  readonly #places = new Map<string, number>();
  readonly #tables = newTables();
  readonly #shared = new SharedTexts();
  readonly #sizes: number[] = [];
  readonly #packing: Packing;
  readonly #named: ReadonlySet<string>;
  readonly #shortener: CaseShortener;
  #rows: PackedRow[] = [];
  #written = 0;

  /** @param named ids of cases that are asked for by their ids */
  constructor(packing: Packing, named: ReadonlySet<string>) {
    this.#packing = packing;
    this.#named = named;
    this.#shortener = new CaseShortener(packing);
  }

  /** Where the row of a case is that is asked for by its id. */
  placeOf(id: string): number | undefined {
    return this.#places.get(id);
  }

  /** How many cases each chunk has. */
  get sizes(): readonly number[] {
    return this.#sizes;
  }

  get tables(): RowTables<readonly string[]> {
    const { suites, tags, expectations, methods, paths, variables } = this.#tables;
    return {
      suites: suites.texts,
      tags: tags.texts,
      expectations: expectations.texts,
      methods: methods.texts,
      paths: paths.texts,
      variables: variables.texts,
    };
  }

  /** What chunks share, complete when all of them were read. */
  get shared(): string {
    return `${JSON.stringify(this.#shortener.tables)}\n${this.#shared.text()}`;
  }

  /** Chunks of some hundred cases, without the pieces that they share with others, and between them the rows of more cases. */
  *pack(results: Iterable<CaseResult>): Generator<PackedCases> {
    let [texts, length]: [string[], number] = [[], 0];
    for (const result of results) {
      this.#addRow(result);
      const text = this.#textOf(result);
      texts.push(text);
      length += text.length;
      if (texts.length < mostCases && length < mostLength) continue;
      yield this.#closeChunk(texts);
      [texts, length] = [[], 0];
      if (this.#rows.length >= leastRows) yield this.#closeRows();
    }
    if (texts.length > 0) yield this.#closeChunk(texts);
    if (this.#rows.length > 0) yield this.#closeRows();
  }

  #addRow(result: CaseResult): void {
    const { limit, rules } = this.#packing;
    if (this.#named.has(result.id)) this.#places.set(result.id, this.#written + this.#rows.length);
    this.#rows.push(packRow(result, limit, rules, this.#tables));
  }

  #textOf(result: CaseResult): string {
    const text = JSON.stringify(this.#shortener.shorten(result));
    const isLong = text.length > this.#packing.limit;
    return this.#shared.share(isLong ? JSON.stringify(packLongCase(result, this.#packing)) : text);
  }

  #closeChunk(texts: readonly string[]): PackedCases {
    this.#sizes.push(texts.length);
    return { kind: 'cases', text: `[${texts.join(',\n')}]` };
  }

  #closeRows(): PackedCases {
    const text = JSON.stringify(this.#rows);
    this.#written += this.#rows.length;
    this.#rows = [];
    return { kind: 'rows', text };
  }
}

function newTables(): RowTables<TextTable> {
  return {
    suites: createTextTable(),
    tags: createTextTable(),
    expectations: createTextTable(),
    methods: createTextTable(),
    paths: createTextTable(),
    variables: createTextTable(),
  };
}
