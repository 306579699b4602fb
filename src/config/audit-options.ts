import type { TuneOptions } from './tune-options.js';

/** What `tune --audit` is to do. */
export interface AuditOptions extends Omit<TuneOptions, 'out'> {
  /** The user's files with exclusions. */
  readonly audit: readonly string[];
}
