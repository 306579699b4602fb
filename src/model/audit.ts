import type { Place } from './place.js';

/**
 * What an exclusion of the user's is worth.
 * - `needed`: a legitimate case is blocked without it, or a rule fires on one again.
 * - `broader`: it is needed, and takes away more than it has to.
 * - `insufficient`: legitimate cases that it is there for are blocked in spite of it.
 * - `idle`: every legitimate case comes out the same without it.
 */
export const auditVerdicts = ['idle', 'insufficient', 'broader', 'needed'] as const;

/** What an exclusion of the user's is worth, in a word. */
export type AuditVerdict = (typeof auditVerdicts)[number];

/**
 * What is known of a way to write an exclusion, whatever is sent.
 * - `silent`: it is loaded and does nothing.
 * - `partial`: it does less than it says.
 * - `broad`: it takes away more than it says, or than anyone means.
 * - `refused`: the engine does not load it.
 * - `misplaced`: it cannot work where it stands.
 */
export interface AuditNote {
  readonly kind: 'silent' | 'partial' | 'broad' | 'refused' | 'misplaced';
  /** The engine that this holds for. */
  readonly engine: string;
  readonly text: string;
}

/**
 * Why an exclusion is idle.
 * - `no-effect`: it does nothing on this engine.
 * - `redundant`: others do the same.
 * - `not-asked-for`: it has an effect, and no case has a use for it.
 * - `unknown`: nothing that was sent shows an effect.
 */
export type IdleReason = 'no-effect' | 'redundant' | 'not-asked-for' | 'unknown';

/** One exclusion in a file of the user's, and what became of the cases without it. */
export interface AuditEntry {
  readonly at: Place;
  /** As it is written. */
  readonly text: string;
  /** The requests that it acts on, such as `POST /notes`, `/app…` or `every request`. */
  readonly where: string;
  readonly verdict: AuditVerdict;
  /** Why, in a sentence. */
  readonly reason: string;
  /** With `idle`. */
  readonly idle?: IdleReason;
  /** Cases that are blocked without it. */
  readonly blockedWithout: readonly string[];
  /** Cases that pass without it, and on which one of its rules fires then. */
  readonly matchedWithout: readonly string[];
  /** Cases at its endpoint, or of its rules, that are blocked in spite of it. */
  readonly stillBlocked: readonly string[];
  /** A narrower exclusion that does the same for these cases, as configuration: proved on the engine. */
  readonly enough?: string;
  /** What would let the cases through that are still blocked, as configuration. */
  readonly missing?: string;
  readonly notes: readonly AuditNote[];
}
