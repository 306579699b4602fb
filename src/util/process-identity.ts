import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Which process it is, so that another can tell later whether it still lives. */
export interface ProcessIdentity {
  readonly host: string;
  /** One start of the machine, where the system tells. */
  readonly boot: string;
  /** Within which process ids count: each container has its own. */
  readonly space: string;
  readonly pid: number;
  /** When it began, as the system counts: a process id is given again. */
  readonly began: string;
}

/** `unknown`: it ran where this process cannot look, such as another container. */
export type Liveness = 'alive' | 'dead' | 'unknown';

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return { host: hostname(), boot: bootId(), space: pidSpace(), pid: process.pid, began: beganOf(process.pid) ?? '' };
}

/**
 * Whether such a process still lives. A process of the same number that began at another time is another one. What the
 * system did not tell either of the two (it may have had no file descriptor left) is no sign of death.
 * @param own this process
 */
export function livenessOf({ host, boot, space, pid, began }: ProcessIdentity, own = ownIdentity()): Liveness {
  if (host !== own.host) return 'unknown';
  if (boot !== own.boot && boot !== '' && own.boot !== '') return 'dead';
  if (space !== own.space) return 'unknown';
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isThere(pid)) return 'dead';
  const now = beganOf(pid);
  return now === undefined || began === '' || now === began ? 'alive' : 'dead';
}

/** Signal 0 reaches nobody; the system tells whether it could. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Fields 3 and 22 of `/proc/<pid>/stat` (proc(5)): state, and start in ticks since boot. A process that has ended and was
 * not waited for is told as one that never began. Nothing where the system does not tell.
 */
function beganOf(pid: number): string | undefined {
  const text = textOf(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return /^[ZXx]/.test(fields[0] ?? '') ? 'ended' : (fields[19] ?? '');
}

function bootId(): string {
  return textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1'))?.trim() ?? '';
}

function pidSpace(): string {
  return textOf(() => readlinkSync('/proc/self/ns/pid')) ?? '';
}

function textOf(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
