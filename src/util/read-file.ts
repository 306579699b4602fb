import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';

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
  if (file.kind !== 'read') return file;
  const text = file.bytes.includes(0) ? undefined : decodeUtf8(file.bytes);
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
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

/** What the system says of a file that it does not give, without the path. */
export function reasonOf(error: unknown): string {
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EISDIR: fileKind(true),
    ENOSPC: 'no space is left on the device',
    EDQUOT: 'your quota of disk space is used up',
    EROFS: 'the file system is read-only',
    EMFILE: 'too many files are open; raise "ulimit -n"',
    ENFILE: 'too many files are open on this machine',
  };
  return reasons[codeOf(error)] ?? codeOf(error);
}

function failure(error: unknown): Exclude<FileBytes, { readonly kind: 'read' }> {
  return isMissing(error) ? { kind: 'missing' } : { kind: 'unreadable', reason: reasonOf(error) };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function fileKind(isFolder: boolean): string {
  return isFolder ? 'it is a folder' : 'it is not a regular file';
}
