import { createHash } from 'node:crypto';
import type { CurlText, ReadCurlFile } from './curl-data.js';
import type { CurlOption } from './option-names.js';

interface FormPart {
  readonly name?: string;
  readonly filename?: string;
  readonly type?: string;
  readonly headers: readonly string[];
  /** Bytes, one character a byte. */
  readonly content: string;
}

/** What `;type=…` and the like say of a part. */
interface PartOptions {
  readonly type?: string;
  readonly filename?: string;
  readonly encoder?: string;
  readonly headers: readonly string[];
}

/** A form as curl sends it, or why it cannot be told. */
export type CurlForm = { readonly boundary: string; readonly text: string } | { readonly missing: string };

/** The body that `-F` comes to (curl, tool_formparse.c and mime.c); nothing where there is none. */
export async function curlForm(options: readonly CurlOption[], read: ReadCurlFile): Promise<CurlForm | undefined> {
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
  return { boundary, text: encode(parts, boundary, 'form-data', escapes) };
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
  const isFile = rest.startsWith('<');
  const { word, said } = readPart(isFile ? rest.slice(1) : rest, '');
  const content = isFile ? await read(word) : { text: word };
  return 'missing' in content ? content : finished({ name, content: content.text, ...said, filename: said.filename });
}

async function uploads(name: string, list: string, read: ReadCurlFile): Promise<Field> {
  const files: FormPart[] = [];
  for (let rest: string | undefined = list; rest !== undefined; ) {
    const { word, said, after } = readPart(rest, ',');
    const content: CurlText = await read(word);
    if ('missing' in content) return content;
    const filename = said.filename ?? word.replace(/^.*[/\\]/s, '');
    const part = finished({ name, content: content.text, ...said, filename, type: said.type ?? typeOf(filename) });
    if ('missing' in part) return part;
    files.push(...part);
    rest = after;
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

function finished({
  encoder,
  filename,
  type,
  ...part
}: Omit<FormPart, 'filename' | 'type'> & {
  encoder?: string | undefined;
  filename?: string | undefined;
  type?: string | undefined;
}): Field {
  if (encoder !== undefined && !/^(?:binary|8bit|7bit)$/i.test(encoder))
    return { missing: `a part of its form is encoded (${encoder}), which a suite does not do` };
  const headers = encoder === undefined ? part.headers : [...part.headers, `Content-Transfer-Encoding: ${encoder}`];
  return [{ ...part, headers, ...(filename !== undefined && { filename }), ...(type !== undefined && { type }) }];
}

/** Reads a word and the options behind it, up to the end or a comma. */
function readPart(text: string, end: string): { word: string; said: PartOptions; after: string | undefined } {
  const { word, rest } = readWord(text.replace(/^\s+/, ''), end);
  let said: PartOptions = { headers: [] };
  let left = rest;
  while (left.startsWith(';')) {
    const option = left.slice(1).replace(/^\s+/, '');
    const [, key = ''] = /^(type|filename|headers|encoder)=/.exec(option) ?? [];
    const found =
      key === 'type' ? readType(option.slice(5), end) : readWord(option.slice(key === '' ? 0 : key.length + 1), end);
    left = found.rest;
    if (key === 'headers') said = { ...said, headers: [...said.headers, found.word] };
    else if (key !== '') said = { ...said, [key]: found.word };
  }
  return { word, said, after: end !== '' && left.startsWith(end) ? left.slice(1) : undefined };
}

/** A word may stand in quotes; what follows them up to the next ";" is nothing. */
function readWord(text: string, end: string): { readonly word: string; readonly rest: string } {
  const quoted = /^"((?:[^"\\]|\\.)*)"/s.exec(text);
  const stop = end === '' ? /[;]/ : /[;,]/;
  if (quoted !== null) {
    const rest = text.slice(quoted[0].length);
    const at = rest.search(stop);
    return { word: (quoted[1] ?? '').replace(/\\([\\"])/g, '$1'), rest: at < 0 ? '' : rest.slice(at) };
  }
  const at = text.search(stop);
  return { word: (at < 0 ? text : text.slice(0, at)).replace(/\s+$/, ''), rest: at < 0 ? '' : text.slice(at) };
}

/** A media type goes on with its parameters: `text/plain; charset=utf-8`. */
function readType(text: string, end: string): { readonly word: string; readonly rest: string } {
  let { word, rest } = readWord(text.replace(/^\s+/, ''), end);
  for (let more = parameterIn(rest); more !== undefined; more = parameterIn(rest)) {
    const next = readWord(rest.slice(1), end);
    word = `${word};${next.word}`;
    rest = next.rest;
  }
  return { word, rest };
}

function parameterIn(rest: string): string | undefined {
  return /^;\s*(?!(?:type|filename|headers|encoder)=)[^;]/.exec(rest)?.[0];
}

const types: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  htm: 'text/html',
  html: 'text/html',
  pdf: 'application/pdf',
  xml: 'application/xml',
};

/** The types that curl knows by the ending of a name. */
function typeOf(filename: string): string {
  return types[/\.([^.]+)$/.exec(filename)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
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
      `Content-Disposition: ${names.join('; ')}`,
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
