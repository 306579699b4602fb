import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { CaseResult, ReportHead } from '../model/report.js';
import { LineSplitter } from '../util/split-lines.js';

/** What a file holds, or why it is not a report. */
export type ReportFileContent =
  | { readonly kind: 'read'; readonly head: ReportHead }
  | { readonly kind: 'invalid'; readonly reason: string };

/** The most that Node reads into one text. */
const mostAtOnce = 512 * 1024 * 1024;
const chunkBytes = 1024 * 1024;
const resultsBegin = '  "results": [';
const resultsEnd = /^ {2}\],?$/;

/**
 * Reads a saved report. Its results are handed on one by one, so that a file of any size can be read that has them on lines of
 * their own, as reports are written; a file in another layout is read at once.
 * @throws the error of the file system
 */
export async function readReportFile(path: string, take: (result: CaseResult) => void): Promise<ReportFileContent> {
  const lines = await readByLine(path, take);
  if (lines.kind === 'broken') return { kind: 'invalid', reason: `line ${lines.line} is not a case` };
  if (lines.kind === 'read') return contentOf(parse(lines.head));
  const { size } = await stat(path);
  if (size >= mostAtOnce) return { kind: 'invalid', reason: 'it is larger than 512 MB, and has no line for each case' };
  const value = parse(await readFile(path, 'utf8'));
  const content = contentOf(value);
  if (content.kind === 'read' && hasResults(value)) value.results.forEach((result) => void take(result));
  return content;
}

/** All of the text but the lines of results; `other` where it is laid out in another way, and nothing was taken. */
type ByLine =
  | { readonly kind: 'read'; readonly head: string }
  | { readonly kind: 'broken'; readonly line: number }
  | { readonly kind: 'other' };

async function readByLine(path: string, take: (result: CaseResult) => void): Promise<ByLine> {
  const reading = new LinesOfReport(take);
  for await (const line of linesOf(path)) if (!reading.add(line)) break;
  return reading.outcome();
}

/** The lines of a report, one after the other. */
class LinesOfReport {
  readonly #take: (result: CaseResult) => void;
  readonly #head: string[] = [];
  #place: 'before' | 'within' | 'after' | 'torn' = 'before';
  #count = 0;

  constructor(take: (result: CaseResult) => void) {
    this.#take = take;
  }

  /** @returns whether it is worth to go on */
  add(line: string): boolean {
    this.#count++;
    if (this.#place === 'within' && !resultsEnd.test(line)) return this.#addResult(line);
    this.#head.push(line);
    if (this.#place === 'within') this.#place = 'after';
    else if (line === resultsBegin) this.#place = 'within';
    return this.#count > 1 || line === '{';
  }

  outcome(): ByLine {
    if (this.#place === 'before') return { kind: 'other' };
    if (this.#place === 'after') return { kind: 'read', head: this.#head.join('\n') };
    return { kind: 'broken', line: this.#place === 'torn' ? this.#count : this.#count + 1 };
  }

  #addResult(line: string): boolean {
    const value = parse(line.replace(/,$/, ''));
    if (isResult(value)) this.#take(value);
    else this.#place = 'torn';
    return this.#place !== 'torn';
  }
}

/** A file whose first line is long is not laid out in lines, and is not read on. */
async function* linesOf(path: string): AsyncGenerator<string, void, undefined> {
  const splitter = new LineSplitter(mostAtOnce);
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    for (const bytes of splitter.push(chunk)) yield Buffer.from(bytes).toString('utf8');
    if (splitter.count === 0) return;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function contentOf(value: unknown): ReportFileContent {
  if (value === undefined) return { kind: 'invalid', reason: 'it is not JSON' };
  if (!isReport(value)) return { kind: 'invalid', reason: 'it has no results and summary' };
  if (value.schemaVersion !== 1)
    return { kind: 'invalid', reason: `its schema version is ${value.schemaVersion}, not 1` };
  return { kind: 'read', head: value };
}

/** Enough to tell a report from another file; who edits one by hand answers for the rest. */
function isReport(value: unknown): value is ReportHead {
  const has = (key: string) => typeof value === 'object' && value !== null && key in value;
  return ['schemaVersion', 'tool', 'target', 'results', 'findings', 'summary'].every(has);
}

/** The same for a case. */
function isResult(value: unknown): value is CaseResult {
  const has = (key: string) => typeof value === 'object' && value !== null && key in value;
  return ['id', 'request', 'verdict', 'hits'].every(has);
}

function hasResults(value: unknown): value is { readonly results: readonly CaseResult[] } {
  return typeof value === 'object' && value !== null && 'results' in value && Array.isArray(value.results);
}
