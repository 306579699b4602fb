import { header } from '../../sign.js';
import type { System } from '../../system.js';

export const urlscanSystem: System = {
  id: 'urlscan',
  name: 'Microsoft URLScan',
  layer: 'server',
  source: 'wafw00f, plugins of that name',
  rides: [],
  refusals: [
    {
      id: 'location',
      by: 'header',
      all: [header('location', /\/Rejected-By-UrlScan/i)],
      cause: 'path-denied',
      grade: 'proved',
      says: 'URLScan refuses the URL',
    },
  ],
  fixes: {
    'path-denied':
      'URLScan.log names the section that refused it ([DenyExtensions], [DenyUrlSequences], [AllowVerbs]): take the one entry out of UrlScan.ini, restart IIS, and send the request again',
  },
};
