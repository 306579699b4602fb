import { urlDecode, urlDecodeUni } from '../transform/url.js';

/** One argument of a query string. */
export interface Argument {
  readonly name: string;
  readonly value: string;
  /** It has no `=`: whether there is an empty value is not documented. */
  readonly isBare: boolean;
}

/** Splits a query string at `&`, the only separator by default. */
export function readArguments(query: string): readonly Argument[] {
  if (query === '') return [];
  return query.split('&').map((piece) => {
    const end = piece.indexOf('=');
    return end === -1
      ? { name: piece, value: '', isBare: true }
      : { name: piece.slice(0, end), value: piece.slice(end + 1), isBare: false };
  });
}

/** What is done to a query string before it is split; `undefined` for a name that is not known. */
export function preParsed(query: string, steps: readonly string[]): string | undefined {
  let text: string | undefined = query;
  for (const step of steps) {
    if (text === undefined) return undefined;
    text = preParseStep(text, step);
  }
  return text;
}

function preParseStep(query: string, step: string): string | undefined {
  switch (step) {
    case 'NONE':
      return query;
    case 'URL_DECODE':
      return urlDecode(query);
    case 'URL_DECODE_UNI':
      return urlDecodeUni(query);
    case 'REPLACE_SEMICOLONS_WITH_AMPERSANDS':
      return query.replaceAll(';', '&');
    case 'COMBINE_DUPLICATE_QUERY_ARGS_BY_COMMA':
      return combineDuplicates(query);
    default:
      return undefined;
  }
}

/** `a=1&b=2&a=3` becomes `a=1,3&b=2`. */
function combineDuplicates(query: string): string {
  const values = new Map<string, { readonly first: Argument; readonly all: string[] }>();
  for (const argument of readArguments(query)) {
    const known = values.get(argument.name);
    if (known === undefined) values.set(argument.name, { first: argument, all: [argument.value] });
    else known.all.push(argument.value);
  }
  return [...values.values()].map(({ first, all }) => written(first, all)).join('&');
}

function written({ name, isBare }: Argument, values: readonly string[]): string {
  return isBare && values.length === 1 ? name : `${name}=${values.join(',')}`;
}
