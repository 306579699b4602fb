import { createHash } from 'node:crypto';
import type { CapturedBody } from '../captured-request.js';
import type { ReadLocal } from '../local-files.js';

/** A field of a form as a collection has it: with a text, or with files. */
export interface FormField {
  readonly name: string;
  readonly value: string;
  readonly type?: string;
  readonly files?: readonly string[];
  /** What its file is called, where that is not its own name. */
  readonly filename?: string;
}

/** How a client writes a name in quotes. */
export type QuoteName = (name: string) => string;

/** A form of parts, its files read; missing where one of them is. */
export async function multipartBody(
  fields: readonly FormField[],
  read: ReadLocal,
  quote: QuoteName,
): Promise<{ readonly body: CapturedBody; readonly type?: string }> {
  const parts: FilePart[] = [];
  for (const { name, value, type, files, filename: called } of fields) {
    if (files === undefined) parts.push({ name, bytes: Buffer.from(value), ...(type !== undefined && { type }) });
    for (const path of files ?? []) {
      const file = await read(path);
      if (file.kind === 'missing') return { body: { kind: 'missing', reason: file.reason } };
      const filename = called ?? path.replace(/^.*[/\\]/s, '');
      parts.push({ name, filename, type: type ?? mediaType(path), bytes: file.bytes });
    }
  }
  const boundary = `--------------------------${digits(parts)}`;
  const pieces = parts.flatMap((part) => [`--${boundary}\r\n${headOf(part, quote)}\r\n\r\n`, part.bytes, '\r\n']);
  const bytes = Buffer.concat([...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece)));
  return { body: { kind: 'bytes', bytes }, type: `multipart/form-data; boundary=${boundary}` };
}

interface FilePart {
  readonly name: string;
  readonly filename?: string;
  readonly type?: string;
  readonly bytes: Buffer;
}

function headOf({ name, filename, type }: FilePart, quote: QuoteName): string {
  const file = filename === undefined ? '' : `; filename="${quote(filename)}"`;
  return `Content-Disposition: form-data; name="${quote(name)}"${file}${type === undefined ? '' : `\r\nContent-Type: ${type}`}`;
}

/** In the style of Node.js clients; the same in every import. */
function digits(parts: readonly FilePart[]): string {
  const hash = createHash('sha256');
  for (const { bytes, ...part } of parts) hash.update(JSON.stringify(part)).update(bytes);
  return BigInt(`0x${hash.digest('hex').slice(0, 20)}`)
    .toString()
    .padStart(24, '0')
    .slice(0, 24);
}

/** A form as collections are sent: every character that has a meaning is encoded, a space as %20. */
export function urlencoded(fields: readonly { readonly name: string; readonly value: string }[]): string {
  return fields.map(({ name, value }) => `${escapeAll(name)}=${escapeAll(value)}`).join('&');
}

function escapeAll(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const types: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  json: 'application/json',
  xml: 'application/xml',
  pdf: 'application/pdf',
  zip: 'application/zip',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  webp: 'image/webp',
  js: 'text/javascript',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
};

export function mediaType(filename: string): string {
  return types[/\.([^.]+)$/.exec(filename)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}

/** A text as a body. */
export function textBody(text: string): CapturedBody {
  return text === '' ? { kind: 'none' } : { kind: 'bytes', bytes: Buffer.from(text, 'utf8') };
}

/** A file as a body. */
export async function fileBody(path: string, read: ReadLocal): Promise<CapturedBody> {
  const file = await read(path);
  if (file.kind === 'missing') return file;
  return file.bytes.length === 0 ? { kind: 'none' } : { kind: 'bytes', bytes: file.bytes };
}
