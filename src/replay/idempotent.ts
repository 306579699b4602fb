const idempotent = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'];

/** Whether a request with this method may be sent twice without harm (RFC 9110 section 9.2.2). */
export function isIdempotent(method: string): boolean {
  return idempotent.includes(method);
}
