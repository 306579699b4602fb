import type { ConfigurationDraft } from '../model/draft.js';
import type { Exclusion, Verification } from '../model/exclusion.js';
import type { ConfigurationSection } from '../model/report.js';
import type { ReportFile } from './reporter.js';

/** A way to write exclusions down for a WAF. */
export interface Dialect {
  readonly name: string;
  /** Why the dialect cannot express this exclusion as it is; nothing where it can. */
  obstacle(exclusion: Exclusion): string | undefined;
  write(exclusions: readonly Exclusion[], notes: DialectNotes): Written;
}

/** Exclusions as a dialect writes them. */
export interface Written {
  /** Complete files, sorted and stable, for a folder of the dialect's name. */
  readonly files: readonly ReportFile[];
  /** Which lines serve which endpoint. */
  readonly sections: readonly ConfigurationSection[];
  /** What the files are made of, so that who has it can write some of the exclusions. Absent where the dialect cannot tell. */
  readonly draft?: ConfigurationDraft;
}

/** What the comments of the written files say beyond the exclusions themselves. */
export interface DialectNotes {
  /** Reasons of the cases behind a finding, for reviewers. */
  readonly reasons: ReadonlyMap<string, readonly string[]>;
  /** The engine that proved them, such as `ModSecurity 3.0.9`. */
  readonly engine: string;
  /** What is to be known before they are used, where the proof was cut short. */
  readonly caution?: string;
  /** These are some of so many exclusions that were proved together: nobody has asked what they come to by themselves. */
  readonly partOf?: number;
  /** What came of the proof; absent in a trial. */
  readonly verification?: Verification;
}
