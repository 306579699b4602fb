/** The two parts of a URL that matter to a request. */
export interface SplitUrl {
  /** `https://shop.test:8443`, in lower case; empty where the URL is a request target alone. */
  readonly origin: string;
  /** What follows, exactly as it is, without a fragment; begins with `/`. */
  readonly target: string;
}

/**
 * Takes a URL apart without changing a byte of its target: `URL` would encode some and resolve others, which the client that
 * sent it did not.
 */
export function splitUrl(url: string): SplitUrl {
  const [, scheme = '', authority = '', rest = ''] = /^([a-z][a-z\d+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url) ?? [
    '',
    '',
    '',
    url,
  ];
  const target = rest.replace(/#.*$/s, '');
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  const origin = scheme === '' ? '' : `${scheme.toLowerCase()}://${withoutDefaultPort(scheme.toLowerCase(), host)}`;
  return { origin, target: target.startsWith('/') ? target : `/${target}` };
}

function withoutDefaultPort(scheme: string, host: string): string {
  const usual = scheme === 'https' || scheme === 'wss' ? ':443' : ':80';
  return host.endsWith(usual) ? host.slice(0, -usual.length) : host;
}
