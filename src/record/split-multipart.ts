/** A part of a multipart body, its content still bytes. */
export interface SplitPart {
  readonly head: { readonly name: string; readonly filename?: string; readonly type?: string };
  readonly content: Buffer;
}

/** RFC 2046 section 5.1.1 allows 70 characters. */
const parameter = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i;

/** The boundary that the Content-Type of a form names. */
export function boundaryIn(type: string): string | undefined {
  const match = parameter.exec(type);
  return match?.[1] ?? match?.[2];
}

/** The parts of a form as clients write it; nothing where it is cut short or not one (RFC 7578). */
export function splitMultipart(body: Buffer, boundary: string): readonly SplitPart[] | undefined {
  const start = Buffer.from(`--${boundary}\r\n`);
  const next = Buffer.from(`\r\n--${boundary}`);
  if (!body.subarray(0, start.length).equals(start)) return undefined;
  const parts: SplitPart[] = [];
  for (let at = start.length; ; ) {
    const end = body.indexOf(next, at);
    const part = end < 0 ? undefined : readPart(body.subarray(at, end));
    if (part === undefined) return undefined;
    parts.push(part);
    const after = body.subarray(end + next.length, end + next.length + 2).toString('latin1');
    if (after === '--') return parts;
    if (after !== '\r\n') return undefined;
    at = end + next.length + 2;
  }
}

function readPart(part: Buffer): SplitPart | undefined {
  const end = part.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = readHead(part.subarray(0, end).toString('utf8'));
  return head === undefined ? undefined : { head, content: part.subarray(end + 4) };
}

/** Names as browsers escape them (WHATWG HTML, section 4.10.21.8). */
function readHead(head: string): SplitPart['head'] | undefined {
  const disposition = /^content-disposition:\s*form-data\b(.*)$/im.exec(head)?.[1];
  const name = disposition === undefined ? undefined : parameterOf(disposition, 'name');
  if (disposition === undefined || name === undefined) return undefined;
  const filename = parameterOf(disposition, 'filename');
  const type = /^content-type:\s*(.+?)\s*$/im.exec(head)?.[1];
  return { name, ...(filename !== undefined && { filename }), ...(type !== undefined && { type }) };
}

function parameterOf(disposition: string, name: string): string | undefined {
  const value = new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(disposition)?.[1];
  return value?.replace(/%(0A|0D|22)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
