import { randomInt } from 'node:crypto';

/** The correlation ids of one run. */
export interface CorrelationIds {
  /** What all of them begin with, and nothing else in a log does. */
  readonly prefix: string;
  next(): string;
}

/** No vowels: no run id spells a word that a rule looks for. */
const letters = 'bcdfghjkmnpqrstvwxz';
const lettersAndDigits = `${letters}0123456789`;

/**
 * Ids such as `w7-k3x9q2mt-1`, `w7-k3x9q2mt-2`: unique within a run and, unless `runId` is given, across runs. Lower-case
 * letters, digits and single hyphens only. Header names and rules have no `w7-` in them, so a search for it finds ids.
 * @param runId 1 to 16 lower-case letters or digits, for ids that are known beforehand
 */
export function createCorrelationIds(runId: string = randomRunId()): CorrelationIds {
  if (!/^[a-z0-9]{1,16}$/.test(runId)) throw new RangeError(`not a run id: ${runId}`);
  const prefix = `w7-${runId}-`;
  let count = 0;
  return { prefix, next: () => `${prefix}${++count}` };
}

function randomRunId(): string {
  const rest = Array.from({ length: 7 }, () => pick(lettersAndDigits));
  return `${pick(letters)}${rest.join('')}`;
}

function pick(alphabet: string): string {
  return alphabet.charAt(randomInt(alphabet.length));
}
