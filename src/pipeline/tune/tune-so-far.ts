import type { Dialect } from '../../contract/dialect.js';
import { WafproofError } from '../../model/error.js';
import type { Proved } from './prove-exclusions.js';
import type { EvaluatedReport, FoundExclusions } from './tuning.js';

export interface ProvedInDialect {
  readonly dialect: Dialect;
  readonly result: Proved;
}

/** What a tune has come to, for the case that it is ended before it is done. */
export class TuneSoFar {
  readonly proved: ProvedInDialect[] = [];
  #found: ProvedInDialect | undefined;

  /** The engine has shown that exclusions clear cases, and nothing else of them yet. */
  found(dialect: Dialect, found: FoundExclusions, { blocked }: EvaluatedReport, engine: string): void {
    const [stillBlocked, cleared] = [true, false].map((isBlocked) =>
      blocked.map(({ id }) => id).filter((id) => found.stillBlocked.has(id) === isBlocked),
    );
    const nothing = { newlyBlocked: [], tooBroad: [], attacksLost: [], noEffect: [], notReproduced: [] };
    const verification = {
      caution: onlyCleared,
      engine,
      cleared: cleared ?? [],
      stillBlocked: stillBlocked ?? [],
      ...nothing,
    };
    this.#found = { dialect, result: { exclusions: found.exclusions, places: new Map(), verification } };
  }

  /** What can be written of it, and what is to be said of that. */
  results(): { readonly results: readonly ProvedInDialect[]; readonly interrupted: string } {
    if (this.proved.length > 0) {
      return {
        results: this.proved,
        interrupted: 'interrupted; what is written is proved, the rest was not begun or not finished',
      };
    }
    if (this.#found === undefined) return { results: [], interrupted: 'interrupted before any exclusion was proved' };
    return { results: [this.#found], interrupted: onlyCleared };
  }
}

/** What is not known of exclusions whose proof was cut short. */
const onlyCleared =
  'interrupted: the exclusions are seen to clear the cases, and were neither priced nor tried on neighbours and on cases that pass; do not deploy them before a tune that ends';

/** Whether a job was ended by its user. */
export function isInterruption(error: unknown): boolean {
  return error instanceof WafproofError && error.code === 'INTERRUPTED';
}
