import { stat } from 'node:fs/promises';
import type { LogRecord } from '../contract/log-record.js';
import type { LogReader, LogSource } from '../contract/log-source.js';
import { combineSources } from '../evidence/combine-sources.js';
import { createCommandLogSource } from '../evidence/command-log-source.js';
import { createFileLogSource } from '../evidence/file-log-source.js';
import { createFolderLogSource } from '../evidence/folder-log-source.js';
import { createPastLogSource } from '../evidence/past-log-source.js';
import { recordsSince, sinceTime } from '../evidence/since.js';
import { createStandardInputSource } from '../evidence/standard-input-source.js';
import { fail } from '../model/error.js';
import type { LogPlace, TargetOptions } from '../model/target-options.js';
import type { ModsecurityRecord } from '../waf/modsecurity/log-record.js';
import { createLogReader } from '../waf/modsecurity/logs/log-reader.js';

/**
 * The log of a target, in whatever format, read from its present end unless the target says since when.
 * @param prefix what the correlation ids of interest begin with; others are not read
 * @throws WafproofError `LOG_MISSING`
 */
export function openLog(target: TargetOptions, prefix: string): Promise<LogSource<ModsecurityRecord>> {
  return openLogWith(target, () => createLogReader({ prefix }));
}

/**
 * The same, with readers of one's own: one for each stream, file and entry.
 * @throws WafproofError `LOG_MISSING`
 */
export async function openLogWith<R extends LogRecord>(
  { log, logSince }: TargetOptions,
  createReader: () => LogReader<R>,
): Promise<LogSource<R>> {
  const places = log === undefined ? [] : [log].flat();
  if (places.length === 0) throw fail('LOG_MISSING', { reason: 'the target names none' });
  const from = logSince === undefined ? 'end' : 'start';
  const opened: LogSource<R>[] = [];
  try {
    for (const place of places) opened.push(await openPlace(place, from, createReader));
  } catch (error) {
    await Promise.all(opened.map((source) => source.close()));
    throw error;
  }
  const combined = combineSources(opened);
  return logSince === undefined ? combined : recordsSince(combined, sinceTime(logSince, new Date()));
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
