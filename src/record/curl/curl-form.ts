import { createHash } from 'node:crypto';
import { type CurlText, isStandardInput, type ReadCurlFile } from './curl-data.js';
import { knownType, uploadType } from './file-type.js';
import { readPart, type WrittenPart } from './form-part.js';
import type { CurlOption } from './option-names.js';

interface FormPart {
  readonly name?: string;
  readonly filename?: string;
  readonly type?: string;
  readonly headers: readonly string[];
  /** Bytes, one character a byte. */
  readonly content: string;
}

/** A form as curl sends it, or why it cannot be told. */
export type CurlForm = { readonly boundary: string; readonly text: string } | { readonly missing: string };

/**
 * The body that `-F` comes to (curl, tool_formparse.c and mime.c); nothing where there is none.
 * @param type a Content-Type of the user; fields of what is no form are attachments
 */
export async function curlForm(
  options: readonly CurlOption[],
  type: string | undefined,
  read: ReadCurlFile,
): Promise<CurlForm | undefined> {
  const given = options.filter(({ name }) => name === 'form' || name === 'form-string');
  if (given.length === 0) return undefined;
  const parts: FormPart[] = [];
  for (const option of given) {
    const found = await readField(option, read);
    if ('missing' in found) return found;
    parts.push(...found);
  }
  const escapes = options.some(({ name }) => name === 'form-escape');
  const boundary = boundaryOf(parts, 0);
  const isForm = type === undefined || /^multipart\/form-data(?![^;\s])/i.test(type);
  return { boundary, text: encode(parts, boundary, isForm ? 'form-data' : 'attachment', escapes) };
}

type Field = readonly FormPart[] | { readonly missing: string };

async function readField({ name: option, value }: CurlOption, read: ReadCurlFile): Promise<Field> {
  const equals = value.indexOf('=');
  if (equals < 0) return { missing: 'a field of its form has no "="' };
  const name = value.slice(0, equals);
  const rest = value.slice(equals + 1);
  if (option === 'form-string') return [{ name, headers: [], content: rest }];
  if (/^[()]/.test(rest)) return { missing: 'its form has parts in parts, which a suite does not have' };
  if (rest.startsWith('@')) return uploads(name, rest.slice(1), read);
  return rest.startsWith('<') ? fieldOfFile(name, rest.slice(1), read) : fieldOfText(name, rest, read);
}

async function fieldOfText(name: string, rest: string, read: ReadCurlFile): Promise<Field> {
  const part = readPart(rest, '');
  if (part === undefined) return refusedType;
  const known = part.filename === undefined ? undefined : knownType(part.filename);
  return finished({ ...part, name, content: part.word, known }, read);
}

/** The text of a file is no upload: it has no name, and a type unless that is plain. */
async function fieldOfFile(name: string, rest: string, read: ReadCurlFile): Promise<Field> {
  const part = readPart(rest, '');
  if (part === undefined) return refusedType;
  const content = await read(part.word);
  if ('missing' in content) return content;
  const known = isStandardInput(part.word) ? undefined : knownType(part.word);
  const usual = known === 'text/plain' ? undefined : known;
  return finished({ ...part, name, content: content.text, filename: undefined, known: usual }, read);
}

const refusedType = { missing: 'curl does not take a type of its form' };

async function uploads(name: string, list: string, read: ReadCurlFile): Promise<Field> {
  const files: FormPart[] = [];
  for (let rest: string | undefined = list; rest !== undefined; ) {
    const part = readPart(rest, ',');
    if (part === undefined) return refusedType;
    const content: CurlText = await read(part.word);
    if ('missing' in content) return content;
    const filename = part.filename ?? part.word.replace(/^.*[/\\]/s, '');
    const known = uploadType(part.word, filename);
    const file = await finished({ ...part, name, content: content.text, filename, known }, read);
    if ('missing' in file) return file;
    files.push(...file);
    rest = part.after;
  }
  return files.length === 1 ? files : [mixed(name, files)];
}

/** Several files of one field are parts of a part (RFC 2388 section 4.2). */
function mixed(name: string, files: readonly FormPart[]): FormPart {
  const boundary = boundaryOf(files, 1);
  const content = encode(
    files.map(({ name: _, ...file }) => file),
    boundary,
    'attachment',
    false,
  );
  return { name, type: `multipart/mixed; boundary=${boundary}`, headers: [], content };
}

interface Unfinished extends Omit<WrittenPart, 'word'> {
  readonly name: string;
  readonly content: string;
  /** The type that its file has, where the command names none. */
  readonly known: string | undefined;
}

async function finished(
  { name, content, filename, type: said, known, headers, encoder }: Unfinished,
  read: ReadCurlFile,
): Promise<Field> {
  if (encoder !== undefined && !/^(?:binary|8bit|7bit)$/i.test(encoder))
    return { missing: `a part of its form is encoded (${encoder}), which a suite does not do` };
  const given = await partHeaders(headers, read);
  if ('missing' in given) return given;
  const types = given.lines.filter((line) => /^content-type:/i.test(line));
  const type = said ?? (types.length > 0 ? undefined : known);
  const lines = said === undefined ? given.lines : given.lines.filter((line) => !types.includes(line));
  const encoding = encoder === undefined ? [] : [`Content-Transfer-Encoding: ${encoder}`];
  const part = { name, content, headers: [...encoding, ...lines] };
  return [{ ...part, ...(filename !== undefined && { filename }), ...(type !== undefined && { type }) }];
}

/** `headers=@file` names a file of them: a line that begins with a space goes on with the one before, `#` begins a comment. */
async function partHeaders(
  headers: readonly string[],
  read: ReadCurlFile,
): Promise<{ readonly lines: readonly string[] } | { readonly missing: string }> {
  const lines: string[] = [];
  for (const header of headers) {
    const file = /^[@<]/.test(header) ? await read(header.slice(1)) : { text: undefined };
    if ('missing' in file) return file;
    lines.push(...(file.text === undefined ? [header] : headerLines(file.text)));
  }
  return { lines };
}

function headerLines(text: string): readonly string[] {
  const unfolded = text
    .replace(/\r/g, '')
    .replace(/^#.*$/gm, '')
    .replace(/\n(?=[ \t\v\f])/g, '');
  return unfolded.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trimEnd()]));
}

function encode(parts: readonly FormPart[], boundary: string, disposition: string, escapes: boolean): string {
  const quoted = (text: string) =>
    escapes
      ? text.replace(/[\\"]/g, '\\$&')
      : text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const pieces = parts.map(({ name, filename, type, headers, content }) => {
    const names = [
      disposition,
      ...(name === undefined || name === '' ? [] : [`name="${quoted(name)}"`]),
      ...(filename === undefined ? [] : [`filename="${quoted(filename)}"`]),
    ];
    const head = [
      // Nothing to call an attachment is none.
      ...(names.length === 1 && disposition === 'attachment' ? [] : [`Content-Disposition: ${names.join('; ')}`]),
      ...(type === undefined ? [] : [`Content-Type: ${type}`]),
      ...headers,
    ];
    return `--${boundary}\r\n${head.join('\r\n')}\r\n\r\n${content}\r\n`;
  });
  return `${pieces.join('')}--${boundary}--\r\n`;
}

/** In the style of curl; the same in every import. */
function boundaryOf(parts: readonly FormPart[], level: number): string {
  const digest = createHash('sha256')
    .update(`${level}${JSON.stringify(parts)}`)
    .digest('hex');
  return `------------------------${digest.slice(0, 16)}`;
}
