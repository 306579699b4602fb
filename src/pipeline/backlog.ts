import type { LogDelay } from '../contract/log-source.js';
import { promptDelay } from '../evidence/log-delay.js';
import type { Exchange } from '../model/exchange.js';
import type { WireRequest } from '../model/request.js';

/** Answered requests that may wait for the entries of a log that is written at once. */
const promptly = 256;
const limit = 8192;
/** What more of them than that may hold in memory, in bytes. */
const roomyBytes = 64 * 1024 * 1024;

/** How many answered requests may wait for their log entry while others are sent: the more, the later it comes. */
export function mostWaiting({ typicalMs }: LogDelay): number {
  return Math.min(limit, Math.max(promptly, Math.ceil((promptly * typicalMs) / promptDelay.typicalMs)));
}

/**
 * Answered requests that wait for their log entry. They are held in memory: when they have become many and large, no more
 * is sent until some are joined.
 */
export class Backlog {
  /** How many there may be. */
  readonly most: number;
  readonly #mostBytes: number;
  #bytes = 0;
  #count = 0;
  #waiters: (() => void)[] = [];

  constructor(most: number, mostBytes = roomyBytes) {
    this.most = most;
    this.#mostBytes = mostBytes;
  }

  /** Settles when another request may be sent. */
  async room(): Promise<void> {
    while (this.#isFull()) await new Promise<void>((resolve) => this.#waiters.push(resolve));
  }

  /** Counts what was answered in, until its entry is there. */
  async hold<T>(request: WireRequest, exchange: Exchange, entry: Promise<T>): Promise<T> {
    const bytes = sizeOf(request, exchange);
    this.#bytes += bytes;
    this.#count++;
    try {
      return await entry;
    } finally {
      this.#bytes -= bytes;
      this.#count--;
      for (const wake of this.#waiters.splice(0)) wake();
    }
  }

  #isFull(): boolean {
    return this.#count >= promptly && this.#bytes > this.#mostBytes;
  }
}

function sizeOf({ body }: WireRequest, { outcome }: Exchange): number {
  return body.length + (outcome.kind === 'answered' ? outcome.bodyExcerpt.length : 0);
}
