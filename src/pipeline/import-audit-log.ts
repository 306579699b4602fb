import type { LoggedTraffic } from '../contract/logged-traffic.js';
import type { CapturedRequest } from '../record/captured-request.js';
import { type Capture, capturing } from '../record/capturing.js';
import { measuredBody } from '../record/clean.js';
import type { ImportFormat, LeftOut } from '../record/import-format.js';
import { readSource } from '../record/read-source.js';

const maxLog = 200 * 1024 * 1024;

/** Logs are read by the WAFs that write them; the first that finds a request in one is meant. */
const captureAuditLog: Capture = async (source) => {
  const { builtInWafs } = await import('./wafs.js');
  const log = await readSource(source, maxLog);
  for (const waf of builtInWafs) {
    const found = waf.readTraffic === undefined ? [] : [...(await waf.readTraffic(log))];
    if (found.length > 0) return sourceOf(found, source.shown);
  }
  return { requests: [], leftOut: [], notes: [] };
};

function sourceOf(found: readonly (LoggedTraffic | undefined)[], file: string) {
  const requests = found.flatMap((one) => (one === undefined ? [] : [captured(one, file)]));
  const unread = found.length - requests.length;
  const leftOut = Array.from(
    { length: unread },
    (): LeftOut => ({ name: file, reason: 'an entry without a request line' }),
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
