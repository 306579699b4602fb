import { type Entry, entriesOf, submissionBody } from '../../html/submission.js';
import type { Part } from '../../model/request.js';
import { encodeRequest } from '../../request/encode-request.js';
import type { CapturedRequest } from '../captured-request.js';
import { fieldValue } from './field-value.js';
import type { FoundForm } from './found-form.js';

/** A small file for a field that takes one. */
const note = '# Notes\n\nWe open on Monday. Bring 5 < 6 chairs & "the" table.\n';

/** What somebody might fill into a form. Hidden fields, choices and boxes stay as the page has them. */
export async function fillingFor({ fields }: FoundForm): Promise<readonly Part[]> {
  const parts: Part[] = [];
  for (const field of fields) {
    const name = field.attribute('name') ?? '';
    if (name === '' || parts.some((part) => part.name === name)) continue;
    if (field.tag === 'input' && field.attribute('type')?.toLowerCase() === 'file')
      parts.push({ name, filename: 'notes.md', type: 'text/markdown', content: { text: note } });
    const text = await fieldValue(field);
    if (text !== undefined) parts.push({ name, content: { text } });
  }
  return parts;
}

/** The request that a form which only asks comes to: what is filled in stands in its query. */
export async function askingRequest(found: FoundForm): Promise<CapturedRequest> {
  const { body } = await formRequest(found);
  const query = body.kind === 'bytes' ? Buffer.from(body.bytes).toString('latin1') : '';
  return {
    ...(await formRequest(found)),
    method: 'GET',
    url: withQuery(found.action, query),
    headers: [],
    body: { kind: 'none' },
  };
}

function withQuery(action: string, query: string): string {
  const url = new URL(action);
  url.search = query;
  url.hash = '';
  return url.href;
}

/** The request that submits a form, as a browser encodes it. */
export async function formRequest(found: FoundForm): Promise<CapturedRequest> {
  const { form, action, page, title } = found;
  const filled = (await fillingFor(found)).map((part): Entry => ({ ...part }));
  const body = submissionBody(entriesOf(form, filled), form.enctype);
  const { headers, body: bytes } = encodeRequest({ ...asIs, body });
  const type = headers.filter(([name]) => name.toLowerCase() === 'content-type');
  return {
    method: 'POST',
    url: action,
    headers: body.kind === 'raw' ? [['Content-Type', 'text/plain']] : type,
    body: { kind: 'bytes', bytes },
    place: { file: `the form of ${page.replace(/[?#].*$/s, '')}` },
    ...(title !== '' && { title }),
  };
}

const asIs = { method: 'POST', path: '/', query: [], headers: [], cookies: [], omittedHeaders: [] } as const;
