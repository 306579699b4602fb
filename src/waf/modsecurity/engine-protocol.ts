import type { WireRequest } from '../../model/request.js';

/** One piece of configuration: a file, or text of our own with a name for messages. */
export type RulePart = { readonly file: string } | { readonly name: string; readonly text: string };

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
  /** Several jobs in one message: what a message costs, in both processes, is paid once for all of them. */
  | { readonly kind: 'evaluate'; readonly jobs: readonly Job[] };

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
