import type { Case } from '../../model/case.js';
import { encodeRequest } from '../../request/encode-request.js';
import { type RequestVariable, requestVariables } from '../../waf/modsecurity/request-variables.js';

/** Headers that say what every client says; what stands in them is no payload. */
const usualHeaders = new Set([
  'accept',
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'content-length',
  'content-type',
  'cookie',
  'host',
  'keep-alive',
  'pragma',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade-insecure-requests',
  'user-agent',
]);

/**
 * The values of an attack case that can be tried in another field: those of its query, form, JSON and parts, of its
 * cookies, and of all headers that are not usual ones; a body that has no fields is one value. What a case has from the
 * environment is a secret and left out, since attacks are named in reports. None where the case is legitimate.
 */
export function attackValues({ intent, request, secrets }: Case): readonly string[] {
  if (intent !== 'attack') return [];
  const variables = requestVariables(encodeRequest(request));
  const hasFields = variables.some(({ variable, part }) => isField(variable.collection) && part !== 'target');
  const isSecret = (text: string) => secrets.some(({ value }) => value !== '' && text.includes(value));
  return variables
    .filter((found) => isPayload(found) || (!hasFields && found.variable.collection === 'REQUEST_BODY'))
    .map(({ value }) => value)
    .filter((value) => value !== '' && !isSecret(value));
}

function isField(collection: string): boolean {
  return collection === 'ARGS' || collection === 'FILES';
}

function isPayload({ variable: { collection, key } }: RequestVariable): boolean {
  if (collection === 'REQUEST_HEADERS') return !usualHeaders.has((key ?? '').toLowerCase());
  return isField(collection) || collection === 'REQUEST_COOKIES';
}
