import {
  type ConfigurationDraft,
  type Draft,
  isDraftList,
  type Numbered,
  type Packed,
  type Tally,
  type WhenChosen,
  type WhenSeveral,
} from './draft.js';
import { numberKeys } from './number-keys.js';
import type { ConfigurationFile } from './report.js';

/** What is written of a draft for the exclusions that are chosen. */
export interface JoinedDraft {
  readonly files: readonly ConfigurationFile[];
  /** A part of the draft, as it stands in the files. */
  textOf(part: Draft): string;
}

/** Writes a draft for the exclusions with these ids, and for no others. */
export function joinDraft(draft: ConfigurationDraft, chosen: ReadonlySet<string>): JoinedDraft {
  const findings = new Map(draft.exclusions.map((one) => [one.id, one.findings]));
  const numbers = numbersFor(draft, { chosen, findings });
  const textOf = (part: Draft) => render(part, { chosen, findings, numberOf: (key) => numbers.get(key) ?? 0 });
  return { files: draft.files.map(({ name, text }) => ({ name, content: fileText(textOf(text)) })), textOf };
}

/** Only keys that stand in the text take numbers from others. */
function numbersFor({ files, numbers }: ConfigurationDraft, choice: Omit<Context, 'numberOf'>) {
  if (numbers === undefined) return new Map<string, number>();
  const keys = new Set<string>();
  const numberOf = (key: string) => {
    keys.add(key);
    return numbers.first;
  };
  for (const { text } of files) render(text, { ...choice, numberOf });
  return numberKeys(keys, numbers);
}

/** Sections are one empty line apart, and the last line ends, as libmodsecurity 3 needs it. */
function fileText(text: string): string {
  return `${text.replace(/\n{3,}/g, '\n\n').trimEnd()}\n`;
}

interface Context {
  readonly chosen: ReadonlySet<string>;
  readonly findings: ReadonlyMap<string, readonly string[]>;
  readonly numberOf: (key: string) => number;
  readonly pack?: { readonly text: string; readonly place: number };
}

function render(draft: Draft, context: Context): string {
  if (typeof draft === 'string') return draft;
  if (isDraftList(draft)) return draft.map((part) => render(part, context)).join('');
  if ('when' in draft) return isMet(draft, context) ? render(draft.text, context) : '';
  if ('several' in draft) return render(areSeveral(draft, context) ? draft.text : draft.otherwise, context);
  if ('tally' in draft) return tallyText(draft, context);
  if ('number' in draft) return `${context.numberOf(keyOf(draft, context))}`;
  if ('list' in draft) return textsOf(draft.list, context).join(draft.between);
  if ('indent' in draft) return indented(render(draft.text, context), draft.indent);
  if ('pack' in draft) return packsOf(draft, context).join('');
  return context.pack?.text ?? '';
}

function indented(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `${indent}${line}`))
    .join('\n');
}

function isMet({ when, of }: WhenChosen, { chosen }: Context): boolean {
  const isChosen = (id: string) => chosen.has(id);
  switch (when) {
    case 'any':
      return of.some(isChosen);
    case 'none':
      return !of.some(isChosen);
    case 'all':
      return of.every(isChosen);
    case 'not-all':
      return !of.every(isChosen);
  }
}

function areSeveral({ several }: WhenSeveral, { chosen }: Context): boolean {
  return several.filter((ids) => ids.some((id) => chosen.has(id))).length > 1;
}

function tallyText({ tally, of }: Tally, { chosen, findings }: Context): string {
  const ids = of.filter((id) => chosen.has(id));
  const count = tally === 'exclusion' ? ids.length : new Set(ids.flatMap((id) => findings.get(id) ?? [])).size;
  return `${count} ${tally}${count === 1 ? '' : 's'}`;
}

function keyOf({ number, isOfPack }: Numbered, { pack }: Context): string {
  return isOfPack === true ? packKey(number, pack?.place ?? 0) : number;
}

/** The key of the number that a pack has. */
export function packKey(key: string, place: number): string {
  return `${key} ${place}`;
}

/** Each text once, without those that are not there. */
function textsOf(parts: readonly Draft[], context: Context): readonly string[] {
  const texts = parts.flatMap((part) => itemsOf(part, context));
  return [...new Set(texts)].filter((text) => text !== '');
}

function itemsOf(part: Draft, context: Context): readonly string[] {
  if (typeof part === 'object' && 'pack' in part) return packsOf(part, context);
  return [render(part, context)];
}

function packsOf(draft: Packed, context: Context): readonly string[] {
  return packTexts(textsOf(draft.pack, context), draft).map((texts, place) => {
    const form = draft.forms[Math.min(place, draft.forms.length - 1)] ?? '';
    return render(form, { ...context, pack: { text: texts.join(draft.between), place } });
  });
}

function packTexts(texts: readonly string[], { room, perLine }: Packed): readonly (readonly string[])[] {
  const packs: string[][] = [];
  let left = 0;
  for (const text of texts) {
    const size = bytesOf(text) + perLine * text.split('\n').length;
    left -= size;
    if (left < 0 || packs.length === 0) {
      packs.push([]);
      left = room - size;
    }
    packs.at(-1)?.push(text);
  }
  return packs;
}

const encoder = new TextEncoder();

function bytesOf(text: string): number {
  return encoder.encode(text).length;
}
