import { existsSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../model/error.js';

/** Folders where systems keep shared libraries, in the order in which they are tried. */
const folders = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/usr/local/lib',
  '/usr/local/modsecurity/lib',
  '/opt/homebrew/lib',
];

const names = ['libmodsecurity.so.3', 'libmodsecurity.3.dylib', 'libmodsecurity.dylib'];

/** How to get the engine and the rules on this system. */
export const installAdvice =
  platform() === 'darwin'
    ? 'install it with "brew install modsecurity" and name a Core Rule Set with --crs DIR'
    : 'install it with "sudo apt-get install libmodsecurity3 modsecurity-crs"';

/**
 * The path of libmodsecurity 3. `WAFPROOF_LIBMODSECURITY` names another one.
 * @throws WafproofError `ENGINE_MISSING` with what to install
 */
export function findLibrary(named: string | undefined): string {
  const candidates =
    named === undefined ? folders.flatMap((folder) => names.map((name) => join(folder, name))) : [named];
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw fail('ENGINE_MISSING', { install: installAdvice });
  return found;
}
