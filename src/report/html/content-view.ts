import type { Content } from '../../model/request.js';
import { contentBytes } from '../../request/encode-request.js';
import { formatCount } from '../run-texts.js';

/** Content as a report shows it. */
export interface ContentView {
  /** The content as text; absent where it is not text. */
  readonly text?: string;
  readonly shown: string;
  /** How much there is, and how it is shown. */
  readonly note: string;
}

const maxDumpBytes = 2048;
const bytesPerLine = 8;

/** Text as it is, other bytes as a dump of their beginning. */
export function contentView(content: Content): ContentView {
  const bytes = contentBytes(content);
  const size = bytes.length === 1 ? '1 byte' : `${formatCount(bytes.length)} bytes`;
  const text = 'text' in content ? content.text : decode(bytes);
  if (text !== undefined) return { text, shown: text, note: size };
  const cut = bytes.length > maxDumpBytes ? `, the first ${formatCount(maxDumpBytes)} shown` : '';
  return { shown: hexDump(bytes.subarray(0, maxDumpBytes)), note: `${size}${cut}` };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Lines as `hexdump -C` writes them: offset, bytes, and what of them is printable ASCII. */
function hexDump(bytes: Uint8Array): string {
  const lines = Math.ceil(bytes.length / bytesPerLine);
  return [...Array(lines).keys()].map((line) => dumpLine(bytes, line * bytesPerLine)).join('\n');
}

function dumpLine(bytes: Uint8Array, offset: number): string {
  const row = [...bytes.subarray(offset, offset + bytesPerLine)];
  const codes = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const chars = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
  return `${offset.toString(16).padStart(8, '0')}  ${codes.padEnd(bytesPerLine * 3 - 1)}  ${chars}`;
}
