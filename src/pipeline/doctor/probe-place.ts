import type { ProbePlace } from '../../contract/check.js';
import type { FieldPath } from '../../model/field.js';
import type { RequestSpec } from '../../model/request.js';
import { letters } from '../../request/harmless-body.js';
import { probeHeaders } from '../../request/probe-request.js';
import { requestFields } from '../../request/request-fields.js';
import { textPlace } from '../../request/text-place.js';

/** The first field of a request into which any text can be put; nothing where it has none. */
export function placeIn(spec: RequestSpec): ProbePlace | undefined {
  const plain = withoutHeaders(spec);
  const found = requestFields(plain).fields.find(({ field, isText }) => isText && isPlace(field));
  const place = found === undefined ? undefined : textPlace(plain, found.field);
  if (found === undefined || place === undefined) return undefined;
  return {
    field: found.field,
    request: place.carry(letters(1)),
    carry: (text) => place.carry(text),
  };
}

function isPlace({ kind }: FieldPath): boolean {
  return kind === 'query' || kind === 'form' || kind === 'json';
}

/** What any visitor sends, and what the body is: cookies and tokens are the business of the case. */
function withoutHeaders(spec: RequestSpec): RequestSpec {
  const type = spec.headers.filter(([name]) => name.toLowerCase() === 'content-type');
  return { ...spec, headers: [...probeHeaders, ...type], cookies: [], omittedHeaders: [] };
}
