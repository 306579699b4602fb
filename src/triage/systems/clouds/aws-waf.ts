import { header, json, logged, status } from '../../sign.js';
import type { System } from '../../system.js';

export const awsWafSystem: System = {
  id: 'aws-waf',
  name: 'AWS WAF',
  layer: 'edge',
  source: 'https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html',
  rides: [],
  refusals: [
    {
      id: 'challenge',
      by: 'header',
      all: [status(202), header('x-amzn-waf-action', 'challenge')],
      cause: 'challenge',
      grade: 'proved',
      says: '202 with x-amzn-waf-action: AWS WAF asks the client to run its silent challenge',
    },
    {
      id: 'captcha',
      by: 'header',
      all: [status(405), header('x-amzn-waf-action', 'captcha')],
      cause: 'challenge',
      grade: 'proved',
      says: '405 with x-amzn-waf-action: AWS WAF asks for a CAPTCHA, and no method is refused',
    },
    {
      id: 'action',
      by: 'header',
      all: [header('x-amzn-waf-action')],
      cause: 'challenge',
      grade: 'likely',
      says: 'AWS WAF sets x-amzn-waf-action where it asks the client for a proof',
    },
    {
      id: 'sample',
      by: 'log',
      all: [status(202, 400, 401, 403, 404, 405, 406, 429, 503), logged('aws-waf-sample', 'BLOCK', 'action')],
      cause: 'waf-rule',
      grade: 'proved',
      says: 'a sampled request of the web ACL: this rule blocked it',
      seen: ['aws-alb/waf-lfi-body'],
    },
    {
      id: 'sample-proof',
      by: 'log',
      all: [logged('aws-waf-sample', /^(?:CAPTCHA|CHALLENGE)$/, 'action')],
      cause: 'challenge',
      grade: 'proved',
      says: 'a sampled request of the web ACL: it asked for a proof',
    },
    {
      id: 'appsync',
      by: 'code',
      all: [status(401, 403), json('errors.*.errorType', 'WAFForbiddenException')],
      cause: 'waf-rule',
      grade: 'proved',
      says: 'AppSync names AWS WAF in its error',
    },
    {
      id: 'cognito',
      by: 'code',
      all: [status(400, 403), json('message', 'Request not allowed due to WAF block.')],
      cause: 'waf-rule',
      grade: 'proved',
      says: 'Cognito names AWS WAF in its error',
    },
    {
      id: 'cognito-form',
      by: 'code',
      all: [status(400, 403), json('__type', 'ForbiddenException'), json('message', /WAF block/)],
      cause: 'waf-rule',
      grade: 'proved',
      says: 'Cognito names AWS WAF in its error',
    },
  ],
  fixes: {
    'waf-rule':
      'find the request in the logs of the web ACL (or Sampled requests) by time and path: terminatingRuleId and the labels name the rule; set that one rule to Count with a scope-down for this path, and send the request again',
    challenge: 'add a rule before the one that asks, which allows the address or a secret header of the test machine',
  },
};
