/** Starts of what matters: comments and raw text, which hold no tags, and the two tags with values. */
const starts = /<(?:(!--)|(script|style|textarea|title)\b|(input|meta)\b)/gi;
const attribute = /[\s/]*([^\s=>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?/y;
const tagEnd = /[\s/]*>/y;

/**
 * The values of `<input name value>` and `<meta name content>` in a page, by name; the first of a name counts. Not a
 * parser of HTML, but it skips comments and scripts, and takes time linear in the length of the page.
 */
export function htmlValues(html: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  starts.lastIndex = 0;
  for (let found = starts.exec(html); found !== null; found = starts.exec(html)) {
    const [, comment, rawText, tag] = found;
    if (tag !== undefined) starts.lastIndex = collect(tag, html, starts.lastIndex, values);
    else starts.lastIndex = skipTo(comment === undefined ? `</${rawText}` : '-->', html, starts.lastIndex);
  }
  return values;
}

/** Reads the attributes of one tag; returns where they end. */
function collect(tag: string, html: string, from: number, values: Map<string, string>): number {
  const attributes = new Map<string, string>();
  let end = from;
  attribute.lastIndex = from;
  for (let found = attribute.exec(html); found !== null; found = attribute.exec(html)) {
    const [, name = '', double, single, bare] = found;
    end = attribute.lastIndex;
    if (!attributes.has(name.toLowerCase())) attributes.set(name.toLowerCase(), double ?? single ?? bare ?? '');
  }
  tagEnd.lastIndex = end;
  if (!tagEnd.test(html)) return end;
  const name = attributes.get('name');
  const value = attributes.get(tag.toLowerCase() === 'meta' ? 'content' : 'value');
  if (name !== undefined && value !== undefined && !values.has(decode(name))) values.set(decode(name), decode(value));
  return end;
}

/** Where the closing text ends; the end of the page if it never comes. */
function skipTo(closing: string, html: string, from: number): number {
  const pattern = new RegExp(closing, 'gi');
  pattern.lastIndex = from;
  return pattern.exec(html) === null ? html.length : pattern.lastIndex;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** Character references that appear in attribute values of tokens; others stay as they are. */
function decode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi,
    (reference, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? reference;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : reference;
    },
  );
}
