import type { StreamItem } from '../../contract/log-record.js';
import type { LogItem, LogReader } from '../../contract/log-source.js';
import { asBuffer, LineSplitter } from '../../util/split-lines.js';
import { InnerStreams, withFeed, withLine } from './inner-streams.js';
import { anyJsonWrapper, jsonWrapper, learnedJsonWrappers } from './json-wrappers.js';
import { learnedPrefixes } from './learned-prefix.js';
import { beginsAsLine, beginsAsLog } from './log-beginnings.js';
import { textWrappers } from './text-wrappers.js';
import type { Unwrapped, Wrapper } from './wrapper.js';

/** Makes a reader of what is inside of all wrappers. */
export type CreateReader<R extends StreamItem> = () => LogReader<R>;

/** What the readers of one log share, those of streams within it among them. */
export interface Surrounding<R extends StreamItem> {
  readonly create: CreateReader<R>;
  /** Wrappers around this stream; none is around itself. */
  readonly around: readonly string[];
  /** In how many wrappers the first line stood that was recognised: what is deeper in is what a line quotes. */
  readonly depth: { known: number | undefined };
}

/** A collector's records may hold those of another one, and these the lines of a container. */
const mostAround = 3;
/** The longest line that is looked into, in bytes; JSON of an API is one line. */
const longestLine = 64 * 1024 * 1024;

const wrappers: readonly Wrapper[] = [jsonWrapper, ...textWrappers, anyJsonWrapper];
const sure = wrappers.filter(({ certainty }) => certainty === 'sure');
const unsure = wrappers.filter(({ certainty }) => certainty === 'unsure');

/** What a stream was found to be: `undefined` as long as nothing tells. */
type Decision = 'plain' | Wrapper | undefined;

/**
 * Reads a log whose lines may stand in those of a wrapper, which it recognises by what is there: the first line of a wrapper
 * or of a log that is known decides for all of the stream. Lines of other streams in the same wrapper are kept apart. What
 * is no line of the wrapper is read as it stands.
 */
export class UnwrappingReader<R extends StreamItem> implements LogReader<R> {
  readonly #surrounding: Surrounding<R>;
  readonly #plain: LogReader<R>;
  readonly #splitter = new LineSplitter(longestLine);
  #inner: InnerStreams<R> | undefined;
  #decision: Decision;

  constructor(surrounding: Surrounding<R>) {
    this.#surrounding = surrounding;
    this.#plain = surrounding.create();
  }

  get skipped(): number {
    return this.#splitter.skipped + this.#plain.skipped + (this.#inner?.skipped ?? 0);
  }

  get formats(): readonly string[] {
    return [...new Set([...(this.#inner?.formats ?? []), ...(this.#plain.formats ?? [])])];
  }

  push(bytes: Uint8Array): readonly LogItem<R>[] {
    if (this.#decision === undefined && this.#isTooDeep()) this.#decidePlain();
    if (this.#decision === 'plain') return [...this.#restPlain(), ...this.#plain.push(bytes)];
    const items: LogItem<R>[] = [];
    this.#splitter.each(asBuffer(bytes), (line, start, end) => this.#take(line, start, end, items));
    return items;
  }

  end(): readonly LogItem<R>[] {
    return [...this.push(lineFeed), ...(this.#inner?.end() ?? []), ...this.#plain.end()];
  }

  #isTooDeep(): boolean {
    const { depth, around } = this.#surrounding;
    return around.length >= (depth.known ?? mostAround);
  }

  /** What was begun before it was decided that nothing is unwrapped. */
  #restPlain(): Iterable<LogItem<R>> {
    const rest = this.#splitter.takeRest();
    return rest.length === 0 ? [] : this.#plain.push(rest);
  }

  #take(bytes: Buffer, start: number, end: number, items: LogItem<R>[]): void {
    if (this.#decision === undefined) this.#decide(bytes, start, end, items);
    else if (this.#decision === 'plain') items.push(...this.#pushPlain(bytes, start, end));
    else this.#unwrap(this.#decision, bytes, start, end, items);
  }

  #unwrap(wrapper: Wrapper, bytes: Buffer, start: number, end: number, items: LogItem<R>[]): void {
    const unwrapped = wrapper.unwrap(bytes, start, end);
    if (unwrapped === undefined) items.push(...this.#withLine(this.#pushPlain(bytes, start, end)));
    else items.push(...this.#streams().take(unwrapped, this.#splitter.count));
  }

  /** What one line decides. Where it decides nothing, it is read as it stands. */
  #decide(bytes: Buffer, start: number, end: number, items: LogItem<R>[]): void {
    this.#decision = this.#surelyIn(bytes, start, end) ?? this.#tellinglyIn(bytes, start, end);
    if (this.#decision === undefined) {
      items.push(...this.#pushPlain(bytes, start, end));
      const isPlain = isRecognised(this.#plain) || items.length > 0;
      if (isPlain) this.#decidePlain();
      else this.#decision = this.#perhapsIn(bytes, start, end);
    }
    if (typeof this.#decision === 'object') this.#unwrap(this.#decision, bytes, start, end, items);
  }

  #surelyIn(bytes: Buffer, start: number, end: number): Wrapper | undefined {
    return sure.find((wrapper) => this.#isNew(wrapper.unwrap(bytes, start, end)));
  }

  /** Behind a name, which could be part of a log's own format, a line begins as those of servers do. */
  #tellinglyIn(bytes: Buffer, start: number, end: number): Wrapper | undefined {
    const line = bytes.subarray(start, end);
    if (beginsAsLog(line)) return undefined;
    const isTelling = (wrapper: Wrapper) => this.#holds(wrapper.unwrap(line, 0, line.length), beginsAsLog);
    return unsure.find(isTelling) ?? this.#learntFrom(line).find(isTelling);
  }

  /** Where a wrapper that is known may be around the line, nothing is learnt from it. */
  #learntFrom(line: Buffer): readonly Wrapper[] {
    if (this.#plain.mayHold?.(line) === false) return [];
    const isKnown = unsure.some((wrapper) => this.#holds(wrapper.unwrap(line, 0, line.length), beginsAsLine));
    return isKnown ? [] : learnedPrefixes(line);
  }

  #holds(unwrapped: Unwrapped | undefined, begins: (line: Buffer) => boolean): boolean {
    return this.#isNew(unwrapped) && unwrapped?.lines.some(({ bytes }) => begins(asBuffer(bytes))) === true;
  }

  /** A wrapper of which one cannot be sure: what is inside must be recognised, by a reader of its own. */
  #perhapsIn(bytes: Buffer, start: number, end: number): Wrapper | undefined {
    const line = bytes.subarray(start, end);
    if (this.#plain.mayHold?.(line) === false) return undefined;
    return [...unsure, ...learnedIn(line)].find((wrapper) => {
      const unwrapped = wrapper.unwrap(bytes, start, end);
      if (unwrapped === undefined || !this.#isNew(unwrapped)) return false;
      const trial = this.#streamsIn({ known: undefined });
      return trial.take(unwrapped, 0).length > 0 || trial.formats.length > 0;
    });
  }

  #isNew(unwrapped: Unwrapped | undefined): boolean {
    return unwrapped !== undefined && !this.#surrounding.around.includes(unwrapped.wrapper);
  }

  #decidePlain(): void {
    const { depth, around } = this.#surrounding;
    this.#decision = 'plain';
    depth.known ??= around.length;
  }

  #streams(): InnerStreams<R> {
    this.#inner ??= this.#streamsIn(this.#surrounding.depth);
    return this.#inner;
  }

  #streamsIn(depth: Surrounding<R>['depth']): InnerStreams<R> {
    const { create, around } = this.#surrounding;
    return new InnerStreams((wrapper) => new UnwrappingReader({ create, depth, around: [...around, wrapper] }));
  }

  #pushPlain(bytes: Buffer, start: number, end: number): readonly LogItem<R>[] {
    return [...this.#plain.push(withFeed(bytes.subarray(start, end)))];
  }

  #withLine(items: readonly LogItem<R>[]): readonly LogItem<R>[] {
    return items.map((item) => withLine(item, this.#splitter.count));
  }
}

const lineFeed = Buffer.from('\n');

/** Wrappers that nobody knows, of the form that a line has. */
function learnedIn(line: Buffer): readonly Wrapper[] {
  return beginsAsLog(line) ? [] : [...learnedPrefixes(line), ...learnedJsonWrappers(line)];
}

function isRecognised({ formats = [] }: Pick<LogReader, 'formats'>): boolean {
  return formats.length > 0;
}
