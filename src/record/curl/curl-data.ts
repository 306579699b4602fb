import type { ReadLocal } from '../local-files.js';
import { escapeBytes } from './curl-url.js';
import type { CurlOption } from './option-names.js';
import { isData } from './request-kind.js';
import type { ShellInput } from './shell-command.js';

/** Bytes, one character a byte, or why they cannot be had. */
export type CurlText = { readonly text: string } | { readonly missing: string };

/** Reads `@file` and `@-` of a command line. */
export type ReadCurlFile = (path: string) => Promise<CurlText>;

export function isStandardInput(path: string): boolean {
  return path === '-' || path === '/dev/stdin';
}

/** @param input what standard input of the command is */
export function curlFiles(read: ReadLocal, input: ShellInput | undefined): ReadCurlFile {
  const fromDisk: ReadCurlFile = async (path) => {
    const file = await read(Buffer.from(path, 'latin1').toString('utf8'));
    return file.kind === 'bytes' ? { text: file.bytes.toString('latin1') } : { missing: file.reason };
  };
  return async (path) => {
    if (!isStandardInput(path)) return fromDisk(path);
    if (input === undefined) return { missing: 'its body comes from standard input, which is not in the text' };
    if (input.kind === 'unknown') return { missing: input.reason };
    return input.kind === 'text' ? { text: input.text } : fromDisk(input.path);
  };
}

/** The body that `-d` and its like come to (curl, tool_getparam.c); nothing where there is none. */
export async function curlData(options: readonly CurlOption[], read: ReadCurlFile): Promise<CurlText | undefined> {
  let body: string | undefined;
  for (const option of options) {
    if (!isData(option)) continue;
    const piece = await dataPiece(option, read);
    if ('missing' in piece) return piece;
    // Pieces are joined by "&"; JSON follows as it is.
    body = body === undefined ? piece.text : `${body}${option.name === 'json' ? '' : '&'}${piece.text}`;
  }
  return body === undefined ? undefined : { text: body };
}

async function dataPiece({ name, value }: CurlOption, read: ReadCurlFile): Promise<CurlText> {
  if (name === 'data-raw') return { text: value };
  if (name === 'data-urlencode') return encodedPiece(value, read);
  if (!value.startsWith('@')) return { text: value };
  const file = await read(value.slice(1));
  if ('missing' in file || name === 'data-binary' || name === 'json') return file;
  return { text: upToNull(file.text.replace(/[\r\n]/g, '')) };
}

/** Where curl takes bytes for a text of C. */
export function upToNull(bytes: string): string {
  return bytes.replace(/\0.*$/s, '');
}

/** `content`, `=content`, `name=content`, `@file` and `name@file`. */
async function encodedPiece(value: string, read: ReadCurlFile): Promise<CurlText> {
  const [, name = '', sign = '', rest = ''] = /^([^=@]*)([=@])(.*)$/s.exec(value) ?? ['', '', '', value];
  const content = sign === '@' ? await read(rest) : { text: rest };
  if ('missing' in content) return content;
  // Nothing in a file is nothing, without a name.
  if (sign === '@' && content.text === '') return content;
  // A space becomes "+" here.
  const encoded = escapeBytes(content.text).replaceAll('%20', '+');
  return { text: name === '' ? encoded : `${name}=${encoded}` };
}

/** What `--url-query` adds to a query, `+text` as it is; nothing where there is none. */
export async function addedQuery(options: readonly CurlOption[], read: ReadCurlFile): Promise<CurlText | undefined> {
  const pieces: string[] = [];
  for (const { value } of options.filter(({ name }) => name === 'url-query')) {
    const piece = value.startsWith('+') ? { text: value.slice(1) } : await encodedPiece(value, read);
    if ('missing' in piece) return piece;
    pieces.push(piece.text);
  }
  return pieces.length === 0 ? undefined : { text: pieces.join('&') };
}
