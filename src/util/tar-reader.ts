/** A file of a tar archive. */
export interface TarFile {
  /** Its path in the archive, with `/`; hostile until it is checked. */
  readonly name: string;
  readonly content: Uint8Array;
}

const blockBytes = 512;

/**
 * The regular files of a tar archive (POSIX ustar, with pax headers and GNU's long names), in order. Links, folders and devices are
 * passed over; a header that is damaged ends it.
 */
export function* readTar(archive: Uint8Array): Generator<TarFile, void, undefined> {
  let longName: string | undefined;
  for (const { type, name, content } of readEntries(archive)) {
    if (type === 'x' || type === 'L') longName = longNameIn(type, content) ?? longName;
    else if (type !== 'g') {
      if (type === '0' || type === '\0') yield { name: longName ?? name, content };
      longName = undefined;
    }
  }
}

interface TarEntry extends TarFile {
  readonly type: string;
}

function* readEntries(archive: Uint8Array): Generator<TarEntry, void, undefined> {
  let at = 0;
  while (at + blockBytes <= archive.length) {
    const header = archive.subarray(at, at + blockBytes);
    const size = octal(header, 124, 12);
    const begin = at + blockBytes;
    if (header[0] === 0 || size === undefined || begin + size > archive.length) return;
    const type = String.fromCharCode(header[156] ?? 0);
    yield { type, name: nameOf(header), content: archive.subarray(begin, begin + size) };
    at = begin + Math.ceil(size / blockBytes) * blockBytes;
  }
}

function longNameIn(type: 'x' | 'L', content: Uint8Array): string | undefined {
  return type === 'L' ? textOf(content) : paxPath(content);
}

function nameOf(header: Uint8Array): string {
  const prefix = textOf(header.subarray(345, 500));
  const name = textOf(header.subarray(0, 100));
  return prefix === '' ? name : `${prefix}/${name}`;
}

function octal(header: Uint8Array, at: number, length: number): number | undefined {
  const text = textOf(header.subarray(at, at + length)).trim();
  return /^[0-7]{1,11}$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** `30 path=a/long/name\n`. */
function paxPath(content: Uint8Array): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(textOf(content))?.[1];
}
