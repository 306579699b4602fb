import { createHash } from 'node:crypto';
import type { PageForm } from '../../html/form-controls.js';
import { type Entry, entriesOf, fieldOf, submissionBody } from '../../html/submission.js';
import type { SessionValue } from '../../model/case.js';
import type { FormSource } from '../../model/form-source.js';
import type { Pair, RequestBody, RequestSpec } from '../../model/request.js';
import { opensSomething } from './secret-fields.js';
import { sentFrom } from './visitor.js';

/** A request that submits a form, with tokens for the hidden values that open something for whoever knows them. */
export interface FormRequest {
  readonly request: RequestSpec;
  readonly hidden: readonly (SessionValue & { readonly value: string })[];
}

/**
 * The request of a case as the form of a page sends it: action, method, encoding and all fields in their order; what the
 * case fills in wins.
 * @param pageUrl where the form was, as a browser shows it
 * @param pathOf the target's path of a URL; `undefined` where the URL leads elsewhere
 * @returns the reason where the form leads elsewhere
 */
export function submitForm(
  form: PageForm,
  { request, from, id }: { readonly request: RequestSpec; readonly from: FormSource; readonly id: string },
  pageUrl: string,
  pathOf: (url: string) => string | undefined,
): FormRequest | string {
  const action = form.action === '' ? pageUrl : form.action;
  const url = URL.canParse(action, pageUrl) ? new URL(action, pageUrl) : undefined;
  const path = url && /^https?:$/.test(url.protocol) ? pathOf(url.href) : undefined;
  if (path === undefined) return `the form is sent to ${action.slice(0, 200)}, which is not of the target`;
  const hidden: (SessionValue & { readonly value: string })[] = [];
  const entries = entriesOf(form, filledIn(request.body)).filter(({ name }) => from.without?.includes(name) !== true);
  const shown = entries.map((entry): Entry => {
    const { name, control } = entry;
    if (control === undefined || !opensSomething(control)) return entry;
    const token = `WafproofSession${createHash('sha256').update(`${id}\0form\0${name}`).digest('hex').slice(0, 32)}`;
    hidden.push({ name, token, value: control.value });
    return { ...entry, content: { text: token } };
  });
  const headers = [...missingFrom(request, sentFrom(pageUrl)), ...request.headers];
  return { request: { ...request, headers, ...sent(form, shown, path, request.query) }, hidden };
}

function sent(form: PageForm, entries: readonly Entry[], path: string, query: readonly Pair[]) {
  if (form.method === 'POST') return { method: 'POST', path, query, body: submissionBody(entries, form.enctype) };
  const none: RequestBody = { kind: 'none' };
  return { method: 'GET', path: path.replace(/\?.*$/s, ''), query: [...entries.map(fieldOf), ...query], body: none };
}

/** What a case fills into a form. */
function filledIn(body: RequestBody): readonly Entry[] {
  switch (body.kind) {
    case 'form':
      return body.fields.map(([name, text]) => ({ name, content: { text } }));
    case 'multipart':
      return body.parts.map((part) => ({ ...part }));
    default:
      return [];
  }
}

function missingFrom({ headers, omittedHeaders }: RequestSpec, added: readonly Pair[]): readonly Pair[] {
  const given = [...headers.map(([name]) => name.toLowerCase()), ...omittedHeaders];
  return added.filter(([name]) => !given.includes(name.toLowerCase()));
}
