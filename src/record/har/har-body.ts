import { isDeepStrictEqual } from 'node:util';
import type { Part } from '../../model/request.js';
import { encodeRequest } from '../../request/encode-request.js';
import { formText } from '../../request/read-body.js';
import type { CapturedBody } from '../captured-request.js';
import { measuredBody } from '../clean.js';
import type { ReadLocal } from '../local-files.js';
import { boundaryIn } from '../split-multipart.js';
import type { ArchiveEntry, HarPair, HarPostData } from './har-shape.js';

/** A body, and whether its length is another than the one that was sent although all its fields are there. */
export interface HarBody {
  readonly body: CapturedBody;
  readonly isOdd?: true;
}

/**
 * The body that a request was sent with. Archives seldom have the bytes: `text` is what a writer could decode, uploads are
 * missing from it without a word, and some have fields alone. The length that was sent tells.
 */
export async function harBody(request: ArchiveEntry['request'], read: ReadLocal): Promise<HarBody> {
  const { bodySize, postData, headers } = request;
  const length = harHeader(headers, 'content-length') ?? (bodySize > 0 ? `${bodySize}` : undefined);
  const gone = lostWhole(request, length);
  if (gone !== undefined) return { body: gone };
  if (postData === undefined) return { body: measured(Buffer.alloc(0), length) };
  if (postData.file !== undefined) {
    const file = await read(postData.file);
    return { body: file.kind === 'bytes' ? measured(file.bytes, length) : file };
  }
  const candidates = spellings(postData, harHeader(headers, 'content-type') ?? postData.mimeType);
  const fitting = candidates.find((bytes) => length !== undefined && bytes.length === Number(length));
  const [first = Buffer.alloc(0)] = candidates;
  if (fitting !== undefined) return { body: measured(fitting, length) };
  if (length === undefined && first.includes('\ufffd'))
    return { body: { kind: 'missing', reason: 'bytes of its body that are no text are lost in the archive' } };
  if (length !== undefined && hasAllFields(postData)) return { body: measured(first, undefined), isOdd: true };
  const lost = lostFile(postData, first, length);
  return { body: lost === undefined ? measured(first, length) : { kind: 'missing', reason: lost } };
}

/** What is told of a body of which nothing is left as it was. */
function lostWhole(request: ArchiveEntry['request'], length: string | undefined): CapturedBody | undefined {
  return compressedAs(request) ?? (length === undefined && hasLostAll(request) ? lostAll : undefined);
}

/** Why the bytes of a body are lost that was sent compressed. */
function compressedAs({ headers, postData }: ArchiveEntry['request']): CapturedBody | undefined {
  const coding = harHeader(headers, 'content-encoding')?.trim().toLowerCase() ?? 'identity';
  const isText = postData !== undefined && !postData.isBase64 && postData.file === undefined && postData.text !== '';
  return coding === 'identity' || !isText
    ? undefined
    : { kind: 'missing', reason: `its body was compressed (${coding}), and the archive has it as text` };
}

const lostAll: CapturedBody = {
  kind: 'missing',
  reason: 'its body is not in the archive, nor its length: only that there was a form or a document',
};

/** A form with parts is never empty; another body may be, where an archive says that its size is 0. */
function hasLostAll({ method, headers, postData, bodySize }: ArchiveEntry['request']): boolean {
  if (!/^(?:post|put|patch)$/i.test(method)) return false;
  if (postData !== undefined && (postData.text !== '' || postData.params.length > 0 || postData.file !== undefined))
    return false;
  const type = harHeader(headers, 'content-type') ?? '';
  return /^multipart\//i.test(type) || (bodySize !== 0 && /^application\/(?:x-www-form-urlencoded|json)\b/i.test(type));
}

function measured(bytes: Buffer, length: string | undefined): CapturedBody {
  const body = measuredBody(bytes, length);
  if (body.kind !== 'missing' || bytes.length > 0) return body;
  return { kind: 'missing', reason: `its body is not in the archive: ${length} bytes were sent` };
}

/** What the body may be, the likeliest first. */
function spellings({ text, isBase64, params, mimeType }: HarPostData, type: string): readonly Buffer[] {
  if (isBase64) return [Buffer.from(text, 'base64')];
  if (text !== '') return texts(text, type);
  if (params.length === 0) return [];
  if (/^multipart\/form-data/i.test(type)) return formParts(params, boundaryIn(type) ?? boundaryIn(mimeType));
  const plain = params.map(({ name, value }) => [name, value] as const);
  const encoded = Buffer.from(plain.map(([name, value]) => `${name}=${value}`).join('&'));
  const decoded = Buffer.from(formText(plain));
  const isEncoded = /%[\da-f]{2}|\+/i.test(encoded.toString()) && !/[^\w.~+%*=&-]/.test(encoded.toString());
  return isEncoded ? [encoded, decoded] : [decoded, encoded];
}

/** mitmproxy writes bytes that are not UTF-8 as halves of surrogate pairs. */
function texts(text: string, type: string): readonly Buffer[] {
  const utf8 = /[\udc80-\udcff]/.test(text) ? withEscapedBytes(text) : Buffer.from(text, 'utf8');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all that one byte can hold
  const isNarrow = /^[\u0000-\u00ff]*$/.test(text);
  const latin1 = isNarrow ? [Buffer.from(text, 'latin1')] : [];
  return /charset=(?:iso-8859-1|latin-?1|windows-1252)/i.test(type) ? [...latin1, utf8] : [utf8, ...latin1];
}

function withEscapedBytes(text: string): Buffer {
  const pieces = text.split(/((?<![\ud800-\udbff])[\udc80-\udcff])/);
  return Buffer.concat(
    pieces.map((piece, i) => (i % 2 === 0 ? Buffer.from(piece, 'utf8') : Buffer.of(piece.charCodeAt(0) - 0xdc00))),
  );
}

function formParts(params: HarPostData['params'], boundary: string | undefined): readonly Buffer[] {
  if (boundary === undefined || params.some(({ fileName }) => fileName !== '')) return [];
  const parts = params.map(
    ({ name, value, contentType }): Part => ({
      name,
      content: { text: value },
      ...(contentType !== '' && { type: contentType }),
    }),
  );
  const spec = { method: 'POST', path: '/', query: [], headers: [], cookies: [], omittedHeaders: [] };
  return [Buffer.from(encodeRequest({ ...spec, body: { kind: 'multipart', boundary, parts } }).body)];
}

/** Whether text and fields agree, so that nothing can be missing. */
function hasAllFields({ text, params, mimeType }: HarPostData): boolean {
  if (text === '' || params.length === 0 || !/^application\/x-www-form-urlencoded/i.test(mimeType)) return false;
  const inText = [...new URLSearchParams(text)];
  return isDeepStrictEqual(
    inText,
    params.map(({ name, value }) => [name, value]),
  );
}

function lostFile(
  { text, params, mimeType }: HarPostData,
  bytes: Buffer,
  length: string | undefined,
): string | undefined {
  if (length !== undefined && bytes.length >= Number(length)) return undefined;
  const inText = [...text.matchAll(/content-disposition:[^\r\n]*?\bfilename="([^"\r\n]*)"/gi)].map(
    ([, name = '']) => name,
  );
  const files = [...inText, ...params.map(({ fileName }) => fileName)].filter((name) => name !== '');
  const [file, ...others] = new Set(files);
  const sent = length === undefined ? '' : ` (${bytes.length} bytes of ${length} are there)`;
  if (file === undefined || !/^multipart\//i.test(mimeType)) return undefined;
  return `the bytes of ${file}${others.length > 0 ? ` and ${others.length} more` : ''} are not in the archive${sent}`;
}

export function harHeader(headers: readonly HarPair[], name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name)?.value;
}
