/**
 * A body without its chunks (RFC 9112 section 7.1), where it is in chunks from beginning to end. Saved answers often have the
 * header of a chunked body and the body as it was decoded.
 */
export function unchunk(body: string): string {
  const pieces: string[] = [];
  let at = 0;
  while (at < body.length) {
    const size = /^([\da-f]{1,8})(?:;[^\r\n]{0,200})?\r?\n/i.exec(body.slice(at, at + 220));
    if (size === null) return body;
    const length = Number.parseInt(size[1] ?? '', 16);
    const start = at + size[0].length;
    if (length === 0) return pieces.join('');
    pieces.push(body.slice(start, start + length));
    const end = /^\r?\n/.exec(body.slice(start + length, start + length + 2));
    if (end === null) return start + length >= body.length && pieces.length > 1 ? pieces.join('') : body;
    at = start + length + end[0].length;
  }
  return pieces.length > 0 ? pieces.join('') : body;
}
