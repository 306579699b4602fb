import type { WireRequest } from '../../model/request.js';

/** One piece of configuration: a file, or text of our own with a name for messages. */
export type RulePart =
  /** `isShared`: it is read once for all rule sets of a process that have it and its shared neighbours. */
  { readonly file: string; readonly isShared?: true } | { readonly name: string; readonly text: string };

/** A rule set that a process is to evaluate with. */
export interface RuleSetPlan {
  /** Its number among those of the engine. */
  readonly id: number;
  readonly parts: readonly RulePart[];
}

/** The number of the rule set that a process loads as it starts. */
export const firstRuleSet = 0;

/** What an engine process needs to know before it can evaluate requests. */
export interface EngineSetup {
  readonly library: string;
  /** The process's own folder, in which it works and keeps its audit log. */
  readonly folder: string;
  readonly parts: readonly RulePart[];
}

export interface Job {
  readonly id: string;
  readonly request: WireRequest;
}

export type ToEngine =
  | { readonly kind: 'setup'; readonly setup: EngineSetup }
  /**
   * Several jobs in one message: what a message costs, in both processes, is paid once for all of them.
   * `parts` are those of a rule set that the process does not have yet.
   */
  | {
      readonly kind: 'evaluate';
      readonly ruleSet: number;
      readonly parts?: readonly RulePart[];
      readonly jobs: readonly Job[];
    }
  /** The rule set is not needed any more. It is not answered. */
  | { readonly kind: 'drop'; readonly ruleSet: number };

/** What became of a job: the status the client would see, and the engine's audit log entry, if it wrote one. */
export interface JobResult {
  readonly id: string;
  readonly status: number;
  readonly durationMs: number;
  /** The engine's words, where it refused without any rule. */
  readonly reason?: string;
  readonly entry: Uint8Array | undefined;
}

export type FromEngine =
  | { readonly kind: 'ready'; readonly version: string }
  | { readonly kind: 'rules-invalid'; readonly part: RulePart; readonly error: string }
  | { readonly kind: 'start-failed'; readonly error: string }
  | { readonly kind: 'results'; readonly results: readonly JobResult[] };
