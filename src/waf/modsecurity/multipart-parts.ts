/** One part of a multipart body, as far as rules see it. */
export interface MultipartPart {
  readonly name: string;
  readonly filename?: string;
  readonly value: string;
}

/** The parts of a `multipart/form-data` body (RFC 7578). Linear; what is malformed is left out. */
export function multipartParts(body: Uint8Array, contentType: string): readonly MultipartPart[] {
  const boundary = /boundary="?([^";,]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return [];
  const text = Buffer.from(body).toString('latin1');
  const pieces = `\r\n${text}`.split(`\r\n--${boundary}`).slice(1);
  return pieces.flatMap((piece) => readPart(piece));
}

function readPart(piece: string): readonly MultipartPart[] {
  const end = piece.indexOf('\r\n\r\n');
  if (!piece.startsWith('\r\n') || end < 0) return [];
  const head = piece.slice(0, end);
  const name = parameter(head, 'name');
  const filename = parameter(head, 'filename');
  if (name === undefined) return [];
  const value = decode(piece.slice(end + 4));
  return [filename === undefined ? { name, value } : { name, filename, value }];
}

function parameter(head: string, name: string): string | undefined {
  const found = new RegExp(`;[ \\t]*${name}="([^"]*)"`, 'i').exec(head)?.[1];
  return found === undefined ? undefined : decode(found);
}

function decode(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}
