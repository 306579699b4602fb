import type { Exclusion } from '../model/exclusion.js';
import type { ReportFile } from './reporter.js';

/** A way to write exclusions down for a WAF. */
export interface Dialect {
  readonly name: string;
  /** Why the engine cannot be told this exclusion as it is; nothing where it can. */
  obstacle(exclusion: Exclusion): string | undefined;
  /** Complete files, sorted and stable, for a folder of the dialect's name. */
  write(exclusions: readonly Exclusion[], notes: DialectNotes): readonly ReportFile[];
}

/** What the comments of the written files say beyond the exclusions themselves. */
export interface DialectNotes {
  /** First number of the rules that are generated. */
  readonly firstId: number;
  /** Reasons of the cases behind a finding, for reviewers. */
  readonly reasons: ReadonlyMap<string, readonly string[]>;
  readonly engine: string;
}
