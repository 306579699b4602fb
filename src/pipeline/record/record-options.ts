import type { CheckOptions, LabOptions } from '../../model/options.js';
import type { StreamedReport } from '../../model/report.js';
import type { LeftOut, NeededValue } from '../../record/import-format.js';

/** What is recorded in a browser, and where it goes. Paths are relative to the world's `cwd`. */
export interface RecordBrowserOptions {
  /** Where the browser begins: `https://shop.test/admin/`. */
  readonly url: string;
  /** Who asks, where the server wants to know that before anything else (RFC 7617). */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** The folder that the suites are written into. */
  readonly out: string;
  /** The name of the suite's file, without `.yaml`. */
  readonly name: string;
  /** Files that are there are overwritten. */
  readonly force: boolean;
  /** Applications besides that of the address whose requests are wanted: `https://api.shop.test`. */
  readonly origins: readonly string[];
  /** GET and HEAD are wanted as well. */
  readonly keepGet: boolean;
  /** In a window that a person uses. */
  readonly headed: boolean;
  /** Modules that drive the page: one that logs in, one that does what is recorded in the place of a person. */
  readonly login?: string;
  readonly script?: string;
  /** Cookies and storage of an earlier browser, as Playwright saves them. They are read, and never written. */
  readonly storage?: string;
  /** A file for an HTTP archive of what was recorded. */
  readonly har?: string;
  /** Addresses of names that the name service does not know: `shop.test` to `127.0.0.1:8080`. */
  readonly addresses: ReadonlyMap<string, string>;
  /** A file of certificates to trust beside those that Node trusts. */
  readonly ca?: string;
  /** Forms are searched on so many pages, and submitted where that is wanted. */
  readonly crawl?: { readonly pages: number; readonly submits: boolean };
  /** The WAF that the browser goes through; absent: none. */
  readonly through?: Pick<LabOptions, 'mode'> & { readonly lab: string } & Pick<CheckOptions, 'waf' | 'engine'>;
  /** Hears of each case as it comes. */
  readonly tell: (line: string) => void;
}

/** What a recording came to. */
export interface Recorded {
  /** What a WAF that blocks would have refused; absent where none was asked. */
  readonly report?: StreamedReport;
  /** What was written, below the world's `cwd`. */
  readonly files: readonly { readonly file: string; readonly cases: number }[];
  /** Requests that went by. */
  readonly found: number;
  readonly leftOut: readonly LeftOut[];
  readonly notes: readonly string[];
  readonly needed: readonly NeededValue[];
}
