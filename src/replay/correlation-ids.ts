import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** The correlation ids of one run. */
export interface CorrelationIds {
  /** What all of them begin with, and nothing else in a log does. */
  readonly prefix: string;
  /** @param suffix how it ends, such as `-info` */
  next(suffix?: string): string;
  /** Whether an id is one that `next` has given, or may have: nobody else can make one. */
  isOurs(id: string): boolean;
}

/** No vowels: no run id spells a word that a rule looks for. */
const letters = 'bcdfghjkmnpqrstvwxz';
const lettersAndDigits = `${letters}0123456789`;

/**
 * Ids such as `w7-k3x9q2mt-gbkqsnfcvrtdmhjpqbcgkvtsrnfdmhjc`: unique within a run and across runs, and nobody who has seen
 * some can tell another. Behind the prefix of the run stand random letters and a seal on them that only this run can make.
 * Lower-case letters, digits and single hyphens only. Header names and rules have no `w7-` in them, so a search for it
 * finds ids.
 */
export function createCorrelationIds(): CorrelationIds {
  const prefix = prefixOf(randomRunId());
  const key = randomBytes(32);
  const drawn = randomPieces(randomPart);
  const seal = (random: Buffer) => createHmac('sha256', key).update(random).digest().subarray(0, sealBytes);
  return {
    prefix,
    next: (suffix = '') => {
      const random = drawn();
      return `${prefix}${spelled(Buffer.concat([random, seal(random)]))}${suffix}`;
    },
    isOurs: (id) => {
      const bytes = id.startsWith(prefix) ? readBack(id.slice(prefix.length)) : undefined;
      return bytes !== undefined && timingSafeEqual(seal(bytes.subarray(0, randomPart)), bytes.subarray(randomPart));
    },
  };
}

/**
 * Ids that are known beforehand, such as `w7-check-1`, `w7-check-2`, for where nobody else can send any.
 * @param runId 1 to 16 lower-case letters or digits
 */
export function countedIds(runId: string): CorrelationIds {
  if (!/^[a-z0-9]{1,16}$/.test(runId)) throw new RangeError(`not a run id: ${runId}`);
  const prefix = prefixOf(runId);
  let count = 0;
  return { prefix, next: (suffix = '') => `${prefix}${++count}${suffix}`, isOurs: (id) => id.startsWith(prefix) };
}

function prefixOf(runId: string): string {
  return `w7-${runId}-`;
}

/** In bytes. */
const randomPart = 8;
const sealBytes = 8;

const piecesAtOnce = 512;

/** Random bytes, so many at a time, each used once: to ask the system for few costs as much as to ask for many. */
function randomPieces(length: number): () => Buffer {
  let pool = Buffer.alloc(0);
  let used = 0;
  return () => {
    if (used === pool.length) {
      pool = randomBytes(length * piecesAtOnce);
      used = 0;
    }
    used += length;
    return pool.subarray(used - length, used);
  };
}

/** Half a byte each. */
const halves = 'bcdfghjkmnpqrstv';

function spelled(bytes: Buffer): string {
  let text = '';
  for (const byte of bytes) text += `${halves.charAt(byte >> 4)}${halves.charAt(byte & 15)}`;
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
