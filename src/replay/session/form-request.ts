import { createHash } from 'node:crypto';
import { formFor } from '../../html/find-form.js';
import type { Page } from '../../html/page.js';
import {
  addressOf,
  type Entry,
  fieldOf,
  type SubmittedForm,
  submissionBody,
  submissionHeaders,
  submissionOf,
} from '../../html/submission.js';
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

/** A page with a form, and where it was, as a browser shows it. */
interface FormPage {
  readonly page: Page;
  readonly url: string;
}

/**
 * The request of a case as the form of a page sends it: action, method, encoding and all fields in their order; what the
 * case fills in wins.
 * @param pathOf the target's path of a URL; `undefined` where the URL leads elsewhere
 * @returns the reason where the form leads elsewhere; `undefined` where the page has no such form
 */
export function submitForm(
  { page, url: pageUrl }: FormPage,
  { request, from, id }: { readonly request: RequestSpec; readonly from: FormSource; readonly id: string },
  pathOf: (url: string) => string | undefined,
): FormRequest | string | undefined {
  const form = formFor(page, from.form);
  if (form === undefined) return undefined;
  const submission = submissionOf(form, filledIn(request.body), from.without);
  const url = addressOf(submission, page, pageUrl);
  const path = url && /^https?:$/.test(url.protocol) ? pathOf(url.href) : undefined;
  if (path === undefined) return `the form is sent to ${submission.action.slice(0, 200)}, which is not of the target`;
  const hidden: (SessionValue & { readonly value: string })[] = [];
  const entries = submission.entries.map((entry): Entry => {
    const { name, control } = entry;
    if (control === undefined || !opensSomething(control)) return entry;
    const token = `WafproofSession${createHash('sha256').update(`${id}\0form\0${name}`).digest('hex').slice(0, 32)}`;
    hidden.push({ name, token, value: control.value });
    return { ...entry, content: { text: token } };
  });
  const made = sent({ ...submission, entries }, path, request.query);
  const headers = [
    ...missingFrom(request, [...sentFrom(pageUrl), ...submissionHeaders(made.body)]),
    ...request.headers,
  ];
  return { request: { ...request, headers, ...made }, hidden };
}

function sent({ method, enctype, entries }: SubmittedForm, path: string, query: readonly Pair[]) {
  if (method === 'POST') return { method, path, query, body: submissionBody(entries, enctype) };
  const none: RequestBody = { kind: 'none' };
  return { method, path: path.replace(/\?.*$/s, ''), query: [...entries.map(fieldOf), ...query], body: none };
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
