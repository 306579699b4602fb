import { logged, no, status } from '../../sign.js';
import type { System } from '../../system.js';

export const selinuxSystem: System = {
  id: 'selinux',
  name: 'SELinux',
  layer: 'os',
  source: 'https://access.redhat.com/documentation; https://github.com/richm/scripts/pull/20',
  rides: [],
  refusals: [
    {
      id: 'denied',
      by: 'log',
      all: [
        logged('selinux', 'denied', 'result'),
        no(logged('selinux', '1', 'permissive')),
        no(status(200, 201, 204, 301, 302, 304)),
      ],
      cause: 'mandatory-access-control',
      grade: 'proved',
      says: "SELinux denied the server's process what it wanted",
      or: ['os/file-permission'],
      seen: ['apache/selinux-open'],
    },
    {
      id: 'prevented',
      by: 'log',
      all: [logged('selinux', /./), logged('selinux', /./, 'permission'), no(status(200, 201, 204, 301, 302, 304))],
      cause: 'mandatory-access-control',
      grade: 'proved',
      says: "setroubleshoot tells that SELinux prevented the server's process from what it wanted",
      or: ['os/file-permission'],
    },
  ],
  fixes: {
    'mandatory-access-control':
      '`ausearch -m AVC -ts recent | audit2why` says what is missing: `restorecon -Rv` the path, or `semanage fcontext -a -t httpd_sys_content_t` (httpd_sys_rw_content_t to write), or the boolean that it names (`setsebool -P httpd_can_network_connect on`); request it again, and look that no new line appears',
  },
};
