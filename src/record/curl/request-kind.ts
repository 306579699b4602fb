import type { CurlOption } from './option-names.js';

/** What a command line has curl send. */
export type RequestKind = 'get' | 'head' | 'data' | 'form' | 'upload';

const dataOptions = ['data', 'data-ascii', 'data-raw', 'data-binary', 'data-urlencode', 'json'];

export function isData({ name }: CurlOption): boolean {
  return dataOptions.includes(name);
}

/** The one kind of request that options ask for; curl refuses two (curl, SetHTTPrequest of tool_helpers.c). */
export function requestKind(options: readonly CurlOption[]): RequestKind | { readonly reason: string } {
  const has = (...names: readonly string[]) => options.some(({ name }) => names.includes(name));
  const asksGet = has('get') && options.some(isData);
  const kinds: readonly RequestKind[] = [
    ...(has('form', 'form-string') ? (['form'] as const) : []),
    ...(has('head') ? (['head'] as const) : asksGet ? (['get'] as const) : []),
    ...(options.some(isData) && !has('get') ? (['data'] as const) : []),
    ...(has('upload-file') ? (['upload'] as const) : []),
  ];
  if (kinds.length > 1) return { reason: 'curl sends one of -d, -F, -T, -G and -I, and these are several' };
  return kinds[0] ?? 'get';
}
