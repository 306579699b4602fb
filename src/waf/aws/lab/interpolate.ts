/** So many placeholders of a text are replaced; what comes after them stays as it is written. */
const mostPlaceholders = 10;

/** What placeholders may stand for. */
export interface Interpolated {
  readonly labels: readonly string[];
  readonly ip: string;
  readonly requestId: string;
}

/**
 * Puts labels in the place of `${namespace:}` (developer guide, "Dynamic label interpolation"): what follows the namespace, with
 * commas between several labels, and nothing where there is none. AWS does not say whether a rule's own labels are among them:
 * here they are.
 */
export function interpolate(text: string, { labels, ip, requestId }: Interpolated): string {
  let seen = 0;
  return text.replace(/\$\{([\w:-]{1,1024}:)\}/g, (placeholder, namespace: string) => {
    seen++;
    if (seen > mostPlaceholders) return placeholder;
    if (namespace === 'awswaf:ip:') return ip;
    if (namespace === 'awswaf:request_id:') return requestId;
    const own = labels.filter((label) => label.startsWith(namespace));
    return own.map((label) => label.slice(namespace.length)).join(',');
  });
}
