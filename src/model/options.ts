import type { WafKind } from './report.js';
import type { TargetOptions } from './target-options.js';

/** Which cases of the suites are meant. */
export interface Selection {
  /** Only cases whose id or title contains this text. */
  readonly grep?: string;
  /** Only cases with at least one of these tags. */
  readonly tags: readonly string[];
  /** One of `total` parts of the cases; both start at 1. */
  readonly shard?: { readonly index: number; readonly total: number };
}

/** Options of the embedded engine. */
export interface EngineOptions {
  /** Path of libmodsecurity 3, where it is not in a usual place. */
  readonly library?: string;
  readonly crs?: string;
  readonly crsSetup?: string;
  readonly paranoia?: number;
  readonly threshold?: number;
  readonly rulesBefore: readonly string[];
  readonly rulesAfter: readonly string[];
  readonly workers?: number;
}

export interface CheckOptions {
  /** Whose engine evaluates; default: the first that there is. */
  readonly waf?: WafKind;
  readonly suites: readonly string[];
  readonly select: Selection;
  readonly engine: EngineOptions;
  readonly timeoutMs: number;
  /** Where the values of `!random` come from. */
  readonly seed?: number;
}

export interface RunOptions {
  readonly suites: readonly string[];
  readonly select: Selection;
  readonly target: TargetOptions;
  /** How often each case is sent; default 1. */
  readonly repeat?: number;
  /** Where the values of `!random` come from. */
  readonly seed?: number;
  /** The engine and the rules on this machine, for what the log leaves out; default: what is installed. */
  readonly engine?: EngineOptions;
  /** Where the run writes down what it has done, and whether it goes on from what is there; default: nowhere. */
  readonly journal?: { readonly folder: string; readonly resume: boolean };
}

export interface DoctorOptions {
  readonly target: TargetOptions;
  /** Suites whose largest case must fit; may be none. */
  readonly suites: readonly string[];
  /** One harmless attack may be sent where the target does not allow attack cases. */
  readonly canary: boolean;
}

/**
 * How a server of the lab tells what its rules did: an audit log in JSON or in the native format of the engine in one
 * file, an audit log with a file for each request beside an index, or nothing but the lines in the server's error log.
 */
export type LogFormat = 'json' | 'native' | 'concurrent' | 'error';

export interface LabOptions {
  /** Who runs the rules: `embedded`, an engine in processes of our own (the default), or an installed server. */
  readonly waf?: string;
  readonly engine: EngineOptions;
  /** Port on 127.0.0.1; 0 lets the system choose. */
  readonly port: number;
  readonly mode: 'block' | 'detect';
  /** Where the log is written. */
  readonly auditLog?: string;
  /** What the log looks like; default `json`. The embedded engine knows no other. */
  readonly logFormat?: LogFormat;
  /** Where requests go that pass; an echo application by default. */
  readonly upstream?: string;
}
