import { unglob } from './curl-glob.js';
import type { CurlOption } from './option-names.js';

/** `--next` begins anew, once there is a URL. */
export function operationsOf(options: readonly CurlOption[]): readonly (readonly CurlOption[])[] {
  const found: CurlOption[][] = [[]];
  for (const option of options) {
    if (option.name === 'next' && found.at(-1)?.some(({ name }) => name === 'url') === true) found.push([]);
    else if (option.name !== 'next') found.at(-1)?.push(option);
  }
  return found.filter((one) => one.length > 0);
}

/** A URL, and what `-T` sends there. */
export interface Transfer {
  readonly url: string;
  /** `-` for standard input. */
  readonly upload?: string;
}

/** How many URLs one command may name. */
const mostUrls = 200;

/** The first file of `-T` goes to the first URL, and so on; globs stand for several of both. */
export function transfersOf(options: readonly CurlOption[]): readonly Transfer[] | { readonly reason: string } {
  const all = (name: string) => options.filter((option) => option.name === name).map(({ value }) => value);
  const [urls, uploads] = [all('url'), all('upload-file')];
  if (urls.length === 0) return { reason: 'it names no URL' };
  if (urls.length > mostUrls) return { reason: `it names more than ${mostUrls} URLs` };
  const isPlain = options.some(({ name }) => name === 'globoff');
  const transfers: Transfer[] = [];
  for (const [index, given] of urls.entries()) {
    const [targets, files] = [given, uploads[index] ?? ''].map((text) => (isPlain ? { texts: [text] } : unglob(text)));
    if (targets === undefined || files === undefined) continue;
    if ('reason' in targets) return targets;
    if ('reason' in files) return files;
    for (const file of files.texts)
      transfers.push(
        ...targets.texts.map((url) => ({ url, ...(file !== '' && { upload: file === '.' ? '-' : file }) })),
      );
  }
  return transfers;
}
