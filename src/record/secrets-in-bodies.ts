import type { Part, RequestBody } from '../model/request.js';
import { walkJson } from '../request/json-values.js';
import { nameAt } from './secret-shapes.js';
import { hasNamedSecret, isSecretNumber } from './secret-values.js';

/** Whether a number is a secret: where a text took its place, another document would be sent. */
export function hasSecretNumberIn(body: RequestBody): boolean {
  if (body.kind !== 'json') return false;
  for (const { kind, place, value } of walkJson(body.value))
    if (kind === 'value' && typeof value === 'number' && isSecretNumber(nameAt(place), value)) return true;
  return false;
}

/** Whether a secret goes by its name in a text that has no fields: a body as it is, or a file that is sent. */
export function hasSecretText(body: RequestBody): boolean {
  if (body.kind === 'raw') return 'text' in body.content && hasNamedSecret(body.content.text);
  return body.kind === 'multipart' && body.parts.some((part) => isOfFields(part) && hasNamedSecret(textOf(part)));
}

/** JSON, XML and settings: what is written about passwords in other texts is what people write. */
function isOfFields({ filename = '', type = '' }: Part): boolean {
  return (
    filename !== '' && (/json|xml|form-urlencoded/i.test(type) || /\.(?:json|xml|env|ini|conf|ya?ml)$/i.test(filename))
  );
}

function textOf({ content }: Part): string {
  return 'text' in content ? content.text : Buffer.from(content.base64, 'base64').toString('latin1');
}
