import { heading, markup, status, title } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';

/** Of nginx: its pages for statuses that are seldom met. */
export const nginxPagesRare: readonly RefusalPattern[] = [
  {
    id: 'stock-409',
    by: 'stock',
    all: [status(409), title('409 Conflict'), heading('409 Conflict'), markup('<hr><center>nginx')],
    cause: 'business-rule',
    grade: 'likely',
    says: 'nginx (DAV) says that the state of the file does not allow it',
  },
  {
    id: 'stock-410',
    by: 'stock',
    all: [status(410), title('410 Gone'), heading('410 Gone'), markup('<hr><center>nginx')],
    cause: 'not-found',
    grade: 'likely',
    says: 'a `return 410` of the configuration says that it is gone',
  },
  {
    id: 'stock-411',
    by: 'stock',
    all: [status(411), title('411 Length Required'), heading('411 Length Required'), markup('<hr><center>nginx')],
    cause: 'malformed-request',
    grade: 'likely',
    says: 'nginx wants Content-Length here',
  },
  {
    id: 'stock-412',
    by: 'stock',
    all: [
      status(412),
      title('412 Precondition Failed'),
      heading('412 Precondition Failed'),
      markup('<hr><center>nginx'),
    ],
    cause: 'business-rule',
    grade: 'likely',
    says: 'a condition of the request does not hold',
  },
  {
    id: 'stock-415',
    by: 'stock',
    all: [
      status(415),
      title('415 Unsupported Media Type'),
      heading('415 Unsupported Media Type'),
      markup('<hr><center>nginx'),
    ],
    cause: 'content-type-denied',
    grade: 'likely',
    says: 'nginx (DAV) takes no such body',
  },
  {
    id: 'stock-505',
    by: 'stock',
    all: [
      status(505),
      title('505 HTTP Version Not Supported'),
      heading('505 HTTP Version Not Supported'),
      markup('<hr><center>nginx'),
    ],
    cause: 'malformed-request',
    grade: 'likely',
    says: 'the version of HTTP is not supported',
  },
  {
    id: 'stock-507',
    by: 'stock',
    all: [
      status(507),
      title('507 Insufficient Storage'),
      heading('507 Insufficient Storage'),
      markup('<hr><center>nginx'),
    ],
    cause: 'quota',
    grade: 'likely',
    says: 'the disk is full',
  },
];
