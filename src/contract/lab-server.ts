import type { LabOptions, LogFormat } from '../model/options.js';
import type { WafInfo } from '../model/report.js';

/** A WAF-protected application on loopback that is up. */
export interface RunningLab {
  readonly url: string;
  readonly waf: WafInfo;
  /** What runs there, in a line: `ModSecurity 3.0.9, OWASP_CRS/3.3.4, …`. */
  readonly summary: string;
  /** Variables for the environment of who talks to it, such as the address of an API. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What to know of it, in sentences. */
  readonly notes?: readonly string[];
  close(): Promise<void>;
}

/** A way to put a WAF before an application on this machine. */
export interface LabServer {
  /** What `--waf` takes. */
  readonly name: string;
  /** How its log can be written, the usual form first. */
  readonly logFormats: readonly [LogFormat, ...LogFormat[]];
  /** Its log has an entry of every request. */
  start(options: LabOptions): Promise<RunningLab>;
}
