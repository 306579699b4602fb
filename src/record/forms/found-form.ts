import { fieldsOwnedBy, type PageForm, readForm } from '../../html/form-controls.js';
import type { Page, PageElement } from '../../html/page.js';
import { addressOf } from '../../html/submission.js';
import { recognisePath } from './page-shape.js';

/** A form that posts, on the page that it was found on. */
export interface FoundForm {
  /** Which of the page's forms it is, from 0. */
  readonly index: number;
  /** The page's address, and where the form is sent. */
  readonly page: string;
  readonly action: string;
  readonly title: string;
  readonly form: PageForm;
  readonly fields: readonly PageElement[];
  /** What stands in it and on it, for whoever decides whether to touch it. */
  readonly words: string;
}

/** So many forms of a page are looked at, the first ones: what has more has one a row. */
export const mostForms = 200;

/** How many forms a page has, whatever they do. */
export function formCount({ elements }: Page): number {
  return elements.filter(({ tag }) => tag === 'form').length;
}

/** The forms of a page that change something, among its first `mostForms`. */
export function postingForms(page: Page, url: string): readonly FoundForm[] {
  const elements = page.elements.filter(({ tag }) => tag === 'form').slice(0, mostForms);
  return elements.flatMap((element, index): readonly FoundForm[] => {
    const form = readForm(element, page);
    const action = addressOf(form, page, url);
    if (form.method !== 'POST' || action === undefined) return [];
    const fields = fieldsOwnedBy(element, page);
    const heading = page.elements.find(({ tag, parent }) => /^(?:legend|h[1-3])$/.test(tag) && isIn(parent, element));
    const buttons = fields.filter(isButton).map((button) => button.attribute('value') ?? button.text());
    const details = [heading?.text() ?? '', buttons[0] ?? ''].map(plain).filter((text) => text !== '');
    const title = [page.title, details.join(', ')].filter((text) => text !== '').join(': ');
    const said = ['id', 'class', 'name', 'action'].map((name) => element.attribute(name) ?? '');
    const names = fields.map((field) => `${field.attribute('name') ?? ''} ${field.attribute('autocomplete') ?? ''}`);
    const words = [...said, ...buttons, ...details, ...names].map(plain).join('\n');
    return [{ index, page: url, action: action.href, title, form, fields, words }];
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

/** What ends sessions, takes things away or costs money: links and forms of it are left alone. */
const harmful =
  /\b(?:log|sign)[-_ ]?(?:out|off)\b|abmelden|d[ée]connexion|\b(?:delete|remove|destroy|trash|purge|uninstall|deactivate|disable|unsubscribe|revoke|reset|wipe|ban|block|unlink|cancel|empty|patrol|rollback|revert|import|upgrade|restore|shutdown|reboot)\b|l[öo]schen|supprimer/i;
const ofMoney =
  /\b(?:checkout|payment|pay|purchase|order now|donate|subscribe|iban|cvv|cvc)\b|\bcc-(?:number|csc|exp)\b|card[-_ ]?number/i;

/** Why a form is left alone; nothing where it may be filled in. */
export function whyLeftAlone({ action, words, form }: FoundForm, origin: string): string | undefined {
  if (new URL(action).origin !== origin) return 'a form that is sent to another origin';
  if (form.controls.some(({ kind }) => kind === 'password')) return 'a form that asks for a password';
  const said = `${words}\n${readable(action)}`.replace(/_/g, ' ');
  if (ofMoney.test(said)) return 'a form of payment';
  return harmful.test(said) ? 'a form that ends the session or takes something away' : undefined;
}

/** Whether a link must not be followed: some applications log out or delete at a click. */
export function isHarmfulLink(url: string): boolean {
  return harmful.test(readable(url)) || ofMoney.test(readable(url));
}

/** The words of a path and a query. */
function readable(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`.replace(/[^\p{L}]+/gu, ' ');
}
