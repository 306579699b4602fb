import type { EngineOptions } from './options.js';

/** What `tune` is to do. */
export interface TuneOptions {
  /** Saved reports whose false positives are to be cleared. */
  readonly reports: readonly string[];
  readonly engine: EngineOptions;
  /** Corpora of attacks that price each exclusion, as `!each` names them. */
  readonly attacks: readonly string[];
  /** The share of attacks, in percent, that one exclusion may let through. */
  readonly maxLoss?: number;
  /** Where the files of each dialect are written. */
  readonly out: string;
}
