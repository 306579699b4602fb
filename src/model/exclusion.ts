import type { Variable } from './evidence.js';

/** What an exclusion takes away: one variable from the rules, or the rules themselves. */
export type ExclusionEffect = 'remove-target' | 'remove-rule';

/**
 * Where an exclusion applies. With method and path it acts on requests of one endpoint only; without, on every request.
 */
export interface ExclusionScope {
  readonly method?: string;
  /** The path without query, as the application sees it. */
  readonly path?: string;
}

/** What was blocked before an exclusion and is let through after it, of the attacks sent through the same field. */
export interface DetectionLoss {
  readonly lost: number;
  readonly blockedBefore: number;
}

/** An engine-neutral change that clears findings. */
export interface Exclusion {
  /** Stable across runs: made from effect, variable and scope. */
  readonly id: string;
  readonly findings: readonly string[];
  readonly effect: ExclusionEffect;
  readonly ruleIds: readonly number[];
  /** The variable that is taken from the rules; absent for `remove-rule`. */
  readonly variable?: Variable;
  readonly scope: ExclusionScope;
  /** Why no narrower form works, where this one is wider than a named target in a scope of method and path. */
  readonly widerBecause?: string;
  readonly detectionLoss?: DetectionLoss;
}

/** What a real engine said of a set of exclusions. */
export interface Verification {
  readonly engine: string;
  /** False positives that pass now. */
  readonly cleared: readonly string[];
  readonly stillBlocked: readonly string[];
  /** Legitimate cases that passed before and are blocked now. */
  readonly newlyBlocked: readonly string[];
  /** Attacks that were blocked before and pass now, as `class: payload`. */
  readonly attacksLost: readonly string[];
  /** Exclusions whose rule no longer fires on the same payload elsewhere: on a neighbouring path, method or field. */
  readonly tooBroad: readonly string[];
}
