import type { Exclusion, Verification } from '../model/exclusion.js';
import type { ReportFile } from './reporter.js';

/** Engines that read ModSecurity's language, each with names and gaps of its own. */
export const engineNames = ['modsecurity2', 'modsecurity3', 'coraza'] as const;

export type EngineName = (typeof engineNames)[number];

/** A way to write exclusions down for a WAF. */
export interface Dialect {
  readonly name: string;
  /** Why the dialect cannot express this exclusion as it is; nothing where it can. */
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
  /** The engine that proved them, such as `ModSecurity 3.0.9`. */
  readonly engine: string;
  /** What came of the proof; absent in a trial. */
  readonly verification?: Verification;
}
