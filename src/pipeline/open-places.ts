import { stat } from 'node:fs/promises';
import type { LogRecord } from '../contract/log-record.js';
import type { LogReader, LogSource } from '../contract/log-source.js';
import type { Surroundings } from '../contract/waf.js';
import { combineSources } from '../evidence/combine-sources.js';
import { createCommandLogSource } from '../evidence/command-log-source.js';
import { createFileLogSource } from '../evidence/file-log-source.js';
import { createFolderLogSource } from '../evidence/folder-log-source.js';
import { createPastLogSource } from '../evidence/past-log-source.js';
import { recordsSince, sinceTime } from '../evidence/since.js';
import { createStandardInputSource } from '../evidence/standard-input-source.js';
import { readUnwrapped } from '../evidence/unwrap/read-unwrapped.js';
import { fail } from '../model/error.js';
import { type EngineOptions, installedEngine } from '../model/options.js';
import type { LogPlace, LogPlaces } from '../model/target-options.js';

/** What a WAF that opens a log is handed: its reader is told which correlation ids are of interest. */
export function surroundings(prefix: string, own: Partial<EngineOptions> = {}): Surroundings {
  const engine = { ...installedEngine, ...own };
  return {
    prefix,
    engine,
    openLog: (log, createReader) => openPlaces(log, () => readUnwrapped(() => createReader(prefix))),
    combine: combineSources,
    beginningOf: ({ since }) => (since === undefined ? Date.now() : sinceTime(since, new Date()).getTime()),
  };
}

/**
 * Logs, read from their present end unless it is said since when.
 * @param createReader makes one for each stream, file and entry
 * @throws WafproofError `LOG_MISSING`
 */
export async function openPlaces<R extends LogRecord>(
  { log, since }: LogPlaces,
  createReader: () => LogReader<R>,
): Promise<LogSource<R>> {
  const places = log === undefined ? [] : [log].flat();
  if (places.length === 0) throw fail('LOG_MISSING', { reason: 'the target names none' });
  const from = since === undefined ? 'end' : 'start';
  const opened: LogSource<R>[] = [];
  try {
    for (const place of places) opened.push(await openPlace(place, from, createReader));
  } catch (error) {
    await Promise.all(opened.map((source) => source.close()));
    throw error;
  }
  const combined = combineSources(opened);
  return since === undefined ? combined : recordsSince(combined, sinceTime(since, new Date()));
}

async function openPlace<R extends LogRecord>(
  place: LogPlace,
  from: 'end' | 'start',
  createReader: () => LogReader<R>,
): Promise<LogSource<R>> {
  if (typeof place !== 'string') return createCommandLogSource({ command: place.command, createReader });
  if (place === '-') return createStandardInputSource(createReader());
  if (place.endsWith('.gz')) return createPastLogSource(place, createReader);
  const isFolder = await stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder
    ? createFolderLogSource({ path: place, createReader, from })
    : createFileLogSource({ path: place, createReader, from });
}
