import { spawnSync } from 'node:child_process';

/** Somebody who installs the package. */
export interface User {
  readonly title: string;
  /** What a command line begins with to run as this user. */
  readonly prefix: readonly string[];
  /** Whom this user's folders are to be given to, where that is not who runs the tests. */
  readonly id?: number;
}

const nobody = 65_534;
const isRoot = process.getuid?.() === 0;
const maySudo = !isRoot && spawnSync('sudo', ['-n', 'true']).status === 0;

/** Who runs the tests. */
export const self: User = { title: isRoot ? 'root' : 'an ordinary user', prefix: [] };

const other: User = isRoot
  ? {
      title: 'an ordinary user',
      prefix: ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'],
      id: nobody,
    }
  : { title: 'root', prefix: ['sudo', '-n'] };

/** Root and somebody without root's rights. In CI nobody is left out: who cannot be had there makes a test fail. */
export function installers(): readonly User[] {
  if (isRoot || maySudo || process.env['CI']) return [self, other];
  process.stderr.write('package: WITHOUT ROOT: the test that installs the package as root is left out of this run\n');
  return [self];
}
