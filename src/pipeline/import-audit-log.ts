import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LoggedTraffic } from '../contract/logged-traffic.js';
import { fail } from '../model/error.js';
import type { CapturedRequest } from '../record/captured-request.js';
import { type Capture, type CapturedSource, capturing } from '../record/capturing.js';
import { measuredBody } from '../record/clean.js';
import type { ImportFormat, ImportSource, LeftOut } from '../record/import-format.js';
import { readSource } from '../record/read-source.js';

const maxLog = 200 * 1024 * 1024;

/** Logs are read by the WAFs that write them; the first that finds a request in one is meant. */
const captureAuditLog: Capture = async (source) => {
  const files = filesOf(source);
  const found: CapturedSource[] = [];
  for (const file of files) found.push(await readLog(await readSource(file, maxLog), file.shown));
  return {
    requests: found.flatMap(({ requests }) => requests),
    leftOut: found.flatMap(({ leftOut }) => leftOut),
    notes: [],
  };
};

/** A folder has a file for each entry (`SecAuditLogType Concurrent`). */
function filesOf(source: ImportSource): readonly ImportSource[] {
  const { path, shown } = source;
  if (path === undefined || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [source];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.map((name) => ({ name, info: lstatSync(join(path, name)) })).filter(({ info }) => info.isFile());
  const bytes = files.reduce((sum, { info }) => sum + info.size, 0);
  if (bytes > maxLog)
    throw fail(
      'IMPORT_UNREADABLE',
      { reason: `its files are ${bytes} bytes long, and ${maxLog} are read at most; take a part of it` },
      { place: { file: shown } },
    );
  return files.map(({ name }) => ({ ...source, path: join(path, name), shown: join(shown, name) }));
}

async function readLog(log: Buffer, shown: string): Promise<CapturedSource> {
  const { builtInWafs } = await import('./wafs.js');
  for (const waf of builtInWafs) {
    const found = waf.readTraffic === undefined ? [] : [...(await waf.readTraffic(log))];
    if (found.length > 0) return sourceOf(found, shown);
  }
  return { requests: [], leftOut: [], notes: [] };
}

function sourceOf(found: readonly (LoggedTraffic | undefined)[], file: string): CapturedSource {
  const requests = found.flatMap((one) => (one === undefined ? [] : [captured(one, file)]));
  const unread = found.length - requests.length;
  const leftOut = Array.from(
    { length: unread },
    (): LeftOut => ({ name: file, reason: 'an entry without a request line, or without its end' }),
  );
  return { requests, leftOut, notes: [] };
}

function captured({ method, target, headers, body, withoutBody, line }: LoggedTraffic, file: string): CapturedRequest {
  const length = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  return {
    method,
    url: target,
    headers,
    body:
      withoutBody === undefined
        ? measuredBody(body ?? new Uint8Array(), length)
        : { kind: 'missing', reason: withoutBody },
    place: { file, line },
  };
}

/** Audit logs in which bodies are. */
export const auditLogFormat: ImportFormat = capturing({
  summary: 'audit logs of a WAF in which bodies are logged',
  wanted: 'entry of an audit log',
  isRecorded: true,
  isLog: true,
  capture: async () => captureAuditLog,
});
