import type { LoggedTraffic } from '../../../contract/logged-traffic.js';
import { type EntryId, entryIdOf, isOf, partAt } from './boundary.js';
import { trafficOfJson } from './traffic-of-json.js';
import { trafficOfParts } from './traffic-of-parts.js';

const dash = 0x2d;

/** How many entries that never end are looked behind: what follows may be read again for each. */
const mostCut = 20;

/**
 * The requests in an audit log, in the native format or as lines of JSON; nothing for an entry that shows none, or has no end. A
 * line of a body may look like a boundary: only those with the entry's own id end a part.
 */
export function* readTraffic(log: Buffer): Generator<LoggedTraffic | undefined> {
  let from: Cut = { start: 0, line: 0 };
  for (let cut = 0; cut < mostCut; cut++) {
    const reader = new TrafficReader(log, from.line, cut === 0);
    for (let start = from.start; start < log.length; ) {
      const feed = log.indexOf(0x0a, start);
      const end = feed < 0 ? log.length : feed;
      const found = reader.line(start, end);
      if (found !== 'none') yield found;
      start = end + 1;
    }
    const open = reader.cut();
    if (open === undefined) return;
    yield undefined;
    from = open;
  }
}

/** Where the content of an entry begins that has no end, and the line before it. */
interface Cut {
  readonly start: number;
  readonly line: number;
}

/** An entry in the native format that is not read to its end. */
interface OpenParts {
  readonly id: EntryId;
  readonly line: number;
  readonly start: number;
  /** Where the content of each part begins and ends. */
  readonly parts: Map<string, readonly [start: number, end: number]>;
  part: string;
  from: number;
}

class TrafficReader {
  private readonly log: Buffer;
  private open: OpenParts | undefined;
  private count: number;
  private readonly takesJson: boolean;

  /** @param takesJson lines between entries may be entries in JSON; behind one that is cut they may be a part of it */
  constructor(log: Buffer, count: number, takesJson: boolean) {
    this.log = log;
    this.count = count;
    this.takesJson = takesJson;
  }

  /** The entry that has no end. */
  cut(): Cut | undefined {
    return this.open;
  }

  /** What a line completes: an entry, which may show no request. */
  line(start: number, end: number): LoggedTraffic | undefined | 'none' {
    this.count++;
    if (this.log[start] !== dash)
      return this.open === undefined && this.takesJson
        ? trafficOfJson(this.log.subarray(start, end), this.count)
        : 'none';
    const letter = partAt(this.log, start, end);
    if (letter === '') return 'none';
    if (this.open !== undefined && isOf(this.open.id, this.log, start, end))
      return this.boundary(this.open, letter, start, end);
    return letter === 'A' ? this.begin(start, end) : 'none';
  }

  private boundary(open: OpenParts, letter: string, start: number, end: number): LoggedTraffic | undefined | 'none' {
    open.parts.set(open.part, [open.from, start]);
    open.part = letter;
    open.from = end + 1;
    if (letter !== 'Z') return 'none';
    this.open = undefined;
    return trafficOfParts(this.log, open);
  }

  /** A line of a body may look like the begin of another entry, so an open one goes on until it ends; others are cut. */
  private begin(start: number, end: number): undefined | 'none' {
    if (this.open?.part === 'C') return 'none';
    const id = entryIdOf(this.log, start, end);
    if (id === undefined) return 'none';
    const isCut = this.open !== undefined;
    this.open = { id, line: this.count, start: end + 1, parts: new Map(), part: 'A', from: end + 1 };
    return isCut ? undefined : 'none';
  }
}
