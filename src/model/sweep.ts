import type { WafInfo } from './report.js';

/** Values of the settings of a WAF that are tried, by the name of the setting. */
export type SweepParameters = ReadonlyMap<string, readonly number[]>;

/** One value for each setting, by its name. */
export type SettingValues = Readonly<Record<string, number>>;

/** What a setting comes to. */
export interface SweptSetting {
  readonly values: SettingValues;
  /** Legitimate cases that are blocked. */
  readonly falsePositives: number;
  /** Attacks that are blocked. */
  readonly detected: number;
  /** Legitimate cases, and attacks, of which the engine cannot say what becomes of them. */
  readonly undecided: { readonly legitimate: number; readonly attacks: number };
}

/** What the settings of one rule set come to. */
export interface SweptRuleSet {
  /** As it was named. */
  readonly name: string;
  readonly waf: WafInfo;
  /** How many requests were evaluated; the rest was computed. */
  readonly evaluated: number;
  readonly settings: readonly SweptSetting[];
}

/** What each setting costs in false positives, and what it detects. Plain JSON. */
export interface SweepReport {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'wafproof'; readonly version: string };
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly cases: { readonly legitimate: number; readonly attacks: number };
  /** The sweep ended before all cases were evaluated; what is here is valid for those that were. */
  readonly interrupted?: string;
  readonly ruleSets: readonly SweptRuleSet[];
}
