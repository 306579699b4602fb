import { type FormOwners, formOwners } from './form-owners.js';
import { sanitised } from './input-values.js';
import type { Page, PageElement } from './page.js';

/** A field of a form, as it stands in the page. */
export interface FormControl {
  readonly name: string;
  readonly value: string;
  readonly kind: 'hidden' | 'password' | 'file' | 'button' | 'image' | 'other';
  /** It is sent as the page stands: not an unchecked box, nor a button. */
  readonly isSent: boolean;
  /** What a button says of the form that it sends. */
  readonly says?: FormTarget;
}

/** Where a form is sent and how, as far as that is written. */
export interface FormTarget {
  readonly action?: string;
  readonly method?: 'GET' | 'POST';
  readonly enctype?: 'urlencoded' | 'multipart' | 'plain';
}

/** A form of a page, as it would be submitted. */
export interface PageForm {
  /** As written; empty where there is none: the page itself then. */
  readonly action: string;
  readonly method: 'GET' | 'POST';
  readonly enctype: 'urlencoded' | 'multipart' | 'plain';
  /** In the order of the page. */
  readonly controls: readonly FormControl[];
}

/** Reads a form as browsers do (WHATWG HTML, section 4.10.22): its own attributes, never fields of such names. */
export function readForm(form: PageElement, page: Page): PageForm {
  const owners = formOwners(page);
  const fields = owners.fieldsOf(form);
  const checked = lastChecked(fields);
  const usable = fields.filter((field) => !isDisabled(field, owners));
  return {
    action: form.attribute('action')?.trim() ?? '',
    method: methodOf(form.attribute('method')) ?? 'GET',
    enctype: enctypeOf(form.attribute('enctype')) ?? 'urlencoded',
    controls: usable.flatMap((field) => [...controlsOf(field, owners, checked), ...directionOf(field)]),
  };
}

function methodOf(text: string | undefined): 'GET' | 'POST' | undefined {
  if (text === undefined) return undefined;
  return text.trim().toLowerCase() === 'post' ? 'POST' : 'GET';
}

function enctypeOf(text: string | undefined): PageForm['enctype'] | undefined {
  if (text === undefined) return undefined;
  const type = text.toLowerCase();
  return type === 'multipart/form-data' ? 'multipart' : type === 'text/plain' ? 'plain' : 'urlencoded';
}

/** The elements that are fields and buttons of a form, wherever they stand. */
export function fieldsOwnedBy(form: PageElement, page: Page): readonly PageElement[] {
  return formOwners(page).fieldsOf(form);
}

/** By itself, or by a fieldset, but for what is in the first legend of that. */
function isDisabled(element: PageElement, owners: FormOwners): boolean {
  if (element.attribute('disabled') !== undefined) return true;
  let inner = element;
  for (let outer = element.parent; outer !== undefined; outer = outer.parent) {
    const isOff = outer.tag === 'fieldset' && outer.attribute('disabled') !== undefined;
    if (isOff && owners.firstLegendOf(outer) !== inner) return true;
    if (outer.tag === 'datalist') return true;
    inner = outer;
  }
  return false;
}

/** Of radio buttons with one name the last one that is checked. */
function lastChecked(fields: readonly PageElement[]): ReadonlyMap<string, PageElement> {
  const radios = fields.filter((field) => field.tag === 'input' && typeOf(field) === 'radio');
  const checked = radios.filter((radio) => radio.attribute('checked') !== undefined);
  return new Map(checked.map((radio) => [radio.attribute('name') ?? '', radio]));
}

function typeOf(field: PageElement): string {
  return field.attribute('type')?.toLowerCase() ?? '';
}

type Checked = ReadonlyMap<string, PageElement>;

function controlsOf(field: PageElement, owners: FormOwners, checked: Checked): readonly FormControl[] {
  const name = field.attribute('name') ?? '';
  if (field.tag === 'input') return inputControls(name, field, checked);
  const value = field.attribute('value') ?? '';
  if (field.tag !== 'button' && name === '') return [];
  switch (field.tag) {
    case 'textarea':
      return [{ name, value: field.text(), kind: 'other', isSent: true }];
    case 'select':
      return selected(name, field, owners);
    default:
      return ['reset', 'button'].includes(typeOf(field)) ? [] : [button(field, 'button', value)];
  }
}

/** Without a value a button says "Submit", and that is sent too. */
function inputControls(name: string, input: PageElement, checked: Checked): readonly FormControl[] {
  const type = typeOf(input);
  const value = input.attribute('value');
  if (type === 'image') return [button(input, 'image', '')];
  if (type === 'submit') return [button(input, 'button', value ?? 'Submit')];
  if (name === '') return [];
  switch (type) {
    case 'reset':
    case 'button':
      return [];
    case 'checkbox':
      return [{ name, value: value ?? 'on', kind: 'other', isSent: input.attribute('checked') !== undefined }];
    case 'radio':
      return [{ name, value: value ?? 'on', kind: 'other', isSent: checked.get(name) === input }];
    case 'hidden':
      return [{ name, value: name === '_charset_' ? 'UTF-8' : (value ?? ''), kind: 'hidden', isSent: true }];
    case 'password':
      return [{ name, value: sanitised(input, type), kind: 'password', isSent: true }];
    case 'file':
      return [{ name, value: '', kind: 'file', isSent: true }];
    default:
      return [{ name, value: sanitised(input, type), kind: 'other', isSent: true }];
  }
}

function button(field: PageElement, kind: 'button' | 'image', value: string): FormControl {
  const action = field.attribute('formaction')?.trim();
  const method = methodOf(field.attribute('formmethod'));
  const enctype = enctypeOf(field.attribute('formenctype'));
  const says = { ...(action && { action }), ...(method && { method }), ...(enctype && { enctype }) };
  const name = field.attribute('name') ?? '';
  return { name, value, kind, isSent: false, ...(Object.keys(says).length > 0 && { says }) };
}

const directed = ['', 'text', 'search', 'tel', 'url', 'email', 'hidden', 'password', 'submit'];

/** A field may say the direction of its text under another name. */
function directionOf(field: PageElement): readonly FormControl[] {
  const name = field.attribute('dirname') ?? '';
  const isText = field.tag === 'textarea' || (field.tag === 'input' && directed.includes(typeOf(field)));
  if (name === '' || !isText || (field.attribute('name') ?? '') === '' || typeOf(field) === 'submit') return [];
  let outer: PageElement | undefined = field;
  while (outer !== undefined && !/^(?:ltr|rtl)$/i.test(outer.attribute('dir') ?? '')) outer = outer.parent;
  return [{ name, value: outer?.attribute('dir')?.toLowerCase() ?? 'ltr', kind: 'other', isSent: true }];
}

/** The options that are selected; of a list that opens, else the first one that may be chosen. */
function selected(name: string, select: PageElement, owners: FormOwners): readonly FormControl[] {
  const options = owners.optionsOf(select);
  const usable = options.filter((option) => !isOff(option));
  const chosen = options.filter((option) => option.attribute('selected') !== undefined);
  const several = select.attribute('multiple') !== undefined;
  const isList = several || Number(select.attribute('size') ?? 1) > 1;
  const sent = several ? chosen : [chosen.at(-1) ?? (isList ? undefined : usable[0])];
  const shown = sent.filter((option) => option !== undefined && !isOff(option)).map((option) => optionValue(option));
  const none = [{ name, value: '', kind: 'other', isSent: false }] as const;
  return shown.length === 0 ? none : shown.map((value) => ({ name, value, kind: 'other', isSent: true }) as const);
}

function isOff(option: PageElement): boolean {
  const group = option.parent?.tag === 'optgroup' ? option.parent : undefined;
  return option.attribute('disabled') !== undefined || group?.attribute('disabled') !== undefined;
}

function optionValue(option: PageElement | undefined): string {
  return option?.attribute('value') ?? option?.text().replace(/\s+/g, ' ').trim() ?? '';
}
