import type { FieldNames } from '../../contract/field-names.js';
import type { Case } from '../../model/case.js';
import type { FieldPath } from '../../model/field.js';
import { isArgument } from '../../request/field-paths.js';

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
export function attackValues({ intent, request, secrets }: Case, { valuesIn }: FieldNames): readonly string[] {
  if (intent !== 'attack') return [];
  const values = valuesIn(request);
  const hasFields = values.some(({ field }) => isArgument(field) && field.kind !== 'query');
  const isSecret = (text: string) => secrets.some(({ value }) => value !== '' && text.includes(value));
  return values
    .filter(({ field }) => isPayload(field) || (!hasFields && field.kind === 'body'))
    .map(({ value }) => value)
    .filter((value) => value !== '' && !isSecret(value));
}

function isPayload(field: FieldPath): boolean {
  if (field.kind === 'header') return !usualHeaders.has((field.name ?? '').toLowerCase());
  return isArgument(field) || field.kind === 'cookie';
}
