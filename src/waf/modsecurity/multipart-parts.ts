import { type BodyPiece, multipartSections } from './multipart-sections.js';

/** One part of a `multipart/form-data` body, as the rules of libmodsecurity 3 see it. */
export interface MultipartPart {
  readonly name: Placed;
  /** Absent for a form field, which an upload without a file name is too. */
  readonly filename?: Placed;
  /** Header lines without their ends. */
  readonly headers: readonly string[];
  readonly value: Placed & {
    /** Length in bytes as it was sent. */
    readonly length: number;
    /** Length in bytes as the engine counts it: it takes the line ends out of a value, at least up to version 3.0.9. */
    readonly joinedLength: number;
  };
}

/** A text, and where the engine says it lies: in bytes from the beginning of the body. */
interface Placed {
  readonly text: string;
  readonly offset: number;
}

/** The parts of a `multipart/form-data` body (RFC 7578). Linear; what is malformed is left out. */
export function multipartParts(body: Uint8Array, contentType: string): readonly MultipartPart[] {
  const boundary = /boundary="?([^";,]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return [];
  let drift = 0;
  return multipartSections(Buffer.from(body).toString('latin1'), boundary).flatMap(({ head, data }) => {
    const { name, filename } = dispositionOf(head);
    const [first] = data;
    const offset = (first?.at ?? 0) + drift;
    drift += driftIn(data);
    if (name === undefined || name.text === '' || first === undefined) return [];
    return [
      {
        name,
        ...(filename !== undefined && filename.text !== '' && { filename }),
        headers: head.map(({ text }) => decode(text)),
        value: valueIn(data, offset),
      },
    ];
  });
}

/** The line end before a boundary belongs to the boundary. */
function valueIn(data: readonly BodyPiece[], offset: number): MultipartPart['value'] {
  const sent = data.map(({ text, end }, i) => (i < data.length - 1 ? text + end : text)).join('');
  const joinedLength = data.reduce((sum, { text }) => sum + text.length, 0);
  return { text: decode(sent), offset, length: sent.length, joinedLength };
}

/** The engine forgets to count a line end where a piece without one follows, and does so for the rest of the body. */
function driftIn(data: readonly BodyPiece[]): number {
  return data.reduce((sum, { end }, i) => (end === '' ? sum - (data[i - 1]?.end.length ?? 0) : sum), 0);
}

/** `form-data; name="a \"b\""; filename=c.txt`: quotes and backslashes may be escaped, quotes left out. */
const parameterPattern = /;[ \t]*([^=\t ;]+)[ \t]*=[ \t]*(?:"((?:\\["\\]|[^"\\]|\\(?!["\\]))*)"|([^\s;"]*))/g;

/** What a part says of itself; the engine counts an offset back from the end of a parameter. */
function dispositionOf(head: readonly BodyPiece[]): { readonly name?: Placed; readonly filename?: Placed } {
  const line = head.find(({ text }) => /^content-disposition:/i.test(text));
  if (line === undefined) return {};
  const found = [...line.text.matchAll(parameterPattern)].map((parameter) => {
    const [whole, key = '', quoted, bare = ''] = parameter;
    const text = quoted === undefined ? bare : quoted.replace(/\\(["\\])/g, '$1');
    const offset = line.headAt + parameter.index + whole.length - text.length - 1;
    return [key, { text: decode(text), offset }] as const;
  });
  return Object.fromEntries(found);
}

function decode(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}
