import type { LogRecord } from '../../contract/log-record.js';
import type { LogItem } from '../../contract/log-source.js';
import { Remembered } from '../../evidence/transactions.js';
import { readUnwrapped } from '../../evidence/unwrap/read-unwrapped.js';
import type { LogLine } from '../../triage/log-line.js';
import { closestLines, fittingLines } from '../../triage/logs/join-lines.js';
import { createLineStream, type RecognisedLine, timedLine } from '../../triage/logs/line-stream.js';
import type { TriageMaterial, WafTestimony } from '../../triage/material.js';
import { wafsOf } from '../find-waf.js';
import { createStreamReader, type Told } from '../logs/stream-reader.js';
import type { World } from '../world.js';
import type { WishedEntry } from './wished-entry.js';

/** A log, which is read when it is its turn. */
export interface LogToRead {
  readonly place: string;
  bytes(): AsyncIterable<Buffer>;
}

/** More lines than these cannot be of one request. */
const mostLines = 1000;

/** What logs say of a request, whatever their kinds: in their lines, and in the records of WAFs. */
export async function readLogs(
  logs: readonly LogToRead[],
  wished: WishedEntry,
  world: Pick<World, 'wafs'>,
): Promise<Pick<TriageMaterial, 'lines' | 'wafs'>> {
  const remembered = new Remembered();
  const found = { lines: [] as LogLine[], wafs: [] as WafTestimony[] };
  for (const log of logs) {
    const readers = [createLineReader(found.lines, wished), ...recordReaders(found.wafs, wished, remembered, world)];
    for await (const bytes of log.bytes()) for (const reader of readers) reader.push(bytes);
    for (const reader of readers) reader.end();
  }
  const told = found.wafs.length === 0 ? found.lines : found.lines.filter(({ kind }) => kind !== 'waf-message');
  return { lines: closestLines(told, wished), wafs: found.wafs };
}

interface BytesReader {
  push(bytes: Buffer): void;
  end(): void;
}

/** Lines of any log that triage knows, whatever collectors of logs put around them. */
function createLineReader(lines: LogLine[], wished: WishedEntry): BytesReader {
  const reader = readUnwrapped(createLineStream);
  const take = (items: Iterable<LogItem<RecognisedLine>>) => {
    for (const item of items)
      if (!('entryFile' in item) && lines.length < mostLines) lines.push(...fittingLines([timedLine(item)], wished));
  };
  return { push: (bytes) => take(reader.push(bytes)), end: () => take(reader.end()) };
}

function recordReaders(
  wafs: WafTestimony[],
  wished: WishedEntry,
  remembered: Remembered,
  world: Pick<World, 'wafs'>,
): readonly BytesReader[] {
  return wafsOf(world).map((waf) => {
    const stream = createStreamReader([waf], remembered);
    const take = (told: readonly Told[]) => {
      const fitting = told.filter(({ record }) => isOf(record, wished));
      wafs.push(...fitting.map((one) => ({ id: waf.kind, waf: waf.name, ...testimony(one) })));
    };
    return { push: (bytes) => take(stream.push(bytes).told), end: () => take(stream.end().told) };
  });
}

/** Whether a record is of the request, by its correlation id, or may be, by what it tells of it: as a line of a log. */
function isOf({ request = {}, at, status, correlationId }: LogRecord, wished: WishedEntry): boolean {
  if (wished.correlationId !== undefined && correlationId !== undefined) return correlationId === wished.correlationId;
  const { method, path } = request;
  const fields = {
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path }),
    ...(at !== undefined && { time: at.slice(0, 19) }),
  };
  const isRefusal = status === undefined || status >= 400;
  const told = isRefusal ? {} : { status: `${status}` };
  return fittingLines([{ kind: 'access', text: '', fields: { ...fields, ...told } }], wished).length > 0;
}

function testimony({ record, evidence }: Told): Pick<WafTestimony, 'evidence' | 'text'> {
  const said = evidence();
  const { blockedBy, hits } = said;
  const rules = [...new Set(hits.map(({ ruleId }) => ruleId))].slice(0, 8).join(', ');
  const parts = [
    record.transactionId === undefined ? undefined : `transaction ${record.transactionId}`,
    record.action,
    blockedBy?.ruleId === undefined ? blockedBy?.reason : `rule ${blockedBy.ruleId}`,
    blockedBy?.status === undefined ? undefined : `status ${blockedBy.status}`,
    rules === '' ? undefined : `matched: ${rules}`,
  ];
  return { evidence: said, text: parts.filter((part) => part !== undefined).join(', ') };
}
