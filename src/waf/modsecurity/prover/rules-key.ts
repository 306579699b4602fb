import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EngineOptions } from '../../../model/options.js';
import type { WafInfo } from '../../../model/report.js';
import { baseConfig } from '../base-config.js';
import { findLibrary } from '../library.js';
import { probeRules } from '../probe-rules.js';
import { crsFolder, planCrs } from '../rule-plan.js';

/** Changed whenever what is read from an engine's answers changes. */
const reading = 1;

/** Rules that depend on something beside the text that they are in. */
const dependsOnMore =
  /@\w*(?:FromFile|pmF|ipMatchF|inspectFile|geoLookup|rbl)\b|^[ \t]*Include|SecRuleScript|\bexec:|SecRemoteRules/im;

/**
 * A hash of the engine's program, of its settings and of every byte of its rules and their data. Two engines with one key
 * answer alike.
 * @returns nothing where rules of the user's own depend on more than their text
 */
export function rulesKey(options: EngineOptions, { version = '' }: WafInfo): string | undefined {
  try {
    const hash = createHash('sha256').update(`${reading} ${version}\n`);
    addFile(hash, findLibrary(options.library));
    const folder = join(crsFolder(options), 'rules');
    for (const part of planCrs({ ...options, mode: 'block' })) {
      const bytes = 'file' in part ? readFileSync(part.file) : Buffer.from(part.text);
      const isOwn = 'file' in part && dirname(part.file) !== folder;
      if (isOwn && dependsOnMore.test(bytes.toString('latin1'))) return undefined;
      addBytes(hash, bytes);
    }
    for (const text of [baseConfig('block', 'relevant'), probeRules]) addBytes(hash, Buffer.from(text));
    for (const name of readdirSync(folder).sort()) if (!name.endsWith('.conf')) addFile(hash, join(folder, name));
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}

function addFile(hash: Hash, path: string): void {
  addBytes(hash, readFileSync(path));
}

function addBytes(hash: Hash, bytes: Buffer): void {
  hash.update(`${bytes.length}\n`).update(bytes);
}
