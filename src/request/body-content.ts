import type { RequestSpec } from '../model/request.js';
import { encodeRequest } from './encode-request.js';

/**
 * What a body is, whatever its Content-Type says.
 * - `json`: one document; `json-lines`: several of them, one a line.
 * - `parts`: of a multipart body.
 * - `text`: none of these, and nothing but text.
 * - `compressed` and `binary`: no text.
 */
export type BodyContent = 'none' | 'json' | 'json-lines' | 'xml' | 'form' | 'parts' | 'text' | 'compressed' | 'binary';

/** Bodies are looked at up to this length for what they are: 4 MB. */
const mostBytes = 4_000_000;

/** Tells what the body of a request is from its bytes. */
export function bodyContent(request: RequestSpec): BodyContent {
  const { body, headers } = encodeRequest(request);
  if (body.length === 0) return 'none';
  const encoding = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1] ?? 'identity';
  if (!/^\s*identity\s*$/i.test(encoding) || isCompressed(body)) return 'compressed';
  const text = textOf(body.subarray(0, mostBytes));
  return text === undefined ? 'binary' : textContent(text);
}

/** Begins as gzip (RFC 1952), zlib (RFC 1950) or Zstandard (RFC 8878) do. */
function isCompressed([first = 0, second = 0, third = 0, fourth = 0]: Uint8Array): boolean {
  if (first === 0x1f && second === 0x8b) return true;
  if (first === 0x78 && [0x01, 0x5e, 0x9c, 0xda].includes(second)) return true;
  return first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd;
}

/** Text in whatever encoding that has ASCII in it: no control characters but white space. One character a byte. */
function textOf(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString('latin1');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what no text has
  return /[\0-\x08\x0e-\x1f]/.test(text) ? undefined : text;
}

function textContent(text: string): BodyContent {
  const trimmed = text.trim();
  if (/^[[{]/.test(trimmed)) return jsonContent(trimmed);
  if (/^<[?!a-zA-Z]/.test(trimmed)) return 'xml';
  if (/^--\S/.test(trimmed) && /^content-disposition:/im.test(trimmed)) return 'parts';
  return /^[^\s=&<>"{}]{1,200}=[^\s<>"{}]*$/.test(trimmed) ? 'form' : 'text';
}

function jsonContent(text: string): BodyContent {
  if (isJson(text)) return 'json';
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 1 && lines.every(isJson) ? 'json-lines' : 'text';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    // What is nested too deeply for the stack is not looked at any further.
    return error instanceof RangeError;
  }
}
