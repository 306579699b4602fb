import type { EngineOptions } from './options.js';
import type { ProbeOptions } from './probe-options.js';

/** A web server with ModSecurity that the lab can start. */
export type ServerName = 'apache' | 'nginx';

/** How exclusions are searched, proved and written. */
export interface TuneSettings {
  /** Corpora and suites of attacks that price each exclusion, as `!each` names them. */
  readonly attacks: readonly string[];
  /** How to write exclusions down; the first is the one that the report shows. */
  readonly dialects: readonly string[];
  /** For which engines names are spelled; none means the one that the report is of. */
  readonly engines: readonly string[];
  /** The share of attacks, in percent, that one exclusion may let through. */
  readonly maxLoss?: number;
  /** How many points under the threshold a cleared case must stay; absent: it keeps no hit at all. */
  readonly margin?: number;
  /** Elements of arrays that exclusions are for, at least; default: as many as were seen. */
  readonly elements?: number;
  /** Paths with placeholders, such as `/tickets/{number}`, that are one endpoint each. */
  readonly endpoints: readonly string[];
  /** Bodies that the engine cannot read may be let through unseen, where nothing else clears them. */
  readonly allowUnreadBodies?: boolean;
  /** Real servers that are to read the written files and answer all cases under them. */
  readonly servers: readonly ServerName[];
  /** First number of the rules that are generated. */
  readonly firstId: number;
  /** What attacks fire is neither read from the user's cache folder nor kept there. */
  readonly noCache?: true;
}

/** What `tuneReport` is to do; settings that are not given are at their default. */
export interface TuneReportOptions extends Partial<TuneSettings> {
  /** The engine that proves; default: what is installed, at the level and threshold of the report. */
  readonly engine?: Partial<EngineOptions>;
  /** Where the target itself is asked what no engine on this machine tells; absent: nothing is sent. */
  readonly probing?: ProbeOptions;
  /** Where the files of each dialect are written, relative to the world's `cwd`. */
  readonly out: string;
}

/** What `tune` is to do. */
export interface TuneOptions extends TuneReportOptions {
  /** Saved reports whose false positives are to be cleared, relative to the world's `cwd`. */
  readonly reports: readonly string[];
}

/** What `tune --audit` is to do. */
export interface AuditOptions extends Omit<TuneOptions, 'out' | 'probing'> {
  /** The user's files with exclusions. */
  readonly audit: readonly string[];
}

/** As settings are where nothing is said: all attacks that ship, one dialect, and nothing refused for its price. */
export const defaultTuneSettings: TuneSettings = {
  attacks: ['wafproof:attacks'],
  dialects: [],
  engines: [],
  endpoints: [],
  servers: [],
  /** The range that the CRS documentation leaves to local rules. */
  firstId: 10_000,
};
