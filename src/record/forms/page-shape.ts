import { templateOf } from '../../request/generated-parts.js';
import { pathParts } from '../../request/path-parts.js';

/** The path of a URL with its ids as what they are. */
export function recognisePath(url: string): string {
  return templateOf(pathParts(new URL(url).pathname), 'one');
}

/** Pages of one shape are seen once: the same path, but for ids, with the same names in the query. */
export function pageShape(url: string): string {
  const names = [...new URL(url).searchParams.keys()].sort();
  return `${recognisePath(url)}?${[...new Set(names)].join('&')}`;
}

const file =
  /\.(?:zip|gz|tgz|pdf|png|jpe?g|gif|svg|webp|ico|css|js|mjs|map|woff2?|ttf|mp[34]|webm|csv|xlsx?|docx?|xml|rss|atom|txt)$/i;

/** The address that a link leads to, without its fragment; nothing where it leads elsewhere, or to a file. */
export function linkTarget(href: string, page: string, origin: string): string | undefined {
  if (!URL.canParse(href, page)) return undefined;
  const url = new URL(href, page);
  url.hash = '';
  return url.origin === origin && !file.test(url.pathname) ? url.href : undefined;
}
