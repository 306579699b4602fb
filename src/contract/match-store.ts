import type { RuleMatch } from './prover.js';

/** What attacks fire in one place: by the key of each attack, the rules that it matches there. */
export type KnownMatches = ReadonlyMap<string, readonly RuleMatch[]>;

/** Keeps what attacks fire from one job to the next. It may forget anything at any time. */
export interface MatchStore {
  /** @param key tells place, rules and engine apart: other rules have another key */
  read(key: string): Promise<KnownMatches>;
  /** Adds to what is known under a key. */
  add(key: string, matches: KnownMatches): Promise<void>;
}
