import type { PageElement } from './page.js';

/** A field of a form, as it stands in the page. */
export interface FormControl {
  readonly name: string;
  readonly value: string;
  readonly kind: 'hidden' | 'password' | 'file' | 'button' | 'other';
  /** It is sent as the page stands: not an unchecked box, nor a button. */
  readonly isSent: boolean;
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

const fieldTags = ['input', 'select', 'textarea', 'button'];

/** Reads a form as browsers do (WHATWG HTML, section 4.10.22): its own attributes, never fields of such names. */
export function readForm(form: PageElement, elements: readonly PageElement[]): PageForm {
  const type = form.attribute('enctype')?.toLowerCase();
  const fields = fieldsOwnedBy(form, elements);
  return {
    action: form.attribute('action')?.trim() ?? '',
    method: form.attribute('method')?.trim().toLowerCase() === 'post' ? 'POST' : 'GET',
    enctype: type === 'multipart/form-data' ? 'multipart' : type === 'text/plain' ? 'plain' : 'urlencoded',
    controls: fields.filter((field) => !isDisabled(field)).flatMap((field) => controlsOf(field, elements)),
  };
}

/** The elements that are fields and buttons of a form, wherever they stand. */
export function fieldsOwnedBy(form: PageElement, elements: readonly PageElement[]): readonly PageElement[] {
  return elements.filter((element) => fieldTags.includes(element.tag) && ownerOf(element, elements) === form);
}

/** The form that the attribute `form` names, else the one around. */
function ownerOf(element: PageElement, elements: readonly PageElement[]): PageElement | undefined {
  const named = element.attribute('form');
  if (named !== undefined) return elements.find(({ tag, attribute }) => tag === 'form' && attribute('id') === named);
  return around(element, 'form');
}

function around(element: PageElement, tag: string): PageElement | undefined {
  let outer = element.parent;
  while (outer !== undefined && outer.tag !== tag) outer = outer.parent;
  return outer;
}

/** By itself, or by a fieldset; what is in its legend stays usable, which few pages rely on. */
function isDisabled(element: PageElement): boolean {
  if (element.attribute('disabled') !== undefined) return true;
  for (let outer = element.parent; outer !== undefined; outer = outer.parent) {
    if (outer.tag === 'fieldset' && outer.attribute('disabled') !== undefined) return true;
    if (outer.tag === 'datalist') return true;
  }
  return false;
}

function controlsOf(field: PageElement, elements: readonly PageElement[]): readonly FormControl[] {
  const name = field.attribute('name') ?? '';
  if (field.tag === 'input') return inputControls(name, field);
  const value = field.attribute('value') ?? '';
  if (field.tag !== 'button' && name === '') return [];
  switch (field.tag) {
    case 'textarea':
      return [{ name, value: field.text().replace(/^\r?\n/, ''), kind: 'other', isSent: true }];
    case 'select':
      return selected(name, field, elements);
    default: {
      const type = field.attribute('type')?.toLowerCase() ?? 'submit';
      return type === 'submit' ? [{ name, value, kind: 'button', isSent: false }] : [];
    }
  }
}

function inputControls(name: string, input: PageElement): readonly FormControl[] {
  const type = input.attribute('type')?.toLowerCase() ?? 'text';
  const value = input.attribute('value');
  if (type === 'image') return [{ name, value: '', kind: 'button', isSent: false }];
  if (type === 'submit') return [{ name, value: value ?? '', kind: 'button', isSent: false }];
  if (name === '') return [];
  switch (type) {
    case 'reset':
    case 'button':
      return [];
    case 'checkbox':
    case 'radio':
      return [{ name, value: value ?? 'on', kind: 'other', isSent: input.attribute('checked') !== undefined }];
    case 'hidden':
      return [{ name, value: name === '_charset_' ? 'UTF-8' : (value ?? ''), kind: 'hidden', isSent: true }];
    case 'password':
    case 'file':
      return [{ name, value: type === 'file' ? '' : (value ?? ''), kind: type, isSent: true }];
    case 'color':
      return [{ name, value: value ?? '#000000', kind: 'other', isSent: true }];
    default:
      return [{ name, value: value ?? '', kind: 'other', isSent: true }];
  }
}

/** The options that are selected; of a list that opens, else the first one that may be chosen. */
function selected(name: string, select: PageElement, elements: readonly PageElement[]): readonly FormControl[] {
  const options = elements.filter((element) => element.tag === 'option' && around(element, 'select') === select);
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
