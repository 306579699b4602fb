import type { WafKind } from './report.js';
import type { Selection } from './selection.js';
import type { TargetOptions } from './target-options.js';

/** Options of the embedded engine. Its paths are relative to the working directory of the process. */
export interface EngineOptions {
  /** Path of libmodsecurity 3, where it is not in a usual place. */
  readonly library?: string;
  /** A Core Rule Set: a folder that holds `rules/`; default: the one that is installed. */
  readonly crs?: string;
  /** Settings of the Core Rule Set; default: the `crs-setup.conf` beside it. */
  readonly crsSetup?: string;
  /** Paranoia level, 1 to 4; default: as the settings say. */
  readonly paranoia?: number;
  /** The inbound anomaly score that blocks, in points; default: as the settings say. */
  readonly threshold?: number;
  /** Files of rules that are loaded before the Core Rule Set. */
  readonly rulesBefore: readonly string[];
  /** Files of rules that are loaded after it. */
  readonly rulesAfter: readonly string[];
  /** Rules of these files may run programs and open connections, as `exec` and `@inspectFile` do; by default they are refused. */
  readonly allowExec?: boolean;
  /** How many processes evaluate at once; default: one a core. */
  readonly workers?: number;
  /** Of AWS WAF: files with a web ACL and with what it refers to. */
  readonly acl?: readonly string[];
  /** Of AWS WAF: what stands before the application, such as `alb`; default: by the ACL's scope. */
  readonly front?: string;
}

/** The engine and the rules that are installed, as they are. */
export const installedEngine: EngineOptions = { rulesBefore: [], rulesAfter: [] };

/** What `check` is to do. */
export interface CheckOptions {
  /** Whose engine evaluates; default: the first that there is. */
  readonly waf?: WafKind;
  /** Files, folders or globs, relative to the world's `cwd`. */
  readonly suites: readonly string[];
  /** Default: every case. */
  readonly select?: Partial<Selection>;
  /** Default: what is installed. */
  readonly engine?: Partial<EngineOptions>;
  /** How long one request may take, in milliseconds; default 60 000. */
  readonly timeoutMs?: number;
  /** Where the values of `!random` come from. */
  readonly seed?: number;
}

/** What may be asked of a target after a run to see why it refuses. */
export interface TriageOptions {
  /** How many endpoints at most; default 20. */
  readonly endpoints?: number;
  /** Requests may go out that may change something: harmless bodies to the paths of the cases. Default: none does. */
  readonly allowChanges?: boolean;
}

/** What `run` is to do. */
export interface RunOptions {
  /** Files, folders or globs, relative to the world's `cwd`. */
  readonly suites: readonly string[];
  /** Default: every case. */
  readonly select?: Partial<Selection>;
  readonly target: TargetOptions;
  /** How often each case is sent; default 1. */
  readonly repeat?: number;
  /** Where the values of `!random` come from. */
  readonly seed?: number;
  /** The engine and the rules on this machine, for what the log leaves out; default: what is installed. */
  readonly engine?: Partial<EngineOptions>;
  /** Ask a few requests more of each endpoint that refuses cases for an unknown reason; default: none is sent. */
  readonly triage?: TriageOptions;
  /** Where the run writes down what it has done, and whether it goes on from what is there; default: nowhere. */
  readonly journal?: { readonly folder: string; readonly resume: boolean };
}

/** What `doctor` is to look at. */
export interface DoctorOptions {
  readonly target: TargetOptions;
  /** Suites whose largest case must fit; default: none. */
  readonly suites?: readonly string[];
  /** One harmless attack may be sent where the target does not allow attack cases; default: none is. */
  readonly canary?: boolean;
}

/**
 * How a server of the lab tells what its rules did: an audit log in JSON or in the native format of the engine in one
 * file, an audit log with a file for each request beside an index, or nothing but the lines in the server's error log.
 */
export type LogFormat = 'json' | 'native' | 'concurrent' | 'error';

/** The server that the lab is to start, and before what. */
export interface LabOptions {
  /** Who runs the rules: `embedded`, an engine in processes of our own (the default), or an installed server. */
  readonly waf?: string;
  /** The rules; how many processes evaluate them is for the embedded engine only. */
  readonly engine: EngineOptions;
  /** Port on 127.0.0.1; 0 lets the system choose. */
  readonly port: number;
  /** Whether it refuses requests or only writes down what it would refuse. */
  readonly mode: 'block' | 'detect';
  /** Where the log is written. */
  readonly auditLog?: string;
  /** What the log looks like; default `json`. The embedded engine knows no other. */
  readonly logFormat?: LogFormat;
  /** Where requests go that pass; an echo application by default. */
  readonly upstream?: string;
  /** Of AWS WAF: a file with patterns in the place of managed rules, which AWS does not publish; default: a few of our own. */
  readonly approximations?: string;
}

/** What is said of a server of the lab; the rest is at its default. */
export interface StartLabOptions extends Partial<Omit<LabOptions, 'engine'>> {
  /** Default: what is installed. */
  readonly engine?: Partial<EngineOptions>;
}
