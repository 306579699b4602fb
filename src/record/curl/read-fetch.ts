import type { JsonValue, Pair } from '../../model/request.js';
import { formText } from '../../request/read-body.js';
import type { CapturedBody } from '../captured-request.js';
import type { FoundRequest } from './found-request.js';
import { type Literal, LiteralReader } from './literal-reader.js';

const call = /\bfetch\s*\(/g;

/** The calls of `fetch` in a text, as browsers and Node.js copy them and people write them. */
export function readFetchCalls(text: string): readonly FoundRequest[] {
  const found: FoundRequest[] = [];
  call.lastIndex = 0;
  for (let match = call.exec(text); match !== null; match = call.exec(text)) {
    const reader = new LiteralReader(text, match.index + match[0].length - 1);
    found.push({ request: requestOf(reader.readArguments()), at: match.index });
    call.lastIndex = Math.max(reader.at, call.lastIndex);
  }
  return found;
}

function requestOf([url, options = { kind: 'object', entries: [] }]: readonly Literal[]): FoundRequest['request'] {
  if (url?.kind !== 'text' || options.kind !== 'object')
    return { reason: 'a program would have to run to tell what is sent (fetch)' };
  const option = (name: string) => options.entries.filter(([key]) => key === name).at(-1)?.[1];
  const body = bodyOf(option('body'));
  const headers = headersOf(option('headers'));
  if (headers === undefined || 'reason' in body)
    return { reason: 'reason' in body ? body.reason : 'its headers would have to be computed' };
  const referrer = option('referrer');
  const isTyped = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    method: methodOf(option('method')),
    url: url.text,
    headers: [
      ...headers,
      ...(referrer?.kind === 'text' && referrer.text !== '' ? [['Referer', referrer.text] as const] : []),
      ...(isTyped || body.type === undefined ? [] : [['Content-Type', body.type] as const]),
    ],
    body: body.body,
  };
}

function methodOf(method: Literal | undefined): string {
  const text = method?.kind === 'text' ? method.text : 'GET';
  return /^(?:get|head|post|put|delete|options)$/i.test(text) ? text.toUpperCase() : text;
}

type Body = { readonly body: CapturedBody; readonly type?: string } | { readonly reason: string };

/** Types as fetch gives them (Fetch Standard, "extract a body"). */
function bodyOf(literal: Literal | undefined): Body {
  if (literal === undefined || (literal.kind === 'word' && /^(?:null|undefined)$/.test(literal.text)))
    return { body: { kind: 'none' } };
  if (literal.kind === 'text') return text(literal.text, 'text/plain;charset=UTF-8');
  const [value] = literal.kind === 'call' ? literal.args : [];
  if (
    literal.kind === 'call' &&
    literal.name === 'JSON.stringify' &&
    literal.args.length === 1 &&
    value !== undefined
  ) {
    const json = jsonOf(value);
    return json === undefined
      ? { reason: 'its body would have to be computed' }
      : text(JSON.stringify(json), 'text/plain;charset=UTF-8');
  }
  if (literal.kind === 'call' && literal.name === 'URLSearchParams' && value !== undefined) {
    const pairs = value.kind === 'text' ? [...new URLSearchParams(value.text)] : headersOf(value);
    return pairs === undefined
      ? { reason: 'its body would have to be computed' }
      : text(formText(pairs), 'application/x-www-form-urlencoded;charset=UTF-8');
  }
  return { reason: 'its body would have to be computed' };
}

function text(content: string, type: string): Body {
  return content === ''
    ? { body: { kind: 'none' } }
    : { body: { kind: 'bytes', bytes: Buffer.from(content, 'utf8') }, type };
}

function headersOf(literal: Literal | undefined): readonly Pair[] | undefined {
  if (literal === undefined) return [];
  if (literal.kind === 'call' && literal.name === 'Headers') return headersOf(literal.args[0]);
  if (literal.kind === 'list')
    return allOrNone(
      literal.items.map((item) => (item.kind === 'list' ? pairOf(item.items[0], item.items[1]) : undefined)),
    );
  if (literal.kind !== 'object') return undefined;
  return allOrNone(literal.entries.map(([name, value]) => pairOf({ kind: 'text', text: name }, value)));
}

function pairOf(name: Literal | undefined, value: Literal | undefined): Pair | undefined {
  if (name?.kind !== 'text' || (value?.kind !== 'text' && value?.kind !== 'number')) return undefined;
  return [name.text, value.text];
}

function allOrNone<T>(items: readonly (T | undefined)[]): readonly T[] | undefined {
  const some = items.filter((item) => item !== undefined);
  return some.length === items.length ? some : undefined;
}

const words: Readonly<Record<string, JsonValue>> = { null: null, true: true, false: false };

function jsonOf(literal: Literal): JsonValue | undefined {
  if (literal.kind === 'text') return literal.text;
  if (literal.kind === 'number') return Number.isFinite(Number(literal.text)) ? Number(literal.text) : undefined;
  if (literal.kind === 'word') return words[literal.text];
  if (literal.kind === 'list') return allOrNone(literal.items.map(jsonOf));
  if (literal.kind !== 'object') return undefined;
  const entries = allOrNone(
    literal.entries.map(([name, value]) => {
      const json = jsonOf(value);
      return json === undefined ? undefined : ([name, json] as const);
    }),
  );
  return entries === undefined ? undefined : Object.fromEntries(entries);
}
