/** What a selector asks of an element. */
export interface SelectableElement {
  /** In lower case. */
  readonly tag: string;
  attribute(name: string): string | undefined;
  readonly parent: SelectableElement | undefined;
}

/** Tells whether an element is meant. */
export type CssSelector = (element: SelectableElement) => boolean;

type Condition = (element: SelectableElement) => boolean;

interface Compound {
  readonly conditions: readonly Condition[];
  /** How it is joined to what stands before it. */
  readonly child: boolean;
}

const identifier = String.raw`(?:[\w-]|[^\x00-\x7f]|\\.)+`;
const simple = new RegExp(
  String.raw`(\*|${identifier})|#(${identifier})|\.(${identifier})|\[\s*(${identifier})\s*(?:([~^$*|]?=)\s*(?:"([^"]*)"|'([^']*)'|([^\]\s"']+))\s*)?\]`,
  'uy',
);
const combinator = /\s*>\s*|\s+/y;

/**
 * Reads a CSS selector: names, `#id`, `.class`, `[attribute]` and `[attribute="value"]` with `~= ^= $= *=`, one inside
 * another by a blank or `>`, and several with commas. Anything else is not known, and `undefined` is returned.
 */
export function parseSelector(text: string): CssSelector | undefined {
  const choices = text.split(/,(?![^[]*\])/).map((choice) => parseComplex(choice.trim()));
  const known = choices.filter((choice) => choice !== undefined);
  if (known.length < choices.length) return undefined;
  return (element) => known.some((choice) => matches(choice, choice.length - 1, element));
}

function parseComplex(text: string): readonly Compound[] | undefined {
  const compounds: Compound[] = [];
  let at = 0;
  let child = false;
  while (at < text.length) {
    const { conditions, end } = parseCompound(text, at);
    if (conditions.length === 0) return undefined;
    compounds.push({ conditions, child });
    combinator.lastIndex = end;
    const joined = combinator.exec(text)?.[0];
    if (joined === undefined && end < text.length) return undefined;
    child = joined?.includes('>') ?? false;
    at = end + (joined?.length ?? 0);
  }
  return compounds.length === 0 || child ? undefined : compounds;
}

function parseCompound(text: string, from: number): { conditions: readonly Condition[]; end: number } {
  const conditions: Condition[] = [];
  let end = from;
  simple.lastIndex = from;
  for (let found = simple.exec(text); found !== null; found = simple.exec(text)) {
    if (found[1] !== undefined && end !== from) break;
    conditions.push(conditionOf(found));
    end = simple.lastIndex;
  }
  return { conditions, end };
}

function conditionOf([, name, id, className, attribute, operator, double, single, bare]: RegExpExecArray): Condition {
  if (name !== undefined) return name === '*' ? () => true : ({ tag }) => tag === unescaped(name).toLowerCase();
  if (id !== undefined) return (element) => element.attribute('id') === unescaped(id);
  if (className !== undefined) return (element) => words(element.attribute('class')).includes(unescaped(className));
  const key = unescaped(attribute ?? '').toLowerCase();
  const wanted = double ?? single ?? bare ?? '';
  return (element) => fits(element.attribute(key), operator, wanted);
}

function fits(value: string | undefined, operator: string | undefined, wanted: string): boolean {
  if (value === undefined) return false;
  switch (operator) {
    case undefined:
      return true;
    case '=':
      return value === wanted;
    case '~=':
      return words(value).includes(wanted);
    case '|=':
      return value === wanted || value.startsWith(`${wanted}-`);
    case '^=':
      return wanted !== '' && value.startsWith(wanted);
    case '$=':
      return wanted !== '' && value.endsWith(wanted);
    default:
      return wanted !== '' && value.includes(wanted);
  }
}

function words(text = ''): readonly string[] {
  return text.split(/[ \t\n\f\r]+/).filter((word) => word !== '');
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gu, '$1');
}

/** Whether the compounds up to `at` fit the element and those around it. */
function matches(compounds: readonly Compound[], at: number, element: SelectableElement): boolean {
  const compound = compounds[at];
  if (compound === undefined || !compound.conditions.every((condition) => condition(element))) return false;
  if (at === 0) return true;
  for (let outer = element.parent; outer !== undefined; outer = compound.child ? undefined : outer.parent) {
    if (matches(compounds, at - 1, outer)) return true;
  }
  return false;
}
