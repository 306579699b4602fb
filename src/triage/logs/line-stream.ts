import type { StreamItem } from '../../contract/log-record.js';
import type { LogReader } from '../../contract/log-source.js';
import { LineSplitter } from '../../util/split-lines.js';
import type { LogLine } from '../log-line.js';
import { LogLineReader } from './read-log.js';

/** A line of a log whose form is known. */
export interface RecognisedLine extends StreamItem {
  readonly logLine: LogLine;
}

/** Longer lines are left out, in bytes. */
const longestLine = 1024 * 1024;

/** Reads the lines of one log, of those kinds that triage knows; the others are passed over. */
export function createLineStream(): LogReader<RecognisedLine> {
  const splitter = new LineSplitter(longestLine);
  const reader = new LogLineReader();
  const kinds = new Set<string>();
  const take = (bytes: Uint8Array): readonly RecognisedLine[] => {
    const logLine = reader.read(Buffer.from(bytes).toString('utf8'));
    if (logLine === undefined) return [];
    kinds.add(logLine.kind);
    return [{ logLine }];
  };
  return {
    get skipped() {
      return splitter.skipped;
    },
    get formats() {
      return [...kinds];
    },
    push: (bytes) => [...splitter.push(bytes)].flatMap(take),
    end: () => take(splitter.takeRest()),
  };
}

/** The line, with the time that stands around it where it has none of its own. */
export function timedLine({ logLine, at }: RecognisedLine): LogLine {
  const { fields } = logLine;
  return at === undefined || fields['time'] !== undefined ? logLine : { ...logLine, fields: { ...fields, time: at } };
}
