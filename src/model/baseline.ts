import type { VerdictKind } from './case.js';

/** Something that is known and accepted for a time: a finding, or a case that has none and does not come out as expected. */
export interface BaselineEntry {
  /** The id of the finding, or what `unexpectedId` makes of the case. */
  readonly id: string;
  /** What it is, for people. */
  readonly what: string;
  /** Why it is accepted. */
  readonly reason: string;
  /** The last day on which it is, as `2027-01-31`; absent: it is for ever. */
  readonly expires?: string;
}

/** What a baseline says of a run. */
export interface BaselineOutcome {
  /** The file, as the user named it. */
  readonly file: string;
  /** Seen in this run, and accepted. */
  readonly accepted: readonly BaselineEntry[];
  /** Seen in this run, and not accepted any more. */
  readonly expired: readonly BaselineEntry[];
  /** Not seen in this run, which had all cases. */
  readonly unseen: readonly BaselineEntry[];
  /** Ids of the cases that did not come out as expected for what is accepted only. */
  readonly cases: readonly string[];
}

/** What is said of entries that are new. */
export interface BaselineNotes {
  readonly reason: string;
  /** The last day; it is also given to entries that have expired. */
  readonly expires?: string;
}

/** A baseline as it is to be, and what became of its entries. */
export interface BaselineUpdate {
  readonly entries: readonly BaselineEntry[];
  readonly added: readonly BaselineEntry[];
  readonly dropped: readonly BaselineEntry[];
  /** They are seen, have expired, and stay as they are. */
  readonly expired: readonly BaselineEntry[];
}

/** The id of a case that did not come out as expected and has no finding; the same in each run. */
export function unexpectedId({
  id,
  verdict,
}: {
  readonly id: string;
  readonly verdict: { kind: VerdictKind };
}): string {
  return `${verdict.kind}-${id}`;
}
