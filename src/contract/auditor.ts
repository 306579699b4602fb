import type { Attack } from '../model/attack.js';
import type { AuditEntry } from '../model/audit.js';
import type { EngineOptions } from '../model/options.js';
import type { RunReport } from '../model/report.js';
import type { TuneSettings } from '../model/tune-options.js';
import type { MatchStore } from './match-store.js';
import type { NoteStore } from './note-store.js';
import type { ProgressListener } from './progress.js';

/** Exclusions that a user has, and what they are to be held against. */
export interface AuditJob {
  /** Names of the files, relative to `cwd`. */
  readonly files: readonly string[];
  /** Its legitimate cases are what exclusions are there for. */
  readonly report: RunReport;
  readonly attacks: readonly Attack[];
  readonly engine: EngineOptions;
  readonly settings: TuneSettings;
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly progress: ProgressListener;
  /** What earlier jobs have found out; absent where nothing is to be kept. */
  readonly kept?: KeptForAudits;
}

/** What audits keep for later ones. */
export interface KeptForAudits {
  readonly matches: MatchStore;
  /** What was found out of each exclusion, so that an audit that was ended can go on. */
  readonly audits: NoteStore;
}

/** What an audit came to. */
export interface AuditResult {
  readonly entries: readonly AuditEntry[];
  /** What is missing, where the user ended it. */
  readonly interrupted?: string;
}

/** Tells of each exclusion in files of the user's what it is worth. */
export type Auditor = (job: AuditJob) => Promise<AuditResult>;
