import type { ElementHandle } from 'playwright-core';
import type { FormEntry, NotDone } from '../../contract/browser.js';
import type { Part } from '../../model/request.js';
import { contentBytes } from '../../request/encode-request.js';
import { type FieldNode, fieldsOf, type PageField } from './page-form.js';

/** A form that is filled in. */
export interface Filled {
  readonly kind: 'filled';
  readonly fields: readonly PageField[];
  /** The button that is pressed; absent where the form has none. */
  readonly button?: ElementHandle;
}

/** Fields that a person can type into show within this time. */
const typingMs = 2000;

/**
 * Enters values as a user would: typed, chosen, checked. What the page hides, such as the field behind an editor, is set, and
 * the page is told.
 */
export async function fillForm(form: ElementHandle, entry: FormEntry, shown: string): Promise<Filled | NotDone> {
  const fields = await fieldsOf(form);
  for (const [name, parts] of byName(entry.fields)) {
    const own = fields.filter((field) => field.name === name);
    const problem = own.length === 0 ? noSuchField(name, fields, shown) : await enter(own, parts, shown);
    if (problem !== undefined) return problem;
  }
  const dropped = fields.filter(({ name }) => entry.without.includes(name));
  for (const { handle } of dropped) await handle.evaluate(disable);
  const buttons = fields.filter(({ type }) => type === 'submit' || type === 'image');
  const named = buttons.find(({ name }) => entry.fields.some((field) => field.name === name));
  const button = named ?? buttons.find(({ name }) => !entry.without.includes(name));
  return { kind: 'filled', fields, ...(button !== undefined && { button: button.handle }) };
}

function disable(field: unknown): void {
  (field as FieldNode).disabled = true;
}

function byName(parts: readonly Part[]): ReadonlyMap<string, readonly Part[]> {
  const groups = new Map<string, Part[]>();
  for (const part of parts) groups.set(part.name, [...(groups.get(part.name) ?? []), part]);
  return groups;
}

function noSuchField(name: string, fields: readonly PageField[], shown: string): NotDone {
  const names = [...new Set(fields.map((field) => field.name).filter((known) => known !== ''))];
  const some = names.slice(0, 12).join(', ');
  const rest = names.length > 12 ? ` and ${names.length - 12} more` : '';
  return {
    kind: 'not-done',
    expected: `a field "${name}" in ${shown}`,
    came: `its fields are ${some === '' ? 'none' : some}${rest}`,
  };
}

/** @returns what is wrong, if anything is */
async function enter(own: readonly PageField[], parts: readonly Part[], shown: string): Promise<NotDone | undefined> {
  const [first] = own;
  const texts = parts.map(textOf);
  const name = first?.name ?? '';
  try {
    switch (first?.type) {
      case 'file':
        await first.handle.setInputFiles(parts.map(uploadOf));
        return undefined;
      case 'submit':
      case 'image':
        return undefined;
      case 'select-one':
      case 'select-multiple':
        await first.handle.selectOption(
          texts.map((value) => ({ value })),
          { timeout: typingMs },
        );
        return undefined;
      case 'checkbox':
      case 'radio':
        return await check(own, texts, shown);
      default:
        for (const [at, text] of texts.entries()) await type(own[Math.min(at, own.length - 1)], text);
        return undefined;
    }
  } catch (error) {
    const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    const takes = `the field "${name}" of ${shown} to take ${first?.type === 'file' ? 'its file' : 'its value'}`;
    return { kind: 'not-done', expected: takes, came: `it is a ${first?.type}, and ${withoutCall(said)}` };
  }
}

/** Of what Playwright says, the reason. */
function withoutCall(message: string): string {
  return message.replace(/^\w+\.\w+: (?:Error: )?/, '').slice(0, 200);
}

/** Boxes with these values are checked, and the others of the name are not. */
async function check(own: readonly PageField[], values: readonly string[], shown: string) {
  const missing = values.find((value) => own.every((field) => field.value !== value));
  if (missing !== undefined) {
    const known = own.map(({ value }) => value).join(', ');
    const expected = `a ${own[0]?.type} "${own[0]?.name}" with the value "${missing}" in ${shown}`;
    return { kind: 'not-done', expected, came: `those that there are have ${known}` } as const;
  }
  for (const { handle, value, type: kind } of own) {
    const wanted = values.includes(value);
    if (kind === 'radio' && !wanted) continue;
    await handle.setChecked(wanted, { timeout: typingMs }).catch(() => handle.evaluate(setChecked, wanted));
  }
  return undefined;
}

function setChecked(node: unknown, to: boolean): void {
  const field = node as FieldNode & { checked: boolean };
  field.checked = to;
  for (const event of ['input', 'change']) field.dispatchEvent(new Event(event, { bubbles: true }));
}

async function type(field: PageField | undefined, text: string): Promise<void> {
  if (field === undefined) return;
  const { handle } = field;
  const isTyped = field.type !== 'hidden' && (await handle.isVisible());
  const typed = isTyped
    ? handle.fill(text, { timeout: typingMs }).then(
        () => true,
        () => false,
      )
    : Promise.resolve(false);
  if (!(await typed)) await handle.evaluate(setValue, text);
}

/** By the setter of the element's kind: libraries put one of their own before it, and listen to events. */
function setValue(node: unknown, to: string): void {
  const field = node as FieldNode;
  const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set;
  if (set === undefined) field.value = to;
  else set.call(field, to);
  for (const event of ['input', 'change']) field.dispatchEvent(new Event(event, { bubbles: true }));
}

function textOf({ content }: Part): string {
  return 'text' in content ? content.text : Buffer.from(content.base64, 'base64').toString('latin1');
}

function uploadOf({ name, filename, type: mimeType, content }: Part) {
  const buffer = Buffer.from(contentBytes(content));
  return { name: filename ?? name, mimeType: mimeType ?? 'application/octet-stream', buffer };
}
