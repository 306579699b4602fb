import { type CodeRow, patternsOf } from '../../code-rows.js';
import { logged, no, status } from '../../sign.js';
import type { System } from '../../system.js';

/** What the message of a line holds. */
const messages: readonly (readonly [is: RegExp, ...row: CodeRow])[] = [
  [
    /writ(?:e)?able by (?:others|group)/,
    'writable',
    'file-permission',
    'the script or its folder may be written by others than its owner',
  ],
  [
    /(?:target )?uid\/gid \(.{1,40}\) mismatch|Mismatch between target [UG]ID/i,
    'owner',
    'file-permission',
    'the script or its folder is of another owner than the user that it is to run as',
  ],
  [
    /smaller than min_[ug]id|cannot run as forbidden [ug]id|invalid target (?:user|group)/,
    'user',
    'file-permission',
    'the script is of a user that no script may run as',
  ],
  [
    /file has no execute permission|file is either setuid or setgid/,
    'mode',
    'script-not-executable',
    'the mode of the script is wrong',
  ],
  [
    /command not in docroot|not within (?:configured )?docroot|invalid command/,
    'place',
    'path-denied',
    'the script lies outside of the folder that scripts may run in',
  ],
  [
    /cannot (?:stat|get docroot|get cwd|open|chdir)|could not (?:open|stat)/i,
    'access',
    'file-permission',
    'the script or a folder above it cannot be read',
  ],
];

export const suexecSystem: System = {
  id: 'suexec',
  name: 'suexec and suPHP',
  layer: 'runtime',
  source: 'https://httpd.apache.org/docs/2.4/suexec.html',
  rides: [],
  refusals: messages.flatMap(([is, ...row]) =>
    patternsOf([row], (id) => ({
      id,
      by: 'log',
      all: [logged('suexec', is), no(status(200, 201, 204, 301, 302, 304))],
      grade: 'proved',
    })),
  ),
  fixes: {
    'file-permission':
      'the line names file or folder: `namei -l` on it; folders 755, files 644 (scripts 755), owner and group the user that the virtual host names (SuexecUserGroup); then request it again',
    'script-not-executable': 'chmod 755 the script, without setuid and setgid; then request it again',
    'path-denied':
      'put the script below the docroot that `suexec -V` names (AP_DOC_ROOT; docroot in suphp.conf), owned by its user; then request it again',
  },
};
