import type { LoggedTraffic } from '../../../contract/logged-traffic.js';
import { type EntryId, entryIdOf, isOf, partAt } from './boundary.js';
import { trafficOfJson } from './traffic-of-json.js';
import { trafficOfParts } from './traffic-of-parts.js';

const dash = 0x2d;

/**
 * The requests in an audit log, in the native format or as lines of JSON. A line of a body may look like a boundary: only
 * those with the entry's own id end a part.
 */
export function* readTraffic(log: Buffer): Generator<LoggedTraffic | undefined> {
  const reader = new TrafficReader(log);
  for (let start = 0; start < log.length; ) {
    const feed = log.indexOf(0x0a, start);
    const end = feed < 0 ? log.length : feed;
    const found = reader.line(start, end);
    if (found !== 'none') yield found;
    start = end + 1;
  }
}

/** An entry in the native format that is not read to its end. */
interface OpenParts {
  readonly id: EntryId;
  readonly line: number;
  /** Where the content of each part begins and ends. */
  readonly parts: Map<string, readonly [start: number, end: number]>;
  part: string;
  from: number;
}

class TrafficReader {
  private readonly log: Buffer;
  private open: OpenParts | undefined;
  private count = 0;

  constructor(log: Buffer) {
    this.log = log;
  }

  /** What a line completes: an entry, which may show no request. */
  line(start: number, end: number): LoggedTraffic | undefined | 'none' {
    this.count++;
    if (this.log[start] !== dash)
      return this.open === undefined ? trafficOfJson(this.log.subarray(start, end), this.count) : 'none';
    const letter = partAt(this.log, start, end);
    if (letter === '') return 'none';
    if (this.open !== undefined && isOf(this.open.id, this.log, start, end))
      return this.boundary(this.open, letter, start, end);
    if (letter === 'A') this.begin(start, end);
    return 'none';
  }

  private boundary(open: OpenParts, letter: string, start: number, end: number): LoggedTraffic | undefined | 'none' {
    open.parts.set(open.part, [open.from, start]);
    open.part = letter;
    open.from = end + 1;
    if (letter !== 'Z') return 'none';
    this.open = undefined;
    return trafficOfParts(this.log, open);
  }

  /** A line of a body may look like the begin of another entry, so an open one goes on until it ends. */
  private begin(start: number, end: number): void {
    if (this.open?.part === 'C') return;
    const id = entryIdOf(this.log, start, end);
    if (id !== undefined) this.open = { id, line: this.count, parts: new Map(), part: 'A', from: end + 1 };
  }
}
