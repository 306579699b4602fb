import { createCipheriv, createDecipheriv, randomBytes, randomInt } from 'node:crypto';

/** The correlation ids of one run. */
export interface CorrelationIds {
  /** What all of them begin with, and nothing else in a log does. */
  readonly prefix: string;
  /** @param suffix how it ends, such as `-info` */
  next(suffix?: string): string;
  /** Whether an id is one that `next` has given: nobody else can make one. */
  isOurs(id: string): boolean;
}

/** No vowels: no run id spells a word that a rule looks for. */
const letters = 'bcdfghjkmnpqrstvwxz';
const lettersAndDigits = `${letters}0123456789`;

/**
 * Ids such as `w7-k3x9q2mt-gbkqsnfcvrtdmhjpqbcgkvtsrnfdmhjc`: unique within a run and across runs, and nobody who has seen
 * some can tell another. Behind the prefix of the run stands the number of the id, encrypted with a key that only this run
 * has. Lower-case letters, digits and single hyphens only. Header names and rules have no `w7-` in them, so a search for it
 * finds ids.
 */
export function createCorrelationIds(): CorrelationIds {
  const prefix = prefixOf(randomRunId());
  const numbers = new SecretNumbers();
  return {
    prefix,
    next: (suffix = '') => `${prefix}${spelled(numbers.next())}${suffix}`,
    isOurs: (id) => {
      const bytes = id.startsWith(prefix) ? readBack(id.slice(prefix.length)) : undefined;
      return bytes !== undefined && numbers.isOurs(bytes);
    },
  };
}

/**
 * Ids that are known beforehand, such as `w7-check-1`, `w7-check-2`, for where nobody else can send any.
 * @param runId 1 to 16 lower-case letters or digits
 * @param shard gives the numbers that these cases have in a run of all
 */
export function countedIds(runId: string, { index, total } = { index: 1, total: 1 }): CorrelationIds {
  if (!/^[a-z0-9]{1,16}$/.test(runId)) throw new RangeError(`not a run id: ${runId}`);
  const prefix = prefixOf(runId);
  let number = index - total;
  const next = (suffix = '') => {
    number += total;
    return `${prefix}${number}${suffix}`;
  };
  return { prefix, next, isOurs: (id) => id.startsWith(prefix) };
}

function prefixOf(runId: string): string {
  return `w7-${runId}-`;
}

/** Of a block of AES, in bytes. */
const blockBytes = 16;
/** So many at once: to encrypt few costs as much as to encrypt many. */
const blocksAtOnce = 512;

/** The numbers from 0 on, each encrypted as a block of its own, so that blocks cannot be told from random ones. */
class SecretNumbers {
  readonly #key = randomBytes(32);
  readonly #cipher = createCipheriv('aes-256-ecb', this.#key, null).setAutoPadding(false);
  #blocks = Buffer.alloc(0);
  #used = 0;
  #count = 0;

  next(): Buffer {
    if (this.#used === this.#blocks.length) this.#encryptMore();
    this.#count++;
    this.#used += blockBytes;
    return this.#blocks.subarray(this.#used - blockBytes, this.#used);
  }

  /** Whether a block is one that was given. */
  isOurs(block: Buffer): boolean {
    const cipher = createDecipheriv('aes-256-ecb', this.#key, null).setAutoPadding(false);
    const number = cipher.update(block);
    return number.readBigUInt64BE() === 0n && number.readBigUInt64BE(8) < this.#count;
  }

  #encryptMore(): void {
    const numbers = Buffer.alloc(blockBytes * blocksAtOnce);
    for (let at = 0; at < blocksAtOnce; at++) numbers.writeBigUInt64BE(BigInt(this.#count + at), at * blockBytes + 8);
    this.#blocks = this.#cipher.update(numbers);
    this.#used = 0;
  }
}

/** Half a byte each. */
const halves = 'bcdfghjkmnpqrstv';

const spelledBytes = Array.from({ length: 256 }, (_, byte) => `${halves.charAt(byte >> 4)}${halves.charAt(byte & 15)}`);

function spelled(bytes: Buffer): string {
  let text = '';
  for (const byte of bytes) text += spelledBytes[byte];
  return text;
}

function readBack(text: string): Buffer | undefined {
  const [whole = ''] = /^[bcdfghjkmnpqrstv]{32}(?=$|-)/.exec(text) ?? [];
  const hex = [...whole].map((letter) => halves.indexOf(letter).toString(16)).join('');
  return whole === '' ? undefined : Buffer.from(hex, 'hex');
}

function randomRunId(): string {
  const rest = Array.from({ length: 7 }, () => pick(lettersAndDigits));
  return `${pick(letters)}${rest.join('')}`;
}

function pick(alphabet: string): string {
  return alphabet.charAt(randomInt(alphabet.length));
}
