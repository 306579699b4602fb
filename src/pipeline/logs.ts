import { describeBytes } from '../evidence/describe-bytes.js';
import { EntryFinder } from '../evidence/entry-files.js';
import { readPast } from '../evidence/past-stream.js';
import { Remembered } from '../evidence/transactions.js';
import { fail } from '../model/error.js';
import type { LogFile, LoggedTransaction, LogsOptions, LogsSummary } from '../model/logs.js';
import { nameSome } from '../util/name-some.js';
import { reasonOf } from '../util/reason-of.js';
import { wafsOf } from './find-waf.js';
import { type FileToRead, findLogFiles } from './logs/find-files.js';
import { type Completed, createStreamReader, type StreamReader, type Told } from './logs/stream-reader.js';
import { Summing } from './logs/summing.js';
import { readLimits, type TimeLimits, toTransaction } from './logs/to-transaction.js';
import type { World } from './world.js';

export type { LoggedTransaction, LogsOptions, LogsSummary };

/** Is told each transaction; what it returns is waited for. */
export type TransactionListener = (transaction: LoggedTransaction) => Promise<void> | undefined;

const defaultTop = 10;

/**
 * Reads the logs that are there already, of whatever kind, from files, folders and standard input, and sums up which rules
 * refuse whom. Sends nothing. Takes time that grows with the bytes, and bounded memory.
 * @param each is told every transaction, in the order of the logs
 * @throws WafproofError `USAGE`, `LOG_UNREADABLE` where a place is not there, `LOG_UNKNOWN` where nothing is of a WAF
 */
export async function logs(
  options: LogsOptions,
  world: World,
  each: TransactionListener = () => undefined,
): Promise<LogsSummary> {
  const limits = readLimits(options);
  const found = await findLogFiles(options.places, world.cwd);
  const summing = new Summing({ top: options.top ?? defaultTop, namesClients: options.clients === true });
  const reading: Reading = {
    limits,
    namesClients: options.clients === true,
    summing,
    each,
    remembered: new Remembered(),
  };
  const files: LogFile[] = [];
  for (const file of found) if (!world.signal.aborted) files.push(await readFile(file, reading, world));
  world.progress.end();
  if (!world.signal.aborted) assertKnown(files);
  return summing.summary(files, world.signal.aborted);
}

/** What the files of one job share. */
interface Reading {
  readonly limits: TimeLimits;
  readonly namesClients: boolean;
  readonly summing: Summing;
  readonly each: TransactionListener;
  readonly remembered: Remembered;
}

async function readFile(file: FileToRead, reading: Reading, world: World): Promise<LogFile> {
  const stream = createStreamReader(wafsOf(world), reading.remembered);
  const entries = new EntryFinder(file.path);
  const known = { bytes: 0, transactions: 0, beginning: Buffer.alloc(0) };
  const take = async (completed: Completed) => {
    const inEntries = await toldInEntries(completed, stream, entries);
    for (const told of [...completed.told, ...inEntries]) known.transactions += await tell(told, file, reading);
  };
  const problem = await readBytes(file, world, async (bytes) => {
    if (known.bytes === 0) known.beginning = Buffer.from(bytes.subarray(0, 64 * 1024));
    known.bytes += bytes.length;
    await take(stream.push(bytes));
  });
  await take(stream.end());
  const { formats } = stream;
  return {
    file: file.name,
    formats,
    bytes: known.bytes,
    transactions: known.transactions,
    ...(formats.length === 0 && known.transactions === 0 && { seen: describeBytes(known.beginning) }),
    ...(problem !== undefined && { problem }),
  };
}

/** What it holds up to where it cannot be read counts; why it ended is returned. */
async function readBytes(
  file: FileToRead,
  { signal, progress }: World,
  take: (bytes: Buffer) => Promise<void>,
): Promise<string | undefined> {
  const advance = createAdvance(file, (text) => progress.stage(text));
  try {
    for await (const { bytes, done } of readPast(file.path, signal)) {
      advance(done);
      await take(bytes);
    }
  } catch (error) {
    return signal.aborted ? undefined : reasonOf(error);
  }
  return undefined;
}

/** Files that take a while, in bytes. */
const longFile = 32 * 1024 * 1024;

/** Says at each tenth how far the reading of a long file is. */
function createAdvance({ name, bytes }: FileToRead, say: (text: string) => void): (done: number) => void {
  let tenths = 0;
  return (done) => {
    const now = bytes < longFile ? 0 : Math.floor((10 * done) / bytes);
    if (now > tenths && now < 10) say(`reading ${name}: ${now}0 % of ${Math.round(bytes / 1e6)} MB`);
    tenths = Math.max(tenths, now);
  };
}

async function toldInEntries(
  { entryFiles }: Completed,
  stream: StreamReader,
  entries: EntryFinder,
): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (const file of entryFiles) {
    const bytes = await entries.find(file);
    if (bytes !== undefined) told.push(...stream.readEntry(Buffer.from(bytes)));
  }
  return told;
}

/** How many were told: none where it is not of the time that is asked for. */
async function tell(told: Told, { name }: FileToRead, reading: Reading): Promise<0 | 1> {
  const { limits, namesClients, summing, each } = reading;
  const transaction = toTransaction(told, { file: name, limits, namesClients });
  if (transaction === undefined) return 0;
  const { client, userAgent } = told.record.request ?? {};
  summing.add(transaction, client, userAgent);
  const waiting = each(transaction);
  if (waiting !== undefined) await waiting;
  return 1;
}

function assertKnown(files: readonly LogFile[]): void {
  if (files.some(({ formats, transactions }) => formats.length > 0 || transactions > 0)) return;
  const seen = files.map(({ file, seen: what = 'nothing', problem }) => `${file}: ${problem ?? what}`);
  throw fail('LOG_UNKNOWN', { seen: nameSome(seen) || 'there is no file' });
}
