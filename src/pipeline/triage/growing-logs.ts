import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fail } from '../../model/error.js';
import type { TriageMaterial } from '../../triage/material.js';
import type { Clock } from '../../util/clock.js';
import { reasonOf } from '../../util/reason-of.js';
import type { World } from '../world.js';
import { readLogs } from './read-logs.js';
import type { WishedEntry } from './wished-entry.js';

/** What logs say of a request; empty where they have nothing of it. */
export type ToldByLogs = Required<Pick<TriageMaterial, 'lines' | 'wafs'>>;

interface WatchedLog {
  readonly place: string;
  readonly path: string;
  /** How long it was before anything was sent, in bytes. */
  readonly start: number;
}

/** How often logs are looked into, in milliseconds, and how long other lines of a request may come after its first. */
const pollMs = 100;
const settleMs = 300;

/** Logs that are written while requests go out: of each request only what came after the first one was sent is looked at. */
export class GrowingLogs {
  readonly #logs: readonly WatchedLog[];
  readonly #world: Pick<World, 'wafs' | 'signal'>;
  readonly #clock: Clock;

  private constructor(logs: readonly WatchedLog[], world: Pick<World, 'wafs' | 'signal'>, clock: Clock) {
    this.#logs = logs;
    this.#world = world;
    this.#clock = clock;
  }

  /**
   * Remembers where each log ends.
   * @throws WafproofError `TRIAGE_UNREADABLE`
   */
  static async open(
    places: readonly string[],
    world: Pick<World, 'cwd' | 'wafs' | 'signal'>,
    clock: Clock,
  ): Promise<GrowingLogs> {
    const logs = places.map(async (place) => {
      const path = resolve(world.cwd, place);
      return { place, path, start: await sizeOf(path, place) };
    });
    return new GrowingLogs(await Promise.all(logs), world, clock);
  }

  /**
   * What came of a request, waited for as long as may be.
   * @throws WafproofError `TRIAGE_UNREADABLE`
   */
  async of(wished: WishedEntry, waitMs: number): Promise<ToldByLogs> {
    const until = this.#clock.now() + waitMs;
    for (;;) {
      const found = await this.#read(wished);
      if (isAny(found)) break;
      if (this.#clock.now() >= until) return found;
      await this.#clock.sleep(pollMs, this.#world.signal);
    }
    await this.#clock.sleep(settleMs, this.#world.signal);
    return this.#read(wished);
  }

  async #read(wished: WishedEntry): Promise<ToldByLogs> {
    const logs = this.#logs.map(({ place, path, start }) => ({ place, bytes: () => bytesFrom(path, start, place) }));
    const { lines = [], wafs = [] } = await readLogs(logs, wished, this.#world);
    return { lines, wafs };
  }
}

function isAny({ lines, wafs }: ToldByLogs): boolean {
  return lines.length + wafs.length > 0;
}

async function sizeOf(path: string, place: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    throw fail('TRIAGE_UNREADABLE', { what: place, reason: reasonOf(cause) }, { cause });
  }
}

/** A file that became shorter was begun anew. */
async function* bytesFrom(path: string, start: number, place: string): AsyncGenerator<Buffer, void, undefined> {
  const size = await sizeOf(path, place);
  for await (const chunk of createReadStream(path, { start: size < start ? 0 : start })) {
    if (Buffer.isBuffer(chunk)) yield chunk;
  }
}
