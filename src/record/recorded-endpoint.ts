import { isTemplate } from '../model/path-template.js';
import { type NamePart, templateOf } from '../request/generated-parts.js';
import { pathParts } from '../request/path-parts.js';

/** What stands for a segment that is the title of something: any segment. */
const anyName = '{name}';

/**
 * The endpoint of a recorded path that has an id in it which one path alone does not show to be one, such as `order-17` or the
 * title of an article with its number. In what somebody did, a number beside words is the number of something.
 * @returns nothing where the path has no such id
 */
export function recordedEndpoint(path: string): string | undefined {
  const plain = path.replace(/\?.*$/s, '');
  if (isTemplate(plain)) return undefined;
  const parts = pathParts(plain);
  const endpoint = segmentsOf(parts).map(segmentTemplate).join('/');
  return endpoint === templateOf(parts, 'one') ? undefined : endpoint;
}

function segmentsOf(parts: readonly NamePart[]): readonly (readonly NamePart[])[] {
  const segments: NamePart[][] = [[]];
  for (const part of parts) {
    if (part.text === '/' && part.kind === undefined) segments.push([]);
    else segments.at(-1)?.push(part);
  }
  return segments;
}

function segmentTemplate(parts: readonly NamePart[]): string {
  const isGenerated = (part: NamePart, i: number) => part.kind !== undefined && !isOfName(part, parts, i);
  const generated = parts.filter(isGenerated);
  if (generated.some(({ kind }) => kind === 'number') && isTitle(parts)) return anyName;
  return parts.map((part, i) => (isGenerated(part, i) ? `{${part.kind}}` : part.text)).join('');
}

/** A digit at the end of a word is of its name (`step2`), and so is a year. */
function isOfName({ text, needs }: NamePart, parts: readonly NamePart[], i: number): boolean {
  return needs === 'silent' && (/[A-Za-z]$/.test(parts[i - 1]?.text ?? '') || /^(?:19|20)\d\d$/.test(text));
}

/** `how-to-grind-flour-187`, `187-how-to-grind-flour`: words that are of one article as much as its number. */
function isTitle(parts: readonly NamePart[]): boolean {
  const words = parts.flatMap(({ kind, text }) => (kind === undefined ? (text.match(/\p{L}{2,}/gu) ?? []) : []));
  const isNumberFirst = parts[0]?.kind === 'number' && /^[-_]/.test(parts[1]?.text ?? '');
  return words.length >= (isNumberFirst ? 1 : 2);
}
