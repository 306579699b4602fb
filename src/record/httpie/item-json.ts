import { decodeUtf8 } from '../../util/read-file.js';
import type { RequestItem } from './request-item.js';

/** A value whose text is JSON already, or something that is still filled. */
type Node = string | Node[] | Map<string, Node>;

type Step =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'append' };

/** The longest list that an index makes. */
const mostItems = 10_000;
/** How deep items may nest. */
const mostSteps = 100;

/**
 * The JSON that items come to, as Python writes it (HTTPie, nested_json): `a[b][]=1` is `{"a": {"b": ["1"]}}`.
 * @returns nothing where HTTPie refuses them
 */
export function itemJson(items: readonly RequestItem[]): string | undefined {
  let root: Node | undefined;
  for (const { name, separator, value } of items) {
    const steps = stepsOf(name);
    const json = separator.startsWith(':') ? pythonJson(value) : pythonText(value);
    if (steps === undefined || steps.length > mostSteps || json === undefined) return undefined;
    root = put(root, steps, json);
    if (root === undefined) return undefined;
  }
  return root === undefined ? undefined : written(root);
}

/** `a[b][0][]`, or `[…]` from the start. */
function stepsOf(name: string): readonly Step[] | undefined {
  const [, first = '', rest = ''] = /^((?:[^[\]\\]|\\.)*)((?:\[(?:[^[\]\\]|\\.)*\])*)$/s.exec(name) ?? ['', undefined];
  if (first === '' && rest === '' && name !== '') return undefined;
  const inner = [...rest.matchAll(/\[((?:[^[\]\\]|\\.)*)\]/gs)].map(([, text = '']): Step => {
    if (text === '') return { kind: 'append' };
    return /^\d{1,6}$/.test(text) ? { kind: 'index', index: Number(text) } : { kind: 'key', key: plain(text) };
  });
  return first === '' && inner.length > 0 ? inner : [{ kind: 'key', key: plain(first) }, ...inner];
}

function plain(text: string): string {
  return text.replace(/\\([\d[\]\\])/g, '$1');
}

/** The node with a value at the end of the steps; nothing where something else is in their way. */
function put(node: Node | undefined, [step, ...rest]: readonly Step[], value: string): Node | undefined {
  if (step === undefined) return value;
  if (step.kind === 'key') return putKey(node ?? new Map(), step.key, rest, value);
  const items = node ?? [];
  if (!Array.isArray(items)) return undefined;
  return putItem(items, step.kind === 'append' ? items.length : step.index, rest, value);
}

function putKey(node: Node, key: string, rest: readonly Step[], value: string): Node | undefined {
  if (!(node instanceof Map)) return undefined;
  const inner = put(rest.length === 0 ? undefined : node.get(key), rest, value);
  return inner === undefined ? undefined : new Map(node).set(key, inner);
}

function putItem(node: readonly Node[], index: number, rest: readonly Step[], value: string): Node | undefined {
  if (index >= mostItems) return undefined;
  const items = [...node];
  while (items.length < index) items.push('null');
  const inner = put(rest.length === 0 || items[index] === 'null' ? undefined : items[index], rest, value);
  if (inner !== undefined) items[index] = inner;
  return inner === undefined ? undefined : items;
}

function written(node: Node): string {
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return `[${node.map(written).join(', ')}]`;
  return `{${[...node].map(([key, inner]) => `${pythonText(key)}: ${written(inner)}`).join(', ')}}`;
}

/** A text as `json.dumps` writes it, in ASCII. */
function pythonText(bytes: string): string | undefined {
  const text = decodeUtf8(Buffer.from(bytes, 'latin1'));
  return text === undefined ? undefined : ascii(JSON.stringify(text));
}

function ascii(json: string): string {
  return json.replace(/[\x7f-\uffff]/g, (char) =>
    char === '\x7f' ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** JSON of a user as Python writes it again: white space and spelling are its own, order and what is twice stay. */
function pythonJson(bytes: string): string | undefined {
  const text = decodeUtf8(Buffer.from(bytes, 'latin1'));
  if (text === undefined || !isJson(text)) return undefined;
  const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[:,]|[^\s:,"\d-]+/gs;
  return [...text.matchAll(token)]
    .map(([one]) => {
      if (one === ',' || one === ':') return `${one} `;
      if (one.startsWith('"')) return ascii(JSON.stringify(JSON.parse(one)));
      return /^-?\d.*[.eE]/.test(one) ? pythonNumber(Number(one)) : one;
    })
    .join('');
}

function pythonNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? `${value}.0` : String(value).replace(/e-(\d)$/, 'e-0$1');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
