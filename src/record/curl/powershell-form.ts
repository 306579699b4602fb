import { createHash } from 'node:crypto';
import { basename } from 'node:path/posix';
import type { CapturedBody } from '../captured-request.js';
import type { ReadLocal } from '../local-files.js';
import { type PowerShellValue, valueText } from './powershell-value.js';

type Table = Extract<PowerShellValue, { readonly kind: 'table' }>;

/** A table as a form or a query, as .NET escapes it (`WebUtility.UrlEncode`); nothing where a value cannot be told. */
export function formPairs({ pairs }: Table): string | undefined {
  const fields = pairs.map(([name, value]) => [name, valueText(value)] as const);
  const known = fields.flatMap(([name, value]) =>
    value === undefined ? [] : [`${urlEncoded(name)}=${urlEncoded(value)}`],
  );
  return known.length === fields.length ? known.join('&') : undefined;
}

function urlEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+').replaceAll("'", '%27').replaceAll('~', '%7E');
}

/** What `-Form` sends: fields, and the files of `Get-Item`. */
export async function dotnetForm(form: PowerShellValue, read: ReadLocal) {
  if (form.kind !== 'table') return { reason: 'a program would have to run to tell its form (-Form)' };
  const parts: Buffer[] = [];
  for (const [name, value] of form.pairs) {
    for (const item of value.kind === 'list' ? value.items : [value]) {
      const part = await partOf(name, item, read);
      if (typeof part === 'string') return missing(part);
      parts.push(part);
    }
  }
  const boundary = createHash('sha256').update(Buffer.concat(parts)).digest('hex').slice(0, 32);
  const bytes = Buffer.concat([
    ...parts.flatMap((part, i) => [Buffer.from(`${i === 0 ? '' : '\r\n'}--${boundary}\r\n`), part]),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const body: CapturedBody = { kind: 'bytes', bytes };
  return { body, type: `multipart/form-data; boundary="${boundary}"` };
}

function missing(reason: string): { readonly body: CapturedBody } {
  return { body: { kind: 'missing', reason } };
}

/** @returns the part, or why it is missing */
async function partOf(name: string, value: PowerShellValue, read: ReadLocal): Promise<Buffer | string> {
  if (value.kind === 'file') {
    const file = await read(value.path);
    if (file.kind === 'missing') return file.reason;
    const filename = basename(value.path.replaceAll('\\', '/'));
    return Buffer.concat([head('application/octet-stream', `${name}"; filename="${filename}`), file.bytes]);
  }
  const text = valueText(value);
  if (text === undefined) return 'a program would have to run to tell a field of its form (-Form)';
  return Buffer.concat([head('text/plain; charset=utf-8', name), Buffer.from(text)]);
}

function head(type: string, name: string): Buffer {
  return Buffer.from(`Content-Type: ${type}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`);
}
