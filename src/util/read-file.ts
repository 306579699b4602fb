import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { reasonOf } from './reason-of.js';

/** The bytes of a file, or why they cannot be had. */
export type FileBytes =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'missing' }
  | { readonly kind: 'too-large'; readonly bytes: number }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The text of a file, or why it cannot be had. */
export type FileText =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'not-text' }
  | Exclude<FileBytes, { readonly kind: 'read' }>;

/** Reads a regular file of at most `limit` bytes; a larger one is not read at all. */
export async function readBytes(path: string, limit: number): Promise<FileBytes> {
  try {
    const info = statSync(path);
    if (!info.isFile()) return { kind: 'unreadable', reason: fileKind(info.isDirectory()) };
    if (info.size > limit) return { kind: 'too-large', bytes: info.size };
    return { kind: 'read', bytes: readFileSync(path) };
  } catch (error) {
    return failure(error);
  }
}

/** The same for text: UTF-8 without NUL. A byte order mark at the beginning is dropped. */
export async function readText(path: string, limit: number): Promise<FileText> {
  const file = await readBytes(path, limit);
  return file.kind === 'read' ? textOfBytes(file.bytes, limit) : file;
}

/** The same for bytes that are there already. */
export function textOfBytes(bytes: Buffer, limit: number): FileText {
  if (bytes.length > limit) return { kind: 'too-large', bytes: bytes.length };
  const text = bytes.includes(0) ? undefined : decodeUtf8(bytes);
  return text === undefined ? { kind: 'not-text' } : { kind: 'read', text: withoutMark(text) };
}

/** The text that bytes stand for, if they are UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  if (!isUtf8(bytes)) return undefined;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** Text without the byte order mark that some editors put at the beginning of a file. */
export function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Whether the error says that nothing is there. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code));
}

function failure(error: unknown): Exclude<FileBytes, { readonly kind: 'read' }> {
  return isMissing(error) ? { kind: 'missing' } : { kind: 'unreadable', reason: reasonOf(error) };
}

function fileKind(isFolder: boolean): string {
  return isFolder ? 'it is a folder' : 'it is not a regular file';
}
