import type { AuditEntry } from '../model/audit.js';
import type { DoctorCheck } from '../model/diagnosis.js';
import type { ExclusionOutcome } from '../model/exclusion.js';
import type { RunReport } from '../model/report.js';
import type { Cause } from '../model/triage.js';

/** 0: nothing to report; 1: findings; 2: the job could not be done; others are those of a command that was run. */
export type ExitCode = number;

/** What a command came to. */
export type CommandOutcome =
  /** It did what was asked, and there is nothing to find in it. */
  | { readonly kind: 'done' }
  /** It could not do what was asked. */
  | { readonly kind: 'failed' }
  /** Cases were judged. `isUsersEnd`: the user had the job end. */
  | { readonly kind: 'judged'; readonly report: Judged; readonly isUsersEnd: boolean }
  /** The same where the findings are what is to be shown. */
  | { readonly kind: 'demonstrated'; readonly report: Judged; readonly isUsersEnd: boolean }
  | (Ended & { readonly kind: 'tuned'; readonly proofs: readonly Proof[] })
  | (Ended & { readonly kind: 'audited'; readonly entries: readonly Pick<AuditEntry, 'verdict'>[] })
  | { readonly kind: 'diagnosed'; readonly checks: readonly Pick<DoctorCheck, 'status'>[] }
  /** Two runs were compared. `isWorse`: something does not come out well any more. */
  | { readonly kind: 'compared'; readonly isWorse: boolean }
  /** Settings were tried side by side. */
  | { readonly kind: 'swept'; readonly isUsersEnd: boolean }
  | { readonly kind: 'imported'; readonly suites: number }
  /** A command was recorded, which ended with an exit code of its own. */
  | { readonly kind: 'recorded'; readonly report: Judged; readonly isUsersEnd: boolean; readonly commandCode: number }
  /** Logs were read, in which so many transactions were refused, or would have been. */
  | { readonly kind: 'logged'; readonly refused: number }
  /** A refusal was looked into. */
  | { readonly kind: 'triaged'; readonly cause: Cause };

/** How a job ended that was not done. */
interface Ended {
  readonly interrupted?: string;
  readonly isUsersEnd?: boolean;
}

type Judged = Pick<RunReport, 'interrupted'> & {
  readonly summary: Pick<RunReport['summary'], 'unexpected' | 'accepted'>;
};

/** What one engine or server says of exclusions. */
type Proof = Pick<ExclusionOutcome, 'stillBlocked' | 'newlyBlocked' | 'tooBroad' | 'siblingsBlocked'>;

/** How a command tells the shell what it came to. */
export function exitCode(outcome: CommandOutcome): ExitCode {
  switch (outcome.kind) {
    case 'done':
      return 0;
    case 'failed':
      return 2;
    case 'judged':
      return ofReport(outcome.report, outcome.isUsersEnd);
    case 'demonstrated':
      return ofDemonstration(outcome.report, outcome.isUsersEnd);
    case 'tuned':
      return ofEnded(outcome) ?? (outcome.proofs.length > 0 && outcome.proofs.every(holds) ? 0 : 1);
    case 'audited':
      return ofEnded(outcome) ?? (outcome.entries.every(({ verdict }) => verdict === 'needed') ? 0 : 1);
    case 'diagnosed':
      return oneWhere(outcome.checks.some(({ status }) => status === 'failed'));
    case 'compared':
      return oneWhere(outcome.isWorse);
    case 'swept':
      return oneWhere(outcome.isUsersEnd);
    case 'imported':
      return outcome.suites > 0 ? 0 : 2;
    case 'recorded':
      return outcome.commandCode === 0 ? ofReport(outcome.report, outcome.isUsersEnd) : outcome.commandCode;
    case 'triaged':
      return oneWhere(outcome.cause === 'unknown');
    case 'logged':
      return oneWhere(outcome.refused > 0);
  }
}

function oneWhere(isFound: boolean): ExitCode {
  return isFound ? 1 : 0;
}

/** A job that was ended before it was done; nothing where it was not. */
function ofEnded({ interrupted, isUsersEnd }: Ended): ExitCode | undefined {
  if (interrupted === undefined) return undefined;
  return isUsersEnd === true ? 1 : 2;
}

/** A job that ended early because it could not go on is not done; one that the user ended has its findings. */
function ofReport({ summary, interrupted }: Judged, isUsersEnd: boolean): ExitCode {
  if (interrupted !== undefined) return isUsersEnd ? 1 : 2;
  return summary.unexpected === (summary.accepted ?? 0) ? 0 : 1;
}

/** False positives are what it is there to show: with them it has done its job. */
function ofDemonstration(report: Judged, isUsersEnd: boolean): ExitCode {
  const code = ofReport(report, isUsersEnd);
  return code === 1 && !isUsersEnd ? 0 : code;
}

/** Every false positive passes, and nothing else has changed. */
function holds({ stillBlocked, newlyBlocked, tooBroad, siblingsBlocked = [] }: Proof): boolean {
  return [stillBlocked, newlyBlocked, tooBroad, siblingsBlocked].every((ids) => ids.length === 0);
}
