import type { RequestSpec } from '../../model/request.js';
import { isJsonType } from '../../request/read-body.js';

/** Whether engines parse the body of a request as JSON: it was given as JSON, or its Content-Type says so. */
export function hasJsonBody({ body, headers }: RequestSpec): boolean {
  if (body.kind === 'json') return true;
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return body.kind === 'raw' && isJsonType(type);
}
