/** A URL as clients send what people write: spaces, quotes, angle brackets and letters beyond ASCII are encoded, the rest stays. */
export function encodeUrl(url: string): string {
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(url) || url.startsWith('/') ? url : `http://${url}`;
  const plain = whole.replace(/#.*$/s, '');
  const question = plain.indexOf('?');
  const [path, query] = question < 0 ? [plain, ''] : [plain.slice(0, question), plain.slice(question)];
  return encodePath(path) + encodeQuery(query);
}

/** WHATWG URL, "path percent-encode set". */
function encodePath(path: string): string {
  const [origin = ''] = /^[a-z][a-z\d+.-]*:\/\/[^/]*/i.exec(path) ?? [];
  return origin + encode(path.slice(origin.length), /["<>`{}]/);
}

/** WHATWG URL, "special-query percent-encode set". */
function encodeQuery(query: string): string {
  return encode(query, /["<>']/);
}

function encode(text: string, more: RegExp): string {
  return Array.from(text.toWellFormed(), (char) =>
    char <= ' ' || char > '~' || more.test(char) ? byByte(char) : char,
  ).join('');
}

function byByte(char: string): string {
  return Array.from(Buffer.from(char, 'utf8'), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(
    '',
  );
}

/** The URL with parameters added to its query. */
export function addToQuery(url: string, pairs: readonly (readonly [name: string, value: string])[]): string {
  const added = pairs
    .map(([name, value]) => `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(value.toWellFormed())}`)
    .join('&');
  if (added === '') return url;
  return `${url}${url.includes('?') ? '&' : '?'}${added}`;
}
