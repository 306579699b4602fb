import { body, header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const impervaSystem: System = {
  id: 'imperva',
  name: 'Imperva',
  layer: 'edge',
  source: 'wafw00f, plugins/incapsula.py',
  rides: [
    header('x-iinfo'),
    header('x-cdn', /Imperva|Incapsula/i),
    header('set-cookie', /^(?:visid_incap|incap_ses|nlbi)_/),
  ],
  refusals: [
    {
      id: 'frame',
      by: 'page',
      all: [
        status(200, 403, 404, 405, 503),
        markup('/_Incapsula_Resource?'),
        markup('Request unsuccessful. Incapsula incident ID:'),
      ],
      cause: 'unknown',
      grade: 'proved',
      says: "Imperva's page in the place of an answer: a block or a challenge; the codes in it (edet, cinfo) tell which",
      or: ['edge/challenge', 'edge/waf-rule', 'edge/ip-denied'],
      next: 'edet in the address of the frame (12, 15 and 16 are what users post most), or the incident ID in Security Events',
    },
    {
      id: 'frame-bot',
      by: 'page',
      all: [
        status(200, 403, 404, 405, 503),
        markup('/_Incapsula_Resource?'),
        markup('Request unsuccessful. Incapsula incident ID:'),
        markup(/[?&]edet=12\b|cinfo=04000000/),
      ],
      cause: 'challenge',
      grade: 'likely',
      says: "Imperva's page in the place of an answer: the client is taken for a bot",
      or: ['edge/waf-rule'],
      seen: ['imperva/iframe'],
    },
    {
      id: 'frame-rule',
      by: 'page',
      all: [
        status(200, 403, 404, 405, 503),
        markup('/_Incapsula_Resource?'),
        markup('Request unsuccessful. Incapsula incident ID:'),
        markup(/[?&]edet=1[56]\b/),
      ],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Imperva's page in the place of an answer: a security rule blocked it",
      or: ['edge/challenge', 'edge/ip-denied'],
    },
    {
      id: 'script',
      by: 'page',
      all: [
        status(200, 403),
        markup('/_Incapsula_Resource?'),
        body(/^<html.{0,400}<(?:script|iframe)[^>]{0,200}_Incapsula_Resource/i),
      ],
      cause: 'challenge',
      grade: 'likely',
      says: "a page that holds nothing but Imperva's script: the client is to prove that it is a browser",
    },
    {
      id: 'pardon',
      by: 'page',
      all: [markup('Pardon Our Interruption'), markup('isImpervaSpaSupport')],
      cause: 'challenge',
      grade: 'proved',
      says: "the page of Imperva's bot protection",
      seen: ['imperva/pardon'],
    },
    {
      id: 'pardon-title',
      by: 'page',
      all: [title('Pardon Our Interruption'), status(403, 405, 429, 200)],
      cause: 'challenge',
      grade: 'likely',
      says: "the page of Imperva's bot protection (Distil)",
    },
    {
      id: 'error-page',
      by: 'page',
      all: [
        status(403, 503),
        markup('Powered by'),
        markup('imperva.com'),
        markup('Request unsuccessful. Incapsula incident ID:'),
      ],
      cause: 'waf-rule',
      grade: 'possible',
      says: "Imperva's error page",
      or: ['edge/challenge', 'edge/upstream-down'],
    },
    {
      id: 'code-page',
      by: 'page',
      all: [markup(/Error (?:code|Code):? ?(?:1[56]|2[0-9])\b/), markup(/incident ID/i), header('x-iinfo')],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Imperva's error page with a code: 15 and 16 are security rules",
      or: ['edge/ip-denied'],
    },
  ],
  fixes: {
    'waf-rule':
      'look the incident ID up in Security Events of the site: it names the rule; add an exception for it at this URL and parameter',
    challenge:
      'allow-list the address of the test machine for the staging site (Bot Access Control), or have real browsers tested',
  },
  references: [{ page: /[Ii]ncident ID: ([\d-]{8,80})/, as: 'incident' }],
};
