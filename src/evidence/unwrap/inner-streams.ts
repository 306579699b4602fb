import type { StreamItem } from '../../contract/log-record.js';
import type { LogItem, LogReader } from '../../contract/log-source.js';
import type { InnerLine, Unwrapped } from './wrapper.js';

/** More containers than one machine has; what was unfinished of the one that came first is given up. */
const mostStreams = 64;
/** The longest line that is put together of parts, in bytes. */
const longestLine = 16 * 1024 * 1024;

/** The streams that share a wrapper, each with a reader of its own: an entry of many lines belongs to one of them. */
export class InnerStreams<R extends StreamItem> {
  readonly #createReader: (wrapper: string) => LogReader<R>;
  readonly #streams = new Map<string, InnerStream<R>>();
  readonly #formats = new Set<string>();
  #skipped = 0;

  /** @param createReader makes a reader of a stream in a wrapper */
  constructor(createReader: (wrapper: string) => LogReader<R>) {
    this.#createReader = createReader;
  }

  get skipped(): number {
    return [...this.#streams.values()].reduce((sum, { skipped }) => sum + skipped, this.#skipped);
  }

  get formats(): readonly string[] {
    for (const stream of this.#streams.values()) this.#note(stream);
    return [...this.#formats];
  }

  take({ wrapper, lines }: Unwrapped, at: number): readonly LogItem<R>[] {
    return lines.flatMap((line) =>
      this.#streamOf(wrapper, line)
        .take(line)
        .map((item) => withLine(item, at)),
    );
  }

  end(): readonly LogItem<R>[] {
    return [...this.#streams.values()].flatMap((stream) => stream.end());
  }

  #streamOf(wrapper: string, { origin }: InnerLine): InnerStream<R> {
    const key = `${wrapper} ${origin}`;
    const known = this.#streams.get(key);
    if (known !== undefined) return known;
    if (this.#streams.size === mostStreams) this.#drop();
    const stream = new InnerStream(wrapper, this.#createReader(wrapper));
    this.#streams.set(key, stream);
    return stream;
  }

  #drop(): void {
    for (const [key, stream] of this.#streams) {
      this.#note(stream);
      this.#skipped += stream.skipped;
      this.#streams.delete(key);
      return;
    }
  }

  #note({ wrapper, formats }: InnerStream<R>): void {
    for (const format of formats)
      this.#formats.add(`${wrapper}, ${format}${format.endsWith(' inside') ? '' : ' inside'}`);
  }
}

/** One of them: its lines are put together again. */
class InnerStream<R extends StreamItem> {
  readonly wrapper: string;
  readonly #reader: LogReader<R>;
  #parts: Uint8Array[] = [];
  #length = 0;
  #tooLong = 0;

  constructor(wrapper: string, reader: LogReader<R>) {
    this.wrapper = wrapper;
    this.#reader = reader;
  }

  get skipped(): number {
    return this.#tooLong + this.#reader.skipped;
  }

  get formats(): readonly string[] {
    return this.#reader.formats ?? [];
  }

  take({ bytes, isPart, at }: InnerLine): readonly LogItem<R>[] {
    this.#keep(bytes);
    if (isPart) return [];
    const line = this.#takeLine();
    return line === undefined ? [] : [...this.#reader.push(line)].map((item) => timed(item, at));
  }

  /** A line whose last part never came is none. */
  end(): readonly LogItem<R>[] {
    return [...this.#reader.end()];
  }

  #keep(bytes: Uint8Array): void {
    this.#length += bytes.length;
    if (this.#length > longestLine) this.#parts = [];
    // Its memory may be used again before the line is whole.
    else this.#parts.push(Buffer.from(bytes));
  }

  #takeLine(): Buffer | undefined {
    const [parts, length] = [this.#parts, this.#length];
    this.#parts = [];
    this.#length = 0;
    if (length <= longestLine)
      return withFeed(parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts));
    this.#tooLong++;
    return undefined;
  }
}

/** The wrapper's time stands for one that the inner line does not tell. */
function timed<R extends StreamItem>(item: LogItem<R>, at: () => string | undefined): LogItem<R> {
  if ('entryFile' in item || item.at !== undefined) return item;
  const time = at();
  return time === undefined ? item : { ...item, at: time };
}

const lineFeed = Buffer.from('\n');

/** A copy of a line, with a line feed. */
export function withFeed(line: Uint8Array): Buffer {
  return Buffer.concat([line, lineFeed], line.length + 1);
}

/** A record with the line of the stream that it was found in, if it tells lines. */
export function withLine<R extends StreamItem>(item: LogItem<R>, line: number): LogItem<R> {
  return 'entryFile' in item || item.line === undefined ? item : { ...item, line };
}
