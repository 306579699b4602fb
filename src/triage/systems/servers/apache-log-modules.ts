import { logged, status } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';

/** Of Apache httpd: lines of its log of which little more than the module is known. */
export const apacheLogModules: readonly RefusalPattern[] = [
  {
    id: 'no-provider',
    by: 'log',
    all: [status(500), logged('apache-error', /^AH0(?:1796|2454|0027|0026|1612|3489): /)],
    cause: 'internal-error',
    grade: 'proved',
    says: 'the configuration of authentication or authorization is not whole',
  },
  {
    id: 'dav',
    by: 'log',
    all: [status(400, 403, 405, 409, 412, 422, 423, 424, 500, 507), logged('apache-error', 'dav', 'module')],
    cause: 'file-permission',
    grade: 'likely',
    says: 'mod_dav cannot write: the lock database, or the folder',
    instead: ['any-error-500'],
    or: ['server/internal-error', 'server/not-authorized'],
    fix: '`namei -l PATH` as the user of the server: it has to write the folder and the file of DavLockDB; chown both to it (755 and 644), and send the request again',
  },
  {
    id: 'php-failed',
    by: 'log',
    all: [
      status(500),
      logged(
        'apache-error',
        /^(?:PHP (?:Fatal|Parse|Recoverable fatal) error|(?:AH01071: Got error '|script ').{0,300}PHP message: PHP Fatal)/,
      ),
    ],
    cause: 'internal-error',
    layer: 'application',
    grade: 'proved',
    says: 'the script of the application failed, at the place that the line names',
    instead: ['any-error-500', 'proxy-error'],
    or: ['runtime/internal-error'],
  },
  {
    id: 'suexec-policy',
    by: 'log',
    all: [status(500), logged('apache-error', /suexec policy violation: see suexec log|^suexec failure: /)],
    cause: 'file-permission',
    layer: 'runtime',
    grade: 'likely',
    says: 'suexec does not run the script: owner, mode or place of it are not as it wants them; its own log says which',
    instead: ['any-error-500', 'cgi-output'],
    or: ['server/script-not-executable'],
    next: 'the suexec log (`apachectl -V` or `suexec -V` name it) at that time',
    source: 'https://httpd.apache.org/docs/2.4/suexec.html',
  },
  {
    id: 'any-error-500',
    by: 'log',
    all: [status(500), logged('apache-error', /^(?:error|crit|alert|emerg)$/, 'level')],
    cause: 'internal-error',
    grade: 'likely',
    says: 'a module of the server failed, and says why',
    or: ['server/file-permission', 'runtime/internal-error'],
  },
  {
    id: 'any-denied',
    by: 'log',
    all: [
      status(403),
      logged('apache-error', /^AH\d{5}: (?:access to|client denied|user \S{1,200}: authorization failure)/),
    ],
    cause: 'path-denied',
    grade: 'possible',
    says: 'a module of the server denies it',
    or: ['server/not-authorized', 'server/file-permission'],
  },
];
