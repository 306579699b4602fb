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
};
