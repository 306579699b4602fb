import { header, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const vercelSystem: System = {
  id: 'vercel',
  name: 'Vercel',
  layer: 'edge',
  source: 'https://vercel.com/docs/vercel-firewall',
  rides: [header('server', /^Vercel/), header('x-vercel-id')],
  refusals: [
    {
      id: 'challenge',
      by: 'header',
      all: [header('x-vercel-mitigated', 'challenge')],
      cause: 'challenge',
      grade: 'proved',
      says: "x-vercel-mitigated is there only where Vercel's firewall acts",
      or: ['edge/rate-limited'],
      seen: ['vercel/challenge'],
    },
    {
      id: 'deny',
      by: 'header',
      all: [header('x-vercel-mitigated', 'deny')],
      cause: 'waf-rule',
      grade: 'proved',
      says: "x-vercel-mitigated is there only where Vercel's firewall acts",
      or: ['edge/ip-denied', 'edge/geo-denied', 'edge/rate-limited'],
    },
    {
      id: 'checkpoint',
      by: 'page',
      all: [status(403, 429), title('Vercel Security Checkpoint')],
      cause: 'challenge',
      grade: 'proved',
      says: "Vercel's challenge page",
    },
    {
      id: 'protection',
      by: 'page',
      all: [status(401), header('server', /^Vercel/), header('set-cookie', /_vercel_sso_nonce/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the deployment is protected: sign in, or send a bypass token',
      fix: 'send the header x-vercel-protection-bypass with the secret of the project',
    },
    {
      id: 'not-found',
      by: 'header',
      all: [status(404), header('x-vercel-error', /^(?:DEPLOYMENT_NOT_FOUND|NOT_FOUND)$/)],
      cause: 'not-found',
      grade: 'proved',
      says: 'Vercel has no such deployment or path',
    },
    {
      id: 'limits',
      by: 'header',
      all: [header('x-vercel-error', /^(?:FUNCTION_PAYLOAD_TOO_LARGE|REQUEST_HEADER_TOO_LARGE|URL_TOO_LONG)$/)],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'Vercel names a limit that is reached',
    },
    {
      id: 'function',
      by: 'header',
      all: [header('x-vercel-error', /^(?:FUNCTION_INVOCATION_FAILED|FUNCTION_INVOCATION_TIMEOUT|INTERNAL_.*)$/)],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'the function behind it failed or took too long',
    },
    {
      id: 'disabled',
      by: 'header',
      all: [status(402), header('x-vercel-error', /DISABLED/)],
      cause: 'quota',
      grade: 'proved',
      says: 'the deployment is switched off',
    },
  ],
  fixes: {
    'not-found':
      '`vercel inspect URL` shows the deployment and its routes: compare them with rewrites in vercel.json; the code (NOT_FOUND, DEPLOYMENT_NOT_FOUND) tells which; then request it again',
    'body-too-large':
      'a function takes 4.5 MB: send the body to storage directly (a signed upload URL), or in parts; FUNCTION_PAYLOAD_TOO_LARGE is the code of it',
    'upstream-down':
      '`vercel logs URL` has the error of the function for the x-vercel-id (FUNCTION_INVOCATION_TIMEOUT: raise maxDuration); mend it, deploy, and send the request again',
    quota:
      'dashboard > Usage shows which limit paused the project (402 DEPLOYMENT_DISABLED): raise the spend limit or the plan, and request it again',
    challenge:
      'add a bypass rule for the address or a secret header of the test machine to the firewall of the project, or use a protection bypass token',
    'waf-rule': 'the Firewall tab of the project shows the rule that denied it; narrow it, and send the request again',
  },
  references: [{ header: 'x-vercel-id', as: 'request id' }],
};
