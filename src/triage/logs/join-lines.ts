import type { LogLine } from '../log-line.js';
import type { TriagedRequest } from '../material.js';
import { lineTime } from './line-time.js';

/** What a line is to be of. */
export interface Wished {
  readonly sent?: TriagedRequest;
  readonly status?: number;
  /** When it was answered, in milliseconds since 1970. */
  readonly at?: number;
}

/** Clocks of log and answer may differ by so much, and a request may take so long, in milliseconds. */
const tolerance = 3000;
const quarter = 15 * 60_000;

/** The lines that may be of a request: none that names another path or method, another status, or another time. */
export function fittingLines(lines: readonly LogLine[], wished: Wished): readonly LogLine[] {
  const fitting = lines.filter((line) => fitsRequest(line, wished.sent ?? {}) && fitsStatus(line, wished.status));
  return fitting.filter((line) => fitsTime(line, wished.at));
}

function fitsRequest({ fields }: LogLine, { method, url }: TriagedRequest): boolean {
  const [logged, path] = [fields['method'], fields['path'] ?? fields['url']];
  if (method !== undefined && logged !== undefined && logged.toUpperCase() !== method.toUpperCase()) return false;
  return url === undefined || path === undefined || pathIn(path) === pathIn(url);
}

/** The path without query, decoded as far as it is well formed; a log may have it in either form. */
function pathIn(url: string): string {
  const [path = ''] = url.replace(/^[a-z][a-z\d+.-]{0,20}:\/\/[^/?#]*/i, '').split(/[?#]/);
  try {
    return decodeURIComponent(path) || '/';
  } catch {
    return path || '/';
  }
}

/** Servers log what they sent, and `-1` or 0 where they sent nothing; what a proxy got from behind it may be another status. */
function fitsStatus({ fields }: LogLine, status: number | undefined): boolean {
  const logged = Number(fields['status']);
  return status === undefined || !(logged >= 100) || logged === status;
}

/** A log without a time zone is of any zone. */
function fitsTime(line: LogLine, at: number | undefined): boolean {
  const time = at === undefined ? undefined : lineTime(line);
  if (time === undefined || at === undefined) return true;
  const apart = Math.abs(time.ms - at);
  return (
    apart <= tolerance ||
    (!time.zoned && (apart % quarter <= tolerance || apart % quarter >= quarter - tolerance) && apart <= 14 * 3_600_000)
  );
}

/** Of the lines of each kind, those of clients of whom a line names what was asked for, where there are such; else all. */
export function closestLines(lines: readonly LogLine[], { sent = {} }: Wished): readonly LogLine[] {
  const name = sent.url === undefined ? '' : (pathIn(sent.url).split('/').filter(Boolean).at(-1) ?? '');
  if (name.length < shortestName) return lines;
  const named = lines.filter(({ fields }) => (fields['message'] ?? '').includes(name));
  const kinds = new Set(named.map(({ kind }) => kind));
  const clients = new Set(named.map(clientOf));
  return lines.filter((line) => !kinds.has(line.kind) || named.includes(line) || clients.has(clientOf(line)));
}

/** Address and port of a client: the lines of one connection have it in common. */
function clientOf({ kind, fields }: LogLine): string {
  return `${kind} ${fields['client'] ?? ''}`;
}

/** Shorter names are in too many messages. */
const shortestName = 3;
