import { join } from 'node:path';
import { fail } from '../model/error.js';
import { takeLock } from '../util/lock-file.js';
import { reasonOf } from '../util/reason-of.js';

const lockName = '.wafproof.lock';

/**
 * Keeps other processes from writing reports and journals into a folder until it is closed, or this process ends.
 * @param command the name of the command that writes, for those who find the folder taken
 * @throws WafproofError `OUTPUT_LOCKED`, `OUTPUT_UNWRITABLE`
 */
export async function lockOutput(out: string, command: string): Promise<{ close(): Promise<void> }> {
  const file = join(out, lockName);
  const attempt = await takeLock(file, `wafproof ${command}`).catch((cause: unknown) => {
    throw fail('OUTPUT_UNWRITABLE', { reason: reasonOf(cause) }, { place: { file: out }, cause });
  });
  if (attempt.kind === 'held') return { close: attempt.release };
  throw fail('OUTPUT_LOCKED', { ...(attempt.by && { by: attempt.by }), file }, { place: { file: out } });
}
