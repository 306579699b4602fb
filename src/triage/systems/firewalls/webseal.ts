import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const websealSystem: System = {
  id: 'webseal',
  name: 'IBM WebSEAL',
  layer: 'gateway',
  source: 'wafw00f, plugins of that name',
  rides: [header('server', /^WebSEAL/)],
  refusals: [
    {
      id: 'forbidden',
      by: 'page',
      all: [
        status(403),
        markup(/WebSEAL server (?:error|received)|DPWWA\d{4}E|HPDIA\d{4}/),
        title(/Forbidden|Access Denied|Third-party|Server Error/i),
      ],
      cause: 'not-authorized',
      grade: 'likely',
      says: "WebSEAL's policy refuses the user",
    },
    {
      id: 'bad',
      by: 'page',
      all: [
        status(400),
        markup(/This is a WebSEAL error message template file|The WebSEAL server received an invalid HTTP request/),
      ],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'WebSEAL could not understand the request',
    },
  ],
  fixes: {
    'not-authorized':
      '`pdadmin> object show /WebSEAL/…` and `acl show` name the ACL: grant the permission to the group of the user (`acl modify NAME set group G rx`), and send the request again',
    'malformed-request':
      'the DPWWA code on the page names what is wrong: msg__webseald.log has it with the URL; correct the request or dynurl / junction settings in the WebSEAL configuration file, and send it again',
  },
};
