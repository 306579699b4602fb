import type { ModsecurityRecord } from '../log-record.js';
import { readCorazaJson } from './coraza-json.js';
import { parseJsonLine } from './json-value.js';
import { readV2Json } from './v2-json.js';
import { readV3Json } from './v3-json.js';

/** Reads a line of a JSON audit log, whichever engine wrote it: each has keys that the others lack. */
export function parseAuditJson(line: Uint8Array, prefix: string): ModsecurityRecord | undefined {
  const value = parseJsonLine(line);
  return readV3Json(value, prefix) ?? readV2Json(value, prefix) ?? readCorazaJson(value, prefix);
}
