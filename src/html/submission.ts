import type { Content, Pair, Part, RequestBody } from '../model/request.js';
import { contentBytes } from '../request/encode-request.js';
import { boundaryFor } from '../request/multipart-boundary.js';
import type { FormControl, PageForm } from './form-controls.js';

/** A field as it is submitted. */
export interface Entry {
  readonly name: string;
  readonly content: Content;
  readonly filename?: string;
  readonly type?: string;
  /** As the page gives it; absent where somebody fills it in. */
  readonly control?: FormControl;
}

/**
 * The fields of a form in the order of the page, where those that are filled in replace the ones of their name; others
 * come last. Of several buttons the one is pressed that is filled in, else the first one, as the Enter key does.
 */
export function entriesOf({ controls }: PageForm, filled: readonly Entry[]): readonly Entry[] {
  const names = new Set(filled.map(({ name }) => name));
  const buttons = controls.filter(({ kind }) => kind === 'button');
  const pressed = buttons.some(({ name }) => names.has(name)) ? undefined : buttons[0];
  const placed = new Set<string>();
  const entries = controls.flatMap((control): readonly Entry[] => {
    const { name, isSent } = control;
    if (name === '') return [];
    if (!names.has(name)) return isSent || control === pressed ? [asShown(control)] : [];
    if (placed.has(name)) return [];
    placed.add(name);
    return filled.filter((entry) => entry.name === name);
  });
  return [...entries, ...filled.filter(({ name }) => !placed.has(name))];
}

/** Line ends become those of HTTP (WHATWG HTML, section 4.10.21.7). */
function asShown(control: FormControl): Entry {
  const { name, value, kind } = control;
  const content = { text: value.replace(/\r\n?|\n/g, '\r\n') };
  return kind === 'file'
    ? { name, content, control, filename: '', type: 'application/octet-stream' }
    : { name, content, control };
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

/** The pairs of a form that goes into the query. */
export function fieldOf({ name, content, filename }: Entry): Pair {
  if (filename !== undefined) return [name, filename];
  return [name, 'text' in content ? content.text : Buffer.from(contentBytes(content)).toString('latin1')];
}

function partOf({ name, content, filename, type }: Entry): Part {
  return { name, content, ...(filename !== undefined && { filename }), ...(type !== undefined && { type }) };
}
