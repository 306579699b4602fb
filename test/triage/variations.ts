/** A saved answer, changed in a way that tells nothing of who refused it. */
export type Variation = (text: string) => string;

/** Changes a head, by its first line and its header lines, and a body. */
type Change = (first: string, headers: readonly string[], body: string) => string;

function change(by: Change): Variation {
  return (text) => {
    if (!text.startsWith('HTTP/')) return text;
    const [, head = text, body = ''] = /^(.*?)\r?\n\r?\n(.*)$/s.exec(text) ?? [];
    const [first = '', ...headers] = head.split(/\r?\n/);
    return by(first, headers, body);
  };
}

function join(first: string, headers: readonly string[], body: string, end = '\r\n'): string {
  return [first, ...headers].join(end) + end + end + body;
}

const names = (by: (name: string) => string) =>
  change((first, headers, body) =>
    join(
      first,
      headers.map((line) => line.replace(/^[^:]+/, by)),
      body,
    ),
  );

const pages = (by: (page: string) => string) =>
  change((first, headers, body) => join(first, headers, /^\s*</.test(body) ? by(body) : body));

const extra = (...more: readonly string[]) =>
  change((first, headers, body) => join(first, [...headers, ...more], body));

const withoutServer = (headers: readonly string[]) => headers.filter((line) => !/^server:/i.test(line));

const shift = (text: string) =>
  text.replace(/[0-9a-f]{8,}/g, (id) => id.replace(/\d/g, (digit) => String((Number(digit) + 3) % 10)));

/** Ways in which the same refusal comes from another client, version or saving program. */
export const neutral: Readonly<Record<string, Variation>> = {
  'header names in capitals': names((name) => name.toUpperCase()),
  'header names in small letters': names((name) => name.toLowerCase()),
  'headers the other way round': change((first, headers, body) => join(first, [...headers].reverse(), body)),
  'HTTP/2': change((first, headers, body) =>
    join(
      first.replace(/^HTTP\/[\d.]+ (\d+).*/, 'HTTP/2 $1 '),
      headers.map((line) => line.replace(/^[^:]+/, (name) => name.toLowerCase())),
      body,
    ),
  ),
  'line feeds alone': change((first, headers, body) => join(first, headers, body, '\n')),
  'a body in chunks': change((first, headers, body) =>
    body === '' || body.includes('\ufffd')
      ? join(first, headers, body)
      : join(first, headers, `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`),
  ),
  'a minified page': pages((page) => page.replace(/>\s+</g, '><').trim()),
  'a page on many lines': pages((page) => page.replace(/></g, '>\n  <')),
  'empty elements that are closed': pages((page) => page.replace(/<(hr|br|meta|link|img)([^>/]*)>/gi, '<$1$2/>')),
  'other ids': change((first, headers, body) => join(first, headers.map(shift), shift(body))),
  'CloudFront on the way': extra('Via: 1.1 ab.cloudfront.net (CloudFront)', 'X-Amz-Cf-Pop: FRA1', 'X-Amz-Cf-Id: a=='),
  'Fastly on the way': extra('Via: 1.1 varnish', 'X-Served-By: cache-fra-1', 'X-Cache: MISS', 'X-Timer: S1,VS0,VE1'),
  'Akamai on the way': extra('Akamai-GRN: 0.1.2', 'Set-Cookie: ak_bmsc=A~1; HttpOnly'),
  'Imperva on the way': extra('X-CDN: Imperva', 'X-Iinfo: 1-2-3 NNNN CT(1 1 0)', 'Set-Cookie: visid_incap_1=x; path=/'),
};

/** Ways that take away what some systems are known by: less may be told then, and nothing else. */
export const poorer: Readonly<Record<string, Variation>> = {
  'no Server': change((first, headers, body) => join(first, withoutServer(headers), body)),
  'nginx in front': change((first, headers, body) => join(first, [...withoutServer(headers), 'Server: nginx'], body)),
  'Cloudflare in front': change((first, headers, body) =>
    join(first, [...withoutServer(headers), 'Server: cloudflare', 'CF-RAY: 9a5500000000000-FRA'], body),
  ),
  'headers of security': extra('Strict-Transport-Security: max-age=1', 'X-Frame-Options: DENY', 'X-Request-Id: 6b1f'),
  'entities in texts': pages((page) =>
    page.replace(/>([^<]+)/g, (_, text: string) => `>${text.replace(/[':."]/g, (char) => `&#${char.charCodeAt(0)};`)}`),
  ),
  'tags in capitals': pages((page) =>
    page.replace(/<(\/?)([a-z][a-z0-9]*)/g, (_, slash: string, name: string) => `<${slash}${name.toUpperCase()}`),
  ),
};
