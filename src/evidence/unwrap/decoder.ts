import { asBuffer } from '../../util/split-lines.js';

/** The marks with which a text says how it is encoded. PowerShell writes one, and UTF-16, where it redirects a command's output. */
const marks = [
  { bytes: Buffer.from([0xef, 0xbb, 0xbf]), encoding: undefined },
  { bytes: Buffer.from([0xff, 0xfe]), encoding: 'utf-16le' },
  { bytes: Buffer.from([0xfe, 0xff]), encoding: 'utf-16be' },
] as const;
const longestMark = 3;

/** Takes the mark of its encoding from the begin of a stream, and makes UTF-8 of UTF-16. Other bytes stay as they are. */
export class Decoder {
  #begun: Uint8Array | undefined = Buffer.alloc(0);
  #decoder: InstanceType<typeof TextDecoder> | undefined;

  push(bytes: Uint8Array): Uint8Array {
    const known = this.#begun === undefined ? bytes : this.#begin(bytes);
    return this.#decoder === undefined ? known : Buffer.from(this.#decoder.decode(known, { stream: true }), 'utf8');
  }

  /** What was held back. */
  end(): Uint8Array {
    const rest = this.#begun ?? Buffer.alloc(0);
    this.#begun = undefined;
    return rest;
  }

  #begin(bytes: Uint8Array): Uint8Array {
    const begun = Buffer.concat([this.#begun ?? Buffer.alloc(0), bytes]);
    const isMark =
      begun.length < longestMark && marks.some((mark) => mark.bytes.subarray(0, begun.length).equals(begun));
    if (begun.length === 0 || (isMark && begun.length < longestMark)) {
      this.#begun = begun;
      return Buffer.alloc(0);
    }
    this.#begun = undefined;
    const mark = marks.find((one) => asBuffer(begun).subarray(0, one.bytes.length).equals(one.bytes));
    if (mark?.encoding !== undefined) this.#decoder = new TextDecoder(mark.encoding);
    return begun.subarray(mark?.bytes.length ?? 0);
  }
}
