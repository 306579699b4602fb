import { createHash } from 'node:crypto';

/** A short name for a value from which nothing of it can be read. Values that JSON writes alike have one name. */
export function hashKey(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 32);
}
