import { isDeepStrictEqual } from 'node:util';
import { formFor, formIn } from '../html/find-form.js';
import { type FormControl, type PageForm, readForm } from '../html/form-controls.js';
import { type Page, type PageElement, readPage } from '../html/page.js';
import { addressOf, type Entry, entriesOf } from '../html/submission.js';
import type { FormSource } from '../model/form-source.js';
import type { RequestBody, RequestSpec } from '../model/request.js';
import { isFormToken, looksMade } from './secret-values.js';

/** A form that an earlier answer had, and what its user changed there. */
export interface FormBehind {
  readonly from: FormSource;
  /** The fields that are not as the page had them. */
  readonly body: RequestBody;
}

/** A page that came before. */
interface SeenPage {
  readonly url: string;
  readonly html: string;
  read?: ReadPage;
}

interface ReadPage {
  readonly page: Page;
  /** Its forms that are posted, by where they go. */
  readonly forms: ReadonlyMap<string, readonly SeenForm[]>;
}

interface SeenForm {
  readonly element: PageElement;
  readonly form: PageForm;
}

/** So many pages are remembered, the last ones. */
const mostPages = 40;
const longestPage = 2_000_000;
/** So many forms of a page that go to one address are looked at, the first ones: a table may have one a row. */
const mostForms = 100;

/** Remembers pages with forms, and finds the one that a request was made with. */
export class FormPages {
  readonly #pages: SeenPage[] = [];

  learn(url: string, html: string): void {
    if (html.length > longestPage || !/<form\b/i.test(html) || !URL.canParse(url)) return;
    this.#pages.push({ url, html });
    if (this.#pages.length > mostPages) this.#pages.shift();
  }

  /** The newest form that comes to exactly this request, and gives it a token that the next page has another of. */
  behind(spec: RequestSpec, url: string): FormBehind | undefined {
    if (spec.method !== 'POST' || !URL.canParse(url)) return undefined;
    const sent = sentEntries(spec.body);
    if (sent.length === 0) return undefined;
    const kind = spec.body.kind === 'multipart' ? 'multipart' : 'urlencoded';
    for (const seen of this.#pages.toReversed()) {
      const found = inPage(seen, new URL(url), kind, sent);
      if (found !== undefined) return { from: found.from, body: ownBody(spec.body, found.own) };
    }
    return undefined;
  }
}

function inPage(seen: SeenPage, to: URL, kind: PageForm['enctype'], sent: readonly Entry[]) {
  if (new URL(seen.url).origin !== to.origin) return undefined;
  seen.read ??= readForms(seen);
  const { page, forms } = seen.read;
  for (const { element, form } of forms.get(withoutHash(to.href)) ?? []) {
    if (form.enctype !== kind) continue;
    const own = changedIn(form, sent);
    const selector = own && selectorOf(page, element, form);
    if (own === undefined || selector === undefined) continue;
    return { own: own.filled, from: sourceOf(seen.url, to, selector, own.without) };
  }
  return undefined;
}

function readForms({ url, html }: SeenPage): ReadPage {
  const page = readPage(html);
  const forms = new Map<string, SeenForm[]>();
  for (const element of page.elements.filter(({ tag }) => tag === 'form')) {
    const form = readForm(element, page);
    const action = withoutHash(addressOf(form, page, url)?.href ?? '');
    const known = forms.get(action) ?? [];
    forms.set(action, known);
    if (form.method === 'POST' && known.length < mostForms) known.push({ element, form });
  }
  return { page, forms };
}

function withoutHash(url: string): string {
  return url.replace(/#.*$/s, '');
}

function sourceOf(url: string, to: URL, form: string, without: readonly string[]): FormSource {
  const { pathname, search } = new URL(url);
  const page = `${pathname}${search}`;
  const action = `${to.pathname}${to.search}`;
  return {
    page,
    ...(form !== '' && { form }),
    ...(without.length > 0 && { without }),
    ...(action !== page && { action }),
  };
}

/** What a user did to a form, where that comes to the same request again, and a token is among what stays. */
function changedIn(form: PageForm, sent: readonly Entry[]) {
  const untouched = entriesOf(form, []);
  const names = new Set([...untouched, ...sent].map(({ name }) => name));
  const changed = [...names].filter((name) => !isSame(named(untouched, name), named(sent, name)));
  const filled = sent.filter(({ name }) => changed.includes(name));
  const all = entriesOf(form, filled);
  const without = changed.filter((name) => named(sent, name).length === 0 && named(all, name).length > 0);
  const again = all.filter(({ name }) => !without.includes(name));
  const gone = form.controls.filter(({ name }) => !changed.includes(name));
  return isSame(again, sent) && gone.some(isToken) ? { filled, without } : undefined;
}

function isToken({ kind, name, value }: FormControl): boolean {
  return kind === 'hidden' && (isFormToken(name, value) || looksMade(value));
}

function named(entries: readonly Entry[], name: string): readonly Entry[] {
  return entries.filter((entry) => entry.name === name);
}

function isSame(some: readonly Entry[], others: readonly Entry[]): boolean {
  return isDeepStrictEqual(some.map(plain), others.map(plain));
}

function plain({ name, content, filename, type }: Entry) {
  return { name, content, filename, type };
}

/** By id, name or action, where that means this form; empty where it is the one that is meant without. */
function selectorOf(page: Page, element: PageElement, form: PageForm): string | undefined {
  const id = element.attribute('id') ?? '';
  const name = element.attribute('name') ?? '';
  const action = element.attribute('action') ?? '';
  const candidates = [
    /^[A-Za-z][\w-]*$/.test(id) ? `form#${id}` : '',
    /^[\w -]+$/.test(name) ? `form[name="${name}"]` : '',
    '',
    /^[^"\\\s]+$/.test(action) ? `form[action="${action}"]` : '',
  ];
  const means = (css: string) => (css === '' ? formFor(page, undefined) : formIn(page, css));
  return candidates.find((css, index) => (css !== '' || index === 2) && isDeepStrictEqual(means(css), form));
}

function sentEntries(body: RequestBody): readonly Entry[] {
  if (body.kind === 'form') return body.fields.map(([name, text]) => ({ name, content: { text } }));
  return body.kind === 'multipart' ? body.parts : [];
}

function ownBody(body: RequestBody, own: readonly Entry[]): RequestBody {
  const names = new Set(own.map(({ name }) => name));
  if (names.size === 0) return { kind: 'none' };
  if (body.kind === 'form') return { ...body, fields: body.fields.filter(([name]) => names.has(name)) };
  return body.kind === 'multipart' ? { ...body, parts: body.parts.filter(({ name }) => names.has(name)) } : body;
}
