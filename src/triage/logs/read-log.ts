import { at, isTree } from '../../util/json-tree.js';
import type { LogLine } from '../log-line.js';
import { applicationForms } from './application-forms.js';
import { cloudForms } from './cloud-forms.js';
import { hostForms } from './host-forms.js';
import type { JsonForm, LineForm, TextForm } from './line-form.js';
import { serverForms } from './server-forms.js';
import { W3cReader } from './w3c-fields.js';

const forms: readonly LineForm[] = [...serverForms, ...hostForms, ...applicationForms, ...cloudForms];
const textForms = forms.filter((form): form is TextForm => 'pattern' in form);
const jsonForms = forms.filter((form): form is JsonForm => 'has' in form);

/** Lines that are longer are cut: no message is. */
const longestLine = 16_384;

/** Recognises lines of logs by their form, one after the other. */
export class LogLineReader {
  readonly #w3c = new W3cReader();

  /** The line, taken apart; nothing where its form is not known. */
  read(line: string): LogLine | undefined {
    const text = line.slice(0, longestLine).replace(/[\r\n]+$/, '');
    return this.#w3c.read(text) ?? (text.startsWith('{') ? readJson(text) : readText(text));
  }
}

function readText(text: string): LogLine | undefined {
  for (const { kind, pattern } of textForms) {
    const found = pattern.exec(text);
    if (found !== null) return { kind, text, fields: withRequest(present(found.groups ?? {})) };
  }
  return undefined;
}

function readJson(text: string): LogLine | undefined {
  const value = parse(text);
  const form = isTree(value)
    ? jsonForms.find(({ has }) => has.every((path) => valueAt(value, path) !== undefined))
    : undefined;
  if (form === undefined) return undefined;
  const fields = Object.entries(form.fields).flatMap(([name, path]) => {
    const found = valueAt(value, path);
    return found === undefined || isTree(found) ? [] : [[name, String(found)] as const];
  });
  return { kind: form.kind, text, fields: Object.fromEntries(fields) };
}

function valueAt(value: unknown, path: string): unknown {
  return at(value, ...path.split('.'));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function present(groups: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(groups).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** With method and path, where the line has the whole request line in one field. */
function withRequest(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, method, path] = /^([A-Z]{1,20}) (\S{1,8000})/.exec(fields['request'] ?? '') ?? [];
  return method === undefined || path === undefined ? fields : { ...fields, method, path };
}
