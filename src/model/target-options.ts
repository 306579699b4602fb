import type { WafKind } from './report.js';
import type { SessionOptions } from './session-options.js';

/** Where requests go. */
export interface Destination {
  /** `http:` or `https:`; its path is put before that of every request. */
  readonly url: string;
  /** `Host` of requests that bring none, and the name to ask for in TLS; default: as in the URL. */
  readonly host?: string;
  /** A file with certificates, in PEM, that are trusted beside those that Node trusts. */
  readonly ca?: string;
  /** Accept any certificate. */
  readonly insecure?: boolean;
}

/** Where a log is: a file, a folder with a file for each entry, `-` for standard input, or the output of a shell command. */
export type LogPlace = string | { readonly command: string };

/** One log, or several that complete each other, such as an audit log and an error log. */
export interface LogPlaces {
  readonly log?: LogPlace | readonly LogPlace[];
  /** From when on entries of the past are read too: an ISO 8601 time, or how long ago (`90s`, `10m`, `2h`, `1d`). */
  readonly since?: string;
}

/** Which WAF a target has, and where its log is. A WAF that needs to know more has options of its own, which extend these. */
export interface WafOptions extends LogPlaces {
  readonly kind: WafKind;
  /** Of AWS WAF: the ARN of the web ACL, or a file with it. */
  readonly webAcl?: string;
  /** Of AWS WAF: its region, where neither the ARN nor the surroundings tell. */
  readonly region?: string;
  /** Of AWS WAF: samples are asked for. */
  readonly samples?: boolean;
  /** Of AWS WAF: where logs are that are no `log`: a log group, or a URL of S3. */
  readonly logs?: { readonly cloudwatch: string } | { readonly s3: string };
}

/** A named place to send cases to. */
export interface TargetOptions extends Destination {
  readonly name: string;
  readonly waf: WafOptions;
  readonly connections: number;
  /** Requests a second; no limit when absent. */
  readonly rate?: number;
  /** After this many failures in a row nothing more is sent; 0: never; default 20. */
  readonly maxFailures?: number;
  readonly timeoutMs: number;
  /** How long to wait for the log entry of a request, in milliseconds; default: as long as its log usually takes. */
  readonly logWaitMs?: number;
  /** Attack cases are sent. */
  readonly attacks: boolean;
  readonly insecure: boolean;
  readonly session?: SessionOptions;
}
