import type { CaseResult } from '../../model/report.js';
import { type BriefTables, CaseShortener } from './brief-case.js';
import { packRow, type RowTables } from './case-row.js';
import { type Packing, packLongCase } from './packed-case.js';
import { SharedTexts } from './shared-texts.js';
import { createTextTable, type TextTable } from './text-table.js';

/** A chunk has no more cases than this, and no more characters than one case more: it is read when one of it is shown. */
const mostCases = 500;
const mostLength = 1_000_000;

/** The cases of a report, packed: chunks of JSON as they become full, and the rows when all are through. */
export class CasePacker {
  readonly #rows: string[] = [];
  readonly #places = new Map<string, number>();
  readonly #tables = newTables();
  readonly #shared = new SharedTexts();
  readonly #sizes: number[] = [];
  readonly #packing: Packing;
  readonly #named: ReadonlySet<string>;
  readonly #shortener: CaseShortener;

  /** @param named ids of cases that are asked for by their ids */
  constructor(packing: Packing, named: ReadonlySet<string>) {
    this.#packing = packing;
    this.#named = named;
    this.#shortener = new CaseShortener(packing);
  }

  /** The rows as a JSON array. */
  get rows(): string {
    return `[${this.#rows.join(',')}]`;
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
    const tables: BriefTables = this.#shortener.tables;
    return `${JSON.stringify(tables)}\n${this.#shared.text()}`;
  }

  /** Chunks of some hundred cases, each a JSON array without the pieces that it shares with others. */
  *chunks(results: Iterable<CaseResult>): Generator<string> {
    let [texts, length]: [string[], number] = [[], 0];
    for (const result of results) {
      const text = this.#pack(result);
      texts.push(text);
      length += text.length;
      if (texts.length < mostCases && length < mostLength) continue;
      yield this.#close(texts);
      [texts, length] = [[], 0];
    }
    if (texts.length > 0) yield this.#close(texts);
  }

  #pack(result: CaseResult): string {
    const { limit, rules } = this.#packing;
    if (this.#named.has(result.id)) this.#places.set(result.id, this.#rows.length);
    this.#rows.push(JSON.stringify(packRow(result, limit, rules, this.#tables)));
    const text = JSON.stringify(this.#shortener.shorten(result));
    return this.#shared.share(text.length > limit ? JSON.stringify(packLongCase(result, this.#packing)) : text);
  }

  #close(texts: readonly string[]): string {
    this.#sizes.push(texts.length);
    return `[${texts.join(',\n')}]`;
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
