import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fail } from '../model/error.js';
import type { Content, Part, RequestBody } from '../model/request.js';
import { reasonOf } from '../util/reason-of.js';
import type { Arguments } from './arguments.js';

/**
 * The body that the options of curl make, or the text of the query with `--get`.
 * @throws WafproofError `USAGE`
 */
export function curlBody(args: Arguments, cwd: string): RequestBody {
  const parts = args.all('form').map((text) => partIn(text, cwd));
  if (parts.length > 0) return { kind: 'multipart', boundary: '------------------------d74496d66958873e', parts };
  const pieces = [
    ...args
      .all('data')
      .map((text) => fileOr(text, cwd).replace(/[\r\n\0]/g, (end) => (text.startsWith('@') ? '' : end))),
    ...args.all('data-raw'),
    ...args.all('data-binary').map((text) => fileOr(text, cwd)),
    ...args.all('data-urlencode').map(encoded),
  ];
  return pieces.length === 0 ? { kind: 'none' } : { kind: 'raw', content: { text: pieces.join('&') } };
}

function fileOr(text: string, cwd: string): string {
  return text.startsWith('@') ? read(text.slice(1), cwd).toString('utf8') : text;
}

/** `name=text`, `=text` or `text`. */
function encoded(text: string): string {
  const equals = text.indexOf('=');
  const name = equals < 0 ? '' : text.slice(0, equals);
  return `${name === '' ? '' : `${name}=`}${encodeURIComponent(text.slice(equals + 1))}`;
}

function partIn(text: string, cwd: string): Part {
  const [, name, value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) throw unusable(`--form takes name=text or name=@file, not "${text}"`);
  const [first = '', ...settings] = value.split(';');
  if (!first.startsWith('@')) return { name, content: { text: value } };
  const setting = (key: string) => settings.find((one) => one.startsWith(`${key}=`))?.slice(key.length + 1);
  const type = setting('type') ?? 'application/octet-stream';
  return {
    name,
    filename: setting('filename') ?? basename(first.slice(1)),
    type,
    content: contentOf(read(first.slice(1), cwd)),
  };
}

function contentOf(bytes: Buffer): Content {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? { text } : { base64: bytes.toString('base64') };
}

function read(path: string, cwd: string): Buffer {
  try {
    return readFileSync(resolve(cwd, path));
  } catch (error) {
    throw unusable(`${path} cannot be read: ${reasonOf(error)}`);
  }
}

/** An option that cannot be followed. */
export function unusable(message: string) {
  return fail('USAGE', { message, command: 'triage' });
}
