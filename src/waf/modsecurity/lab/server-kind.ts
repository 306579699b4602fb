import { scratchFolder } from '../../../lab/lab-folder.js';
import type { WorkerUser } from '../../../lab/worker-user.js';
import type { Place } from '../../../model/place.js';
import type { ModsecurityVersion } from '../user-rules/modsecurity-version.js';

/** A web server with ModSecurity in it: what it is called, where it lies, how it is configured and started. */
export interface ServerKind {
  readonly name: string;
  readonly engine: ModsecurityVersion;
  /** Debian's packages that it takes. */
  readonly packages: readonly string[];
  /** Where the program may be, in the order in which the places are tried. */
  readonly programs: readonly string[];
  /** Folders of its modules, in the order in which they are tried. */
  readonly moduleFolders: readonly string[];
  /** The module with the WAF. */
  readonly module: string;
  /** Where its package puts the table of Unicode characters that fold to ASCII. */
  readonly unicodeMap: string;
  /** The server's own configuration, which loads the file `modsecurity.conf` beside it. */
  configuration(plan: ServerPlan): string;
  /** Arguments that start it in the foreground with `server.conf` of a folder. */
  startArguments(folder: string): readonly string[];
  /** Arguments that test the configuration and start nothing. */
  testArguments(folder: string): readonly string[];
  /** What it stumbled over, and where, of all that it said. */
  findFault(output: string): ConfigFault;
}

/** What the configuration of a server depends on. Paths are relative to its folder or absolute. */
export interface ServerPlan {
  readonly port: number;
  /** The application behind it. */
  readonly upstream: URL;
  readonly errorLog: string;
  readonly modules: string;
  readonly workers: number;
  /** User that the worker processes run as; absent where the server is not started by root. */
  readonly user?: WorkerUser;
}

/** What a server says of a configuration that it does not take. */
export interface ConfigFault {
  readonly reason: string;
  /** Absent where it names none. */
  readonly place?: Place;
}

/** Files and folders in the folder of a lab. */
export const labFiles = {
  server: 'server.conf',
  rules: 'modsecurity.conf',
  unicodeMap: 'unicode.mapping',
  errorLog: 'error.log',
  scratch: scratchFolder,
};
