import type { Content, Pair, Part, RequestBody } from '../model/request.js';
import { contentBytes } from '../request/encode-request.js';
import { boundaryFor } from '../request/multipart-boundary.js';
import type { FormControl, PageForm } from './form-controls.js';
import type { Page } from './page.js';

/** A field as it is submitted. */
export interface Entry {
  readonly name: string;
  readonly content: Content;
  readonly filename?: string;
  readonly type?: string;
  /** As the page gives it; absent where somebody fills it in. */
  readonly control?: FormControl;
}

/** A form that is submitted: where to, how, and its fields in the order of the page. */
export interface SubmittedForm extends Pick<PageForm, 'action' | 'method' | 'enctype'> {
  readonly entries: readonly Entry[];
}

/**
 * What is submitted: those fields that are filled in replace the ones of their name; others come last. Of several buttons the
 * one is pressed that is filled in, else the first one, as the Enter key does; what it says of action, method and encoding wins.
 */
export function submissionOf(form: PageForm, filled: readonly Entry[], without: readonly string[] = []): SubmittedForm {
  const pressed = pressedIn(form, filled, without);
  const { action, method, enctype } = { ...form, ...pressed?.says };
  const entries = entriesWith(form, filled, pressed).filter(({ name }) => !without.includes(name));
  return { action, method, enctype, entries };
}

/** The fields of a form as they are submitted. */
export function entriesOf(form: PageForm, filled: readonly Entry[]): readonly Entry[] {
  return submissionOf(form, filled).entries;
}

/** The address that a form is sent to; `undefined` where it is none. */
export function addressOf({ action }: Pick<SubmittedForm, 'action'>, page: Page, pageUrl: string): URL | undefined {
  if (action === '') return new URL(pageUrl);
  const base = page.base !== undefined && URL.canParse(page.base, pageUrl) ? new URL(page.base, pageUrl) : pageUrl;
  return URL.canParse(action, base) ? new URL(action, base) : undefined;
}

function pressedIn({ controls }: PageForm, filled: readonly Entry[], without: readonly string[]) {
  const buttons = controls.filter(({ kind }) => kind === 'button' || kind === 'image');
  const named = buttons.filter((one) => namesOf(one).some((name) => filled.some((entry) => entry.name === name)));
  const meant = named.find(({ name, value }) => filled.some((entry) => entry.name === name && textOf(entry) === value));
  return meant ?? named[0] ?? buttons.find(({ name }) => !without.includes(name));
}

/** An image tells where it was clicked, under two names. */
function namesOf({ name, kind }: FormControl): readonly string[] {
  if (kind !== 'image') return name === '' ? [] : [name];
  return ['x', 'y'].map((axis) => (name === '' ? axis : `${name}.${axis}`));
}

function entriesWith({ controls }: PageForm, filled: readonly Entry[], pressed: FormControl | undefined) {
  const names = new Set(filled.map(({ name }) => name));
  const placed = new Set<string>();
  const entries = controls.flatMap((control): readonly Entry[] => {
    const isButton = control.kind === 'button' || control.kind === 'image';
    if (isButton ? control !== pressed : control.name === '') return [];
    return namesOf(control.kind === 'image' ? control : { ...control, kind: 'other' }).flatMap((name) => {
      if (!names.has(name)) return isButton || control.isSent ? [asShown({ ...control, name })] : [];
      if (placed.has(name)) return [];
      placed.add(name);
      return filled.filter((entry) => entry.name === name);
    });
  });
  return [...entries, ...filled.filter(({ name }) => !placed.has(name))];
}

/** Line ends become those of HTTP (WHATWG HTML, section 4.10.21.7). */
function asShown(control: FormControl): Entry {
  const { value, kind } = control;
  const name = withLineEnds(control.name);
  const content = { text: kind === 'image' ? '0' : withLineEnds(value) };
  return kind === 'file'
    ? { name, content, control, filename: '', type: 'application/octet-stream' }
    : { name, content, control };
}

function withLineEnds(text: string): string {
  return text.replace(/\r\n?|\n/g, '\r\n');
}

/** The body of a form, encoded as the form says; one with a file in it that somebody filled in is always in parts. */
export function submissionBody(entries: readonly Entry[], enctype: PageForm['enctype']): RequestBody {
  const isUpload = entries.some(({ filename, control }) => filename !== undefined && control === undefined);
  if (enctype === 'multipart' || isUpload) {
    const parts = entries.map(partOf);
    return { kind: 'multipart', boundary: boundaryFor(parts, []), parts };
  }
  const fields = entries.map(fieldOf);
  if (enctype === 'urlencoded') return { kind: 'form', fields };
  return { kind: 'raw', content: { text: fields.map(([name, value]) => `${name}=${value}\r\n`).join('') } };
}

/** What a form that is sent as plain text says of its body: no character set, as browsers do. */
export function submissionHeaders({ kind }: RequestBody): readonly Pair[] {
  return kind === 'raw' ? [['Content-Type', 'text/plain']] : [];
}

/** The pairs of a form that goes into the query. */
export function fieldOf(entry: Entry): Pair {
  return [entry.name, entry.filename ?? textOf(entry)];
}

function textOf({ content }: Entry): string {
  return 'text' in content ? content.text : Buffer.from(contentBytes(content)).toString('latin1');
}

function partOf({ name, content, filename, type }: Entry): Part {
  return { name, content, ...(filename !== undefined && { filename }), ...(type !== undefined && { type }) };
}
