import { header, markup, no, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const stackpathSystem: System = {
  id: 'stackpath',
  name: 'StackPath',
  layer: 'edge',
  source: 'wafw00f, plugins of that name',
  rides: [header('x-sp-url')],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [
        status(403),
        markup(/StackPath/),
        markup(
          /You performed an action that triggered the service and blocked your request|This website is using a security service/,
        ),
      ],
      cause: 'waf-rule',
      grade: 'proved',
      says: "StackPath's page",
      or: ['waf/waf-rule', 'edge/ip-denied'],
    },
    {
      id: 'title',
      by: 'page',
      all: [
        status(403),
        title(/StackPath/),
        markup(/sitelock|security check|validat/i),
        no(markup('blocked your request')),
      ],
      cause: 'challenge',
      grade: 'likely',
      says: "StackPath's page",
    },
  ],
  fixes: {
    'waf-rule':
      'control panel > WAF > Requests: the reference names the rule; add a custom rule that allows this URL and address for it, and send the request again',
    challenge:
      'control panel > WAF > Rules: allow the address of the test machine; then the same request has to come through without the validation',
  },
};
