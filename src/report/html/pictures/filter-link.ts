import { pageAddress, shownText } from '../page-text.js';

/**
 * The address that filters findings and cases, as a reader could type it: `#q=rule:942100 endpoint:"POST /comments"`. Nothing where a
 * value has a quote in it, which a query cannot write.
 */
export function filterLink(parts: Readonly<Record<string, string>>): string | undefined {
  const values = Object.entries(parts).map(([key, value]) => [key, shownText(value)] as const);
  if (values.some(([, value]) => value.includes('"') || value === '')) return undefined;
  return pageAddress('q', values.map(([key, value]) => `${key}:${/\s/.test(value) ? `"${value}"` : value}`).join(' '));
}
