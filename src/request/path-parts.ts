import { type NamePart, nameParts } from './generated-parts.js';

/** What precedes a number in paths that are fixed: `/api/2/items`, `/errors/404`. */
const fixedBefore = /^(?:api|errors?|oauth2?|rest|status|v|ver|version)$/i;
const year = /^(?:19|20)\d\d$/;
const month = /^(?:0?[1-9]|1[0-2])$/;

/**
 * The parts of a path, the generated ones with their kind. A whole segment is believed as it is; a number within one, as in
 * `/order-17`, needs several.
 */
export function pathParts(path: string): readonly NamePart[] {
  const segments = path.split('/');
  return segments.flatMap((segment, i) => [
    ...(i === 0 ? [] : [{ text: '/' }]),
    ...segmentParts(segment, { before: segments[i - 1] ?? '', after: segments[i + 1] ?? '' }),
  ]);
}

interface Beside {
  readonly before: string;
  readonly after: string;
}

function segmentParts(segment: string, beside: Beside): readonly NamePart[] {
  const parts = nameParts(segment);
  const [first, dot, suffix] = parts;
  if (first?.kind !== 'number') return parts.map((part, i) => (isKey(parts, i) ? part : inDoubt(part)));
  if (parts.length === 1) return [numberSegment(first, beside)];
  const isFile = parts.length === 3 && dot?.text === '.' && /^[A-Za-z]{2,5}\d?$/.test(suffix?.text ?? '');
  return isFile ? [numberSegment(first, beside), ...parts.slice(1)] : parts.map(inDoubt);
}

/** `Items(42)` of OData. */
function isKey(parts: readonly NamePart[], at: number): boolean {
  return parts[at - 1]?.text.endsWith('(') === true && parts[at + 1]?.text.startsWith(')') === true;
}

function numberSegment(part: NamePart, { before, after }: Beside): NamePart {
  const { text } = part;
  if (fixedBefore.test(before)) return { text };
  if (year.test(text)) return { ...part, needs: month.test(after) ? 'one' : 'several' };
  // A path of a number alone may be a page, such as `/404`.
  return { ...part, needs: before === '' ? 'several' : 'one' };
}

/** A number beside words in one segment may be in the title of a page: `/2024-report`, `/top-10`. */
function inDoubt(part: NamePart): NamePart {
  if (part.kind !== 'number') return part;
  return { ...part, needs: part.text.length < 3 || year.test(part.text) ? 'silent' : 'several' };
}
