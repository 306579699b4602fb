import { fileBody, textBody } from '../authored/form-body.js';
import type { Template } from '../authored/template.js';
import type { CapturedBody } from '../captured-request.js';
import type { ReadLocal } from '../local-files.js';
import type { HttpFileRequest } from './http-file.js';

const inclusion = /^\s*<(@(\w*))?\s+(.+?)\s*$/;

/** The body that a runner sends for the lines of a request. */
export async function httpBody(
  { body, method, headers }: HttpFileRequest,
  template: Template,
  read: ReadLocal,
): Promise<CapturedBody> {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const isQuery =
    method === 'GRAPHQL' || headers.some(([name, value]) => /^x-request-type$/i.test(name) && /graphql/i.test(value));
  if (isQuery) return textBody(graphql(template.fill(body.join('\n'))));
  if (/^application\/x-www-form-urlencoded/i.test(type) && !body.some((line) => inclusion.test(line)))
    return textBody(form(template.fill(body.join('\n'))));
  const [only, ...others] = body;
  const whole = only === undefined || others.length > 0 ? null : inclusion.exec(only);
  if (whole !== null && whole[1] === undefined) return fileBody(template.fill(whole[3] ?? ''), read);
  return withFiles(meantLines(body, type), /^multipart\//i.test(type) ? '\r\n' : '\n', template, read);
}

/** JSON has no comments: lines of them are the author's. Lines of JSON end in a line break each. */
function meantLines(lines: readonly string[], type: string): readonly string[] {
  if (/^application\/x-ndjson/i.test(type) && lines.length > 0) return [...lines, ''];
  return /^application\/(?:[\w.+-]+\+)?json/i.test(type) ? lines.filter((line) => !/^\s*(?:#|\/\/)/.test(line)) : lines;
}

/** Lines of fields are joined, blanks around names and values are none, and what a form cannot carry is encoded. */
function form(text: string): string {
  const fields = text
    .split('\n')
    .map((line) => line.trim())
    .join('')
    .split('&');
  return fields.map((field) => encodeField(field.replace(/^\s+|\s+$/g, '').replace(/\s*=\s*/, '='))).join('&');
}

/** As `encodeURI` does; what is encoded stays. */
function encodeField(field: string): string {
  return encodeURI(field.toWellFormed()).replaceAll('%25', '%');
}

/** A query, and after an empty line its variables (GraphQL over HTTP, section 5). */
function graphql(text: string): string {
  const [query = '', variables] = text.split(/\n\s*\n(?=\s*\{)/);
  const operation = /^\s*(?:query|mutation|subscription)\s+(\w+)/m.exec(query)?.[1];
  const named = operation === undefined ? '' : `,"operationName":${JSON.stringify(operation)}`;
  return `{"query":${JSON.stringify(query.trim())}${named}${variables === undefined ? '' : `,"variables":${compact(variables)}`}}`;
}

function compact(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    return json.trim();
  }
}

type Piece = { readonly kind: 'bytes'; readonly bytes: Buffer } | Extract<CapturedBody, { readonly kind: 'missing' }>;

/** Lines as they are, and files in their places. */
async function withFiles(
  lines: readonly string[],
  lineEnd: string,
  template: Template,
  read: ReadLocal,
): Promise<CapturedBody> {
  const pieces: Buffer[] = [];
  for (const line of lines) {
    const piece = await pieceOf(line, template, read);
    if (piece.kind === 'missing') return piece;
    pieces.push(...(pieces.length > 0 ? [Buffer.from(lineEnd)] : []), piece.bytes);
  }
  const bytes = Buffer.concat(pieces);
  return bytes.length === 0 ? { kind: 'none' } : { kind: 'bytes', bytes };
}

/** `< path` stands for a file, `<@ path` for one with variables. */
async function pieceOf(line: string, template: Template, read: ReadLocal): Promise<Piece> {
  const [, fills, encoding = '', path] = inclusion.exec(line) ?? [];
  if (path === undefined) return { kind: 'bytes', bytes: Buffer.from(template.fill(line), 'utf8') };
  const file = await read(template.fill(path));
  if (file.kind === 'missing' || fills === undefined) return file;
  const text = file.bytes.toString(/latin1/i.test(encoding) ? 'latin1' : 'utf8');
  return { kind: 'bytes', bytes: Buffer.from(template.fill(text), 'utf8') };
}
