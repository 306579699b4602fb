/** A line of a body, or a piece of a long one, one character a byte. */
export interface BodyPiece {
  /** Where it begins, in bytes. */
  readonly at: number;
  /** Where the engine says so of a head line: it counts a byte twice that it leaves for the next piece. */
  readonly headAt: number;
  readonly text: string;
  /** The line end that follows: `\r\n`, `\n`, or nothing in the middle of a line. */
  readonly end: string;
}

/** What stands between two boundaries. */
export interface MultipartSection {
  readonly head: readonly BodyPiece[];
  readonly data: readonly BodyPiece[];
}

/** What libmodsecurity 3 takes at once where no line ends before, in bytes (`MULTIPART_BUF_SIZE`). */
const bufferSize = 4096;

/** The sections of a multipart body, in the pieces in which the engine reads them. One without an end is left out. */
export function multipartSections(body: string, boundary: string): readonly MultipartSection[] {
  const sections: OpenSection[] = [];
  let isLineStart = true;
  for (const piece of pieces(body)) {
    const kind = isLineStart ? lineKind(piece, boundary) : 'other';
    isLineStart = piece.end !== '';
    if (kind === 'closing') return sections;
    if (kind === 'malformed') break;
    if (kind === 'boundary') sections.push({ head: [], data: [], isHead: true });
    else add(piece, sections.at(-1));
  }
  return sections.slice(0, -1);
}

interface OpenSection {
  readonly head: BodyPiece[];
  readonly data: BodyPiece[];
  isHead: boolean;
}

function add(piece: BodyPiece, section: OpenSection | undefined): void {
  if (section?.isHead === true && piece.text === '') section.isHead = false;
  else section?.[section.isHead ? 'head' : 'data'].push(piece);
}

function lineKind({ text }: BodyPiece, boundary: string): 'boundary' | 'closing' | 'malformed' | 'other' {
  if (!text.startsWith(`--${boundary}`)) return 'other';
  const rest = text.slice(boundary.length + 2);
  if (rest === '') return 'boundary';
  return rest === '--' ? 'closing' : 'malformed';
}

/** A carriage return that would be the last byte of a full buffer is left for the next piece. */
function* pieces(body: string): Generator<BodyPiece> {
  let left = 0;
  for (let at = 0; at < body.length; ) {
    const buffer = body.slice(at, at + bufferSize);
    const newline = buffer.indexOf('\n');
    const isSplit = newline < 0 && buffer.length === bufferSize && buffer.endsWith('\r');
    const length = newline >= 0 ? newline + 1 : buffer.length - Number(isSplit);
    const [end = ''] = /\r?\n$/.exec(buffer.slice(Math.max(0, length - 2), length)) ?? [];
    yield { at, headAt: at + left, text: buffer.slice(0, length - end.length), end };
    at += length;
    left += Number(isSplit);
  }
}
