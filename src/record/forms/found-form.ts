import { fieldsOwnedBy, type PageForm, readForm } from '../../html/form-controls.js';
import type { Page, PageElement } from '../../html/page.js';
import { addressOf } from '../../html/submission.js';
import { decodedText } from '../../request/credential-names.js';
import { costsMoney, endsSomething } from './harmful-words.js';
import { recognisePath } from './page-shape.js';

/** A form that posts, on the page that it was found on. */
export interface FoundForm {
  /** What tells it from the page's other forms. */
  readonly mark: { readonly action: string; readonly names: readonly string[] };
  /** The page's address, and where the form is sent. */
  readonly page: string;
  readonly action: string;
  readonly title: string;
  readonly form: PageForm;
  readonly fields: readonly PageElement[];
  /** What stands in it and on it, for whoever decides whether to touch it. */
  readonly words: string;
  /** The page asks whether one is sure. */
  readonly asksFirst: boolean;
}

/** So many forms of a page are looked at, the first ones: what has more has one a row. */
export const mostForms = 200;

/** How many forms a page has, whatever they do. */
export function formCount({ elements }: Page): number {
  return elements.filter(({ tag }) => tag === 'form').length;
}

/** The forms that change something. */
export function postingForms(forms: readonly FoundForm[]): readonly FoundForm[] {
  return forms.filter(({ form }) => form.method === 'POST');
}

/** Forms that something can be filled into, and that do not post: they ask for something, or a script sends them. */
export function askingForms(forms: readonly FoundForm[]): readonly FoundForm[] {
  const isText = ({ kind, name }: FoundForm['form']['controls'][number]) => kind === 'other' && name !== '';
  return forms.filter(({ form }) => form.method !== 'POST' && form.controls.some(isText));
}

/** The first `mostForms` forms of a page. */
export function firstForms(page: Page, url: string): readonly FoundForm[] {
  const elements = page.elements.filter(({ tag }) => tag === 'form').slice(0, mostForms);
  return elements.flatMap((element): readonly FoundForm[] => {
    const form = readForm(element, page);
    const action = addressOf(form, page, url);
    if (action === undefined) return [];
    const fields = fieldsOwnedBy(element, page);
    const heading = page.elements.find(({ tag, parent }) => /^(?:legend|h[1-3])$/.test(tag) && isIn(parent, element));
    const buttons = fields.filter(isButton).map((button) => button.attribute('value') ?? button.text());
    const details = [heading?.text() ?? '', buttons[0] ?? ''].map(plain).filter((text) => text !== '');
    const title = [page.title, details.join(', ')].filter((text) => text !== '').join(': ');
    const said = ['id', 'class', 'name', 'action', ...spoken].map((name) => element.attribute(name) ?? '');
    const marks = fields.filter(isButton).flatMap((button) => spoken.map((name) => button.attribute(name) ?? ''));
    const names = fields.map((field) => `${field.attribute('name') ?? ''} ${field.attribute('autocomplete') ?? ''}`);
    const decided = form.controls.filter(({ kind, name }) => kind === 'hidden' && deciding.test(name));
    const values = decided.map(({ value }) => value.slice(0, 40));
    const words = [...said, ...buttons, ...marks, ...details, ...names, ...values].map(plain).join('\n');
    const own = fields.map((field) => field.attribute('name')?.trim() ?? '').filter((name) => name !== '');
    const mark = { action: element.attribute('action')?.trim() ?? '', names: own };
    const asks = [element, ...fields.filter(isButton)].some(asksFirst);
    return [{ mark, page: url, action: action.href, title, form, fields, words, asksFirst: asks }];
  });
}

function isButton(field: PageElement): boolean {
  return field.tag === 'button' || /^(?:submit|image)$/i.test(field.attribute('type') ?? '');
}

function isIn(inner: PageElement | undefined, element: PageElement): boolean {
  for (let outer = inner; outer !== undefined; outer = outer.parent) if (outer === element) return true;
  return false;
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 80);
}

/** Forms of one shape are one: the same endpoint, but for ids, and the same fields. */
export function formShape({ action, form }: FoundForm): string {
  const names = form.controls.map(({ name }) => name.replace(/\d+/g, 'n')).filter((name) => name !== '');
  return `${recognisePath(action)} ${[...new Set(names)].join(' ')}`;
}

/** Why a form is left alone; nothing where it may be filled in. */
export function whyLeftAlone(found: FoundForm, origin: string): string | undefined {
  const { action, words, form } = found;
  const targets = [action, ...buttonTargets(found)];
  if (targets.some((one) => new URL(one).origin !== origin)) return 'a form that is sent to another origin';
  if (form.controls.some(({ kind }) => kind === 'password')) return 'a form that asks for a password';
  const said = [words, ...targets.map(readable)].join('\n');
  if (costsMoney(said)) return 'a form of payment';
  if (endsSomething(said)) return 'a form that ends the session or takes something away';
  return found.asksFirst ? 'a form that asks whether one is sure' : undefined;
}

/** Buttons may send a form elsewhere. */
function buttonTargets({ form, page }: FoundForm): readonly string[] {
  const actions = form.controls.flatMap(({ says }) => (says?.action === undefined ? [] : [says.action]));
  return actions.filter((action) => URL.canParse(action, page)).map((action) => new URL(action, page).href);
}

/** Whether a link must not be followed: some applications log out or delete at a click. */
export function isHarmfulLink(link: PageElement, url: string): boolean {
  const said = [...spoken.map((name) => link.attribute(name) ?? ''), link.text()].map(plain).filter(isLabel);
  const isPlain = /^(?:get)?$/i.test(link.attribute('data-method') ?? link.attribute('data-turbo-method') ?? '');
  return !isPlain || asksFirst(link) || isHarmfulAddress(url) || endsSomething(said.join('\n'));
}

/** What is longer is a title: "How to remove stains". */
function isLabel(text: string): boolean {
  return text.length <= 24 && text.split(' ').length <= 3;
}

/** The same for an address that stands alone. */
export function isHarmfulAddress(url: string): boolean {
  const said = readable(url);
  return endsSomething(said) || costsMoney(said) || /(?:^| )(?:del|rm|kill)(?: |$)/i.test(said);
}

/** Attributes that say to people what an element is for. */
const spoken = ['title', 'aria-label', 'alt'] as const;

/** A question before something is done means that it cannot be undone. */
function asksFirst(element: PageElement): boolean {
  const said = ['onclick', 'onsubmit'].map((name) => element.attribute(name) ?? '').join('\n');
  const isAsking = ['data-confirm', 'data-turbo-confirm', 'hx-confirm'].some((name) => element.attribute(name));
  return isAsking || /\bconfirm\s*\(/.test(said);
}

/** Hidden fields by which one address does several things. */
const deciding = /^(?:_?method|_?action|op|do|cmd|command|mode|task)$/i;

/** The words of a path and a query. */
function readable(url: string): string {
  const { pathname, search } = new URL(url);
  return decodedText(`${pathname}${search}`.replaceAll('+', ' ')).replace(/[^\p{L}]+/gu, ' ');
}
