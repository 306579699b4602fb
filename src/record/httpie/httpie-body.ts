import { createHash } from 'node:crypto';
import type { CurlText, ReadCurlFile } from '../curl/curl-data.js';
import { quotedPlus } from './httpie-url.js';
import { itemJson } from './item-json.js';
import { grouped, type RequestItem } from './request-item.js';

/** How a command line wants its items sent. */
export type BodyMode = 'json' | 'form' | 'multipart';

/** A body in bytes, one character a byte, and its type; or why it cannot be told. */
export type HttpieBody = { readonly text?: string; readonly type?: string } | { readonly missing: string };

const types: Readonly<Record<string, string>> = {
  bin: 'application/octet-stream',
  css: 'text/css',
  csv: 'text/csv',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  xml: 'application/xml',
  zip: 'application/zip',
};

const ofForms = 'application/x-www-form-urlencoded; charset=utf-8';
const refused = { missing: 'HTTPie does not take its items' };

/** What items come to, where they are a body. */
export async function itemsBody(
  items: readonly RequestItem[],
  mode: BodyMode,
  boundary: string | undefined,
  read: ReadCurlFile,
): Promise<HttpieBody> {
  const hasFile = items.some(({ separator }) => separator === '@');
  if (mode === 'multipart' || (mode === 'form' && hasFile)) return multipart(items, boundary, read);
  if (hasFile) return fileBody(items, read);
  const fields = await withFiles(items, read);
  if ('missing' in fields) return fields;
  if (mode === 'json') {
    const text = itemJson(fields);
    return text === undefined ? refused : { text, type: types['json'] ?? '' };
  }
  if (fields.some(({ separator }) => separator.startsWith(':'))) return refused;
  return {
    text: grouped(fields)
      .map(({ name, value }) => `${quotedPlus(name)}=${quotedPlus(value)}`)
      .join('&'),
    type: ofForms,
  };
}

/** The items with what their files hold. */
async function withFiles(
  items: readonly RequestItem[],
  read: ReadCurlFile,
): Promise<readonly RequestItem[] | { readonly missing: string }> {
  const all: RequestItem[] = [];
  for (const item of items) {
    const file = item.separator.endsWith('@') ? await read(item.value) : { text: item.value };
    if ('missing' in file) return file;
    all.push({ ...item, value: file.text });
  }
  return all;
}

/** A file alone is the body: `@photo.png`. */
async function fileBody([item, ...more]: readonly RequestItem[], read: ReadCurlFile): Promise<HttpieBody> {
  if (item === undefined || item.name !== '' || more.length > 0) return refused;
  const { path, type } = fileOf(item.value);
  const file = await read(path);
  return 'missing' in file ? file : { text: file.text, ...(type !== undefined && { type }) };
}

/** `path;type=image/png` */
function fileOf(value: string): { readonly path: string; readonly type: string | undefined } {
  const [, path = value, told] = /^(.*);type=(.*)$/s.exec(value) ?? [];
  return { path, type: told ?? types[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''] };
}

async function multipart(
  items: readonly RequestItem[],
  given: string | undefined,
  read: ReadCurlFile,
): Promise<HttpieBody> {
  const parts: string[] = [];
  for (const item of grouped(items)) {
    const part = await partOf(item, read);
    if ('missing' in part) return part;
    parts.push(part.text);
  }
  const boundary = given ?? createHash('sha256').update(parts.join('')).digest('hex').slice(0, 32);
  const text = `${parts.map((part) => `--${boundary}\r\n${part}`).join('')}--${boundary}--\r\n`;
  return { text, type: `multipart/form-data; boundary=${boundary}` };
}

async function partOf({ name, separator, value }: RequestItem, read: ReadCurlFile): Promise<CurlText> {
  if (separator.startsWith(':')) return refused;
  const { path, type } = separator === '@' ? fileOf(value) : { path: value, type: undefined };
  const content = separator === '=' ? { text: value } : await read(path);
  if ('missing' in content) return content;
  const filename = separator === '@' ? `; filename=${inQuotes(path.replace(/^.*[/\\]/s, ''))}` : '';
  const typeLine = type === undefined ? '' : `Content-Type: ${type}\r\n`;
  return {
    text: `Content-Disposition: form-data; name=${inQuotes(name)}${filename}\r\n${typeLine}\r\n${content.text}\r\n`,
  };
}

/** As browsers escape names. */
function inQuotes(name: string): string {
  return `"${name.replace(/["\r\n]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)}"`;
}
