/** Long options of curl that take a value (curl 8.11, `curl --help all`). */
const valued = new Set(
  `abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to continue-at cookie
  cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode delegation dns-interface
  dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine etag-compare etag-save expand-data
  expand-header expand-url expect100-timeout form form-string ftp-account ftp-alternative-to-user ftp-method ftp-port
  ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip header help hostpubmd5 hostpubsha256 hsts interface ip-tos
  ipfs-gateway json keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port login-options mail-auth
  mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max pass
  pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type
  proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name
  proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range
  rate referer request request-target resolve retry retry-delay retry-max-time sasl-authzid service-name socks4 socks4a
  socks5 socks5-gssapi-service socks5-hostname speed-limit speed-time stderr telnet-option tftp-blksize time-cond tls-max
  tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket upload-file upload-flags url
  url-query user user-agent variable vlan-priority write-out`.split(/\s+/),
);

/** Those that take none and matter to a request, or begin like one that does. */
const switches = new Set(
  `anyauth basic compressed digest fail fail-with-body form-escape get globoff head http0.9 http1.0 http1.1 http2 http3 include
  insecure location location-trusted negotiate next ntlm parallel path-as-is post301 post302 post303 progress-bar raw
  show-error silent ssl tr-encoding verbose`.split(/\s+/),
);

const short: Readonly<Record<string, string>> = {
  A: 'user-agent',
  C: 'continue-at',
  D: 'dump-header',
  E: 'cert',
  F: 'form',
  G: 'get',
  H: 'header',
  I: 'head',
  K: 'config',
  P: 'ftp-port',
  Q: 'quote',
  T: 'upload-file',
  U: 'proxy-user',
  X: 'request',
  Y: 'speed-limit',
  b: 'cookie',
  c: 'cookie-jar',
  d: 'data',
  e: 'referer',
  g: 'globoff',
  m: 'max-time',
  o: 'output',
  r: 'range',
  t: 'telnet-option',
  u: 'user',
  w: 'write-out',
  x: 'proxy',
  y: 'speed-time',
  z: 'time-cond',
  ':': 'next',
  h: 'help',
};

/** An option of one command line. */
export interface CurlOption {
  /** Its long name; `url` for what is no option. */
  readonly name: string;
  readonly value: string;
}

/** Whether an option takes no value: `-s`, `--silent`, `-sS`. */
export function isSwitch(word: string): boolean {
  const long = /^--(.+)$/s.exec(word)?.[1];
  if (long !== undefined) return !valued.has(fullName(long));
  return [...word.slice(1)].every((letter) => !valued.has(short[letter] ?? letter));
}

/** Reads the words after `curl` as curl does: options stuck together, long ones cut short, `--option=value` as people write it. */
export function readOptions(words: readonly string[]): readonly CurlOption[] {
  const options: CurlOption[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const next = () => words[++i] ?? '';
    if (word.startsWith('--') && word !== '--') options.push(longOption(word.slice(2), next));
    else if (word.startsWith('-') && word.length > 1 && word !== '--')
      options.push(...shortOptions(word.slice(1), next));
    else if (word !== '--') options.push({ name: 'url', value: word });
  }
  return options;
}

function longOption(word: string, next: () => string): CurlOption {
  const [, before = word, inline] = /^([\w.-]+)=(.*)$/s.exec(word) ?? [];
  const name = fullName(before);
  if (!valued.has(name)) return { name, value: '' };
  return { name, value: inline ?? next() };
}

/** Names may be cut short where only one begins so. */
function fullName(name: string): string {
  if (valued.has(name) || switches.has(name) || name.startsWith('no-')) return name;
  const begun = [...valued, ...switches].filter((known) => known.startsWith(name));
  return begun.length === 1 ? (begun[0] ?? name) : name;
}

function shortOptions(letters: string, next: () => string): readonly CurlOption[] {
  const options: CurlOption[] = [];
  for (let i = 0; i < letters.length; i++) {
    const name = short[letters[i] ?? ''] ?? letters[i] ?? '';
    if (valued.has(name) && name !== 'help') {
      options.push({ name, value: i + 1 < letters.length ? letters.slice(i + 1) : next() });
      return options;
    }
    options.push({ name, value: '' });
  }
  return options;
}
