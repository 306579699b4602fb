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
    const bytes = Number.parseInt(size[1] ?? '', 16);
    const start = at + size[0].length;
    if (bytes === 0) return pieces.join('');
    const stop = endOf(body, start, bytes);
    pieces.push(body.slice(start, stop));
    const end = /^\r?\n/.exec(body.slice(stop, stop + 2));
    if (end === null) return stop >= body.length && pieces.length > 1 ? pieces.join('') : body;
    at = stop + end[0].length;
  }
  return pieces.length > 0 ? pieces.join('') : body;
}

/** Where so many bytes of UTF-8 end in a text; its length where it has fewer. */
function endOf(text: string, start: number, bytes: number): number {
  let left = bytes;
  let at = start;
  while (left > 0 && at < text.length) {
    const code = text.codePointAt(at) ?? 0;
    left -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    at += code < 0x10000 ? 1 : 2;
  }
  return at;
}
