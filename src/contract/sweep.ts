import type { RuleId } from '../model/evidence.js';
import type { WafInfo } from '../model/report.js';
import type { WireRequest } from '../model/request.js';
import type { SettingValues } from '../model/sweep.js';

/** What becomes of a request under a setting. */
export type SweptOutcome = 'passed' | 'blocked' | 'undecided';

/** What becomes of a request under a setting, and for what. */
export interface SweptAnswer {
  readonly outcome: SweptOutcome;
  /** Points, where nothing but the score decides. */
  readonly score?: number;
  /** The rules that fire under the setting, each once and in ascending order. */
  readonly rules: readonly RuleId[];
}

/** The rules of a WAF on this machine, under several settings side by side. */
export interface Sweep {
  readonly info: WafInfo;
  readonly settings: readonly SettingValues[];
  /** How many requests it works on at once. */
  readonly workers: number;
  /** How many requests its engine has evaluated so far. */
  readonly evaluated: number;
  /** What each setting makes of a request, in the order of `settings`. */
  evaluate(request: WireRequest, correlationId: string): Promise<readonly SweptAnswer[]>;
  close(): Promise<void>;
}
