import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogReader } from '../../../../src/contract/log-source.js';
import { formatVariable } from '../../../../src/model/evidence.js';
import type { ModsecurityRecord } from '../../../../src/waf/modsecurity/log-record.js';
import { createLogReader } from '../../../../src/waf/modsecurity/logs/log-reader.js';
import { mergeRecords } from '../../../../src/waf/modsecurity/logs/merge-records.js';

const fixtureFolder = join(import.meta.dirname, '../../../fixtures/logs');

/** What the correlation ids of all fixtures begin with. */
export const prefix = 'w7-fix-';

/** A log of each engine in each format that is one stream. */
export const streams = [
  'v2/audit-native.log',
  'v2/audit-json.log',
  'v2/error-native.log',
  'v3/audit-native.log',
  'v3/audit-json.log',
  'v3/error-native.log',
  'coraza/audit-native.log',
  'coraza/audit-json.log',
  'coraza/error-json.log',
];

export function fixture(name: string): Buffer {
  return readFileSync(join(fixtureFolder, name));
}

/** Reads pieces of one stream to its end. */
export function read(
  pieces: readonly Uint8Array[],
  reader: LogReader<ModsecurityRecord> = createLogReader(),
): readonly ModsecurityRecord[] {
  const items = [...pieces.flatMap((piece) => [...reader.push(piece)]), ...reader.end()];
  return items.flatMap((item) => ('entryFile' in item ? [] : [item]));
}

/** The records of a log by the name of the request that they are about. */
export function byName(records: readonly ModsecurityRecord[]): ReadonlyMap<string, ModsecurityRecord> {
  const merged = new Map<string, ModsecurityRecord>();
  for (const record of records) {
    const name = (record.correlationId ?? 'none').replace(prefix, '');
    merged.set(name, mergeRecords(merged.get(name), record));
  }
  return merged;
}

/** `blocked inbound 949110 phase 2`. */
export function outcome({ action, blockedBy }: ModsecurityRecord): string {
  if (blockedBy === undefined) return action;
  const { kind, ruleId, phase } = blockedBy;
  return [action, kind, ruleId, phase === undefined ? undefined : `phase ${phase}`].filter(Boolean).join(' ');
}

/** Which rules matched which variables, each once. */
export function hitsOf({ hits }: ModsecurityRecord): readonly string[] {
  const texts = hits.map(
    ({ ruleId, variable }) => `${ruleId} ${variable === undefined ? '?' : formatVariable(variable)}`,
  );
  return [...new Set(texts)].sort();
}
