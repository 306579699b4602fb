import { header, json, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const humanSystem: System = {
  id: 'human',
  name: 'HUMAN (PerimeterX)',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('set-cookie', /^_px(?:hd|vid|3)?=/)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [
        status(403, 429),
        markup(/px-captcha|client\.perimeterx\.net|captcha\.px-cdn\.net/),
        markup(/_pxAppId|Access to this page has been denied/),
      ],
      cause: 'challenge',
      grade: 'proved',
      says: "HUMAN's captcha",
    },
    {
      id: 'json',
      by: 'code',
      all: [status(403), json('appId', /^PX\w{2,20}$/), json('blockScript')],
      cause: 'challenge',
      grade: 'proved',
      says: "HUMAN's captcha for API calls",
    },
    {
      id: 'json-block',
      by: 'code',
      all: [status(403, 429), json('appId', /^PX\w{2,20}$/), json('jsClientSrc')],
      cause: 'challenge',
      grade: 'proved',
      says: "HUMAN's captcha for API calls",
    },
  ],
  fixes: {
    challenge:
      'HUMAN console > Bot Defender > Policy > Access rules: allow the address or a secret header of the test machine; then the same request has to come through without the px-captcha page',
  },
};
