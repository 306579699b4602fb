import type { FieldToMatch, Inspection } from '../../acl/field-to-match.js';
import type { InspectedRequest } from '../inspected-request.js';
import { doesNotMatch, match, type StatementOutcome } from '../outcome.js';
import { argumentTexts } from './argument-texts.js';
import { cookieTexts } from './cookie-texts.js';
import { headerOrderTexts, headersTexts, headerTexts } from './header-texts.js';
import { type Inspected, noTexts, type Texts } from './texts.js';

/** The texts of every component but bodies. */
export function inspectedTexts(
  field: Exclude<FieldToMatch, { kind: 'body' | 'json-body' | 'unknown' }>,
  preParse: Inspection['preParse'],
  request: InspectedRequest,
): Inspected {
  const { facts } = request;
  switch (field.kind) {
    case 'method':
      return one(facts.method);
    case 'uri-path':
      return one(facts.path);
    case 'query-string':
      return facts.query === undefined ? noTexts : one(facts.query);
    case 'all-query-arguments':
      return argumentTexts(facts.query, undefined, preParse);
    case 'single-query-argument':
      return argumentTexts(facts.query, field.name, preParse);
    case 'single-header':
      return headerTexts(request, field.name);
    case 'headers':
      return headersTexts(request, field);
    case 'cookies':
      return cookieTexts(request, field);
    case 'header-order':
      return headerOrderTexts(request, field.oversize);
    case 'uri-fragment':
      return facts.fragment === undefined ? fallback(field.fallback) : one(facts.fragment);
    case 'ja3':
    case 'ja4':
      return fingerprint(field.kind, field.fallback, facts.front);
  }
}

function one(text: string): Texts {
  return { sure: [text] };
}

function fallback(behavior: 'MATCH' | 'NO_MATCH'): StatementOutcome {
  return behavior === 'MATCH' ? match : doesNotMatch;
}

/** Only CloudFront and load balancers see how TLS was spoken. */
function fingerprint(kind: 'ja3' | 'ja4', behavior: 'MATCH' | 'NO_MATCH', front: string): Inspected {
  if (front !== 'alb' && front !== 'cloudfront') return fallback(behavior);
  const why = `the ${kind.toUpperCase()} fingerprint comes from the client's TLS handshake`;
  return { kind: 'unknown', undecided: { statement: `the ${kind.toUpperCase()} fingerprint`, why } };
}
