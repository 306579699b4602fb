import { randomUUID } from 'node:crypto';
import { lstat, open, readFile, rm, utimes } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { livenessOf, ownIdentity, type ProcessIdentity } from './process-identity.js';

/** Who holds a lock, as its file tells. */
export interface LockHolder extends ProcessIdentity {
  /** What it does, for people. */
  readonly what: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

export type LockAttempt =
  | { readonly kind: 'held'; readonly release: () => Promise<void> }
  /** `by` is absent where the file does not tell. */
  | { readonly kind: 'taken'; readonly by?: LockHolder };

/** How often a holder shows that it lives, to those who cannot see its process, and when they cease to believe it. */
const beatMs = 10_000;
const staleMs = 90_000;
/** Putting aside the lock of a dead process takes milliseconds: whoever still does it after so long has died of it. */
const clearingMs = 5_000;
const pauseMs = 20;
const longestText = 4096;

/**
 * Takes a lock that is a file. That of a process which has died, however it did, is put aside; of one on another machine
 * or in another container that is told by the age of the file. Fails with the system's error where no file can be made.
 * @param what what the lock is held for, as others read it
 */
export async function takeLock(path: string, what: string): Promise<LockAttempt> {
  for (;;) {
    const release = await create(path, what);
    if (release !== undefined) return { kind: 'held', release };
    const found = await inspect(path);
    if (found.kind === 'held') return { kind: 'taken', ...(found.by !== undefined && { by: found.by }) };
    if (found.kind === 'stale') await clear(path);
  }
}

/** Takes a lock, and waits for it where another has it. */
export async function waitForLock(path: string, what: string, patienceMs: number): Promise<LockAttempt> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const attempt = await takeLock(path, what);
    if (attempt.kind === 'held' || performance.now() > deadline) return attempt;
    await delay(pauseMs);
  }
}

async function create(path: string, what: string): Promise<(() => Promise<void>) | undefined> {
  const text = JSON.stringify({ ...ownIdentity(), what, since: new Date().toISOString(), token: randomUUID() });
  if (!(await writeNew(path, `${text}\n`))) return undefined;
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, beatMs);
  beat.unref();
  return async () => {
    clearInterval(beat);
    if ((await textOf(path)) === `${text}\n`) await rm(path, { force: true });
  };
}

/** Whether the file was made; not where there is one. It never follows a link. */
async function writeNew(path: string, text: string): Promise<boolean> {
  const file = await open(path, 'wx', 0o644).catch((error: unknown) => {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  });
  if (file === undefined) return false;
  try {
    await file.writeFile(text);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return true;
}

type Found =
  | { readonly kind: 'free' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'held'; readonly by?: LockHolder };

async function inspect(path: string): Promise<Found> {
  const text = await textOf(path);
  const ageMs = await ageOf(path);
  if (ageMs === undefined) return { kind: 'free' };
  const by = parseHolder(text ?? '');
  const liveness = by === undefined ? 'unknown' : livenessOf(by);
  if (liveness === 'dead' || (liveness === 'unknown' && ageMs > staleMs)) return { kind: 'stale' };
  return { kind: 'held', ...(by !== undefined && { by }) };
}

/** One at a time, so that nobody puts aside the lock that another has just taken in its place. */
async function clear(path: string): Promise<void> {
  const turn = `${path}.clearing`;
  if (!(await writeNew(turn, ''))) {
    if (((await ageOf(turn)) ?? 0) > clearingMs) await rm(turn, { force: true });
    else await delay(pauseMs);
    return;
  }
  try {
    if ((await inspect(path)).kind === 'stale') await rm(path, { force: true });
  } finally {
    await rm(turn, { force: true });
  }
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isHolder(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is LockHolder {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  const texts = ['host', 'boot', 'space', 'began', 'what', 'since'];
  return typeof fields['pid'] === 'number' && texts.every((name) => typeof fields[name] === 'string');
}

/** Of a small file; nothing of anything else that lies there. */
async function textOf(path: string): Promise<string | undefined> {
  const found = await lstat(path).catch(absent);
  const isSmallFile = found?.isFile() === true && found.size <= longestText;
  return isSmallFile ? readFile(path, 'utf8').catch(absent) : undefined;
}

async function ageOf(path: string): Promise<number | undefined> {
  const found = await lstat(path).catch(absent);
  return found === undefined ? undefined : Date.now() - found.mtimeMs;
}

function absent(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT') return undefined;
  throw error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
