import type { Alternative, Cause } from '../model/triage.js';
import type { TriagedRequest } from './material.js';

/** What in a request makes a cause likelier than it is by itself. */
type Clue = (sent: TriagedRequest) => boolean;

const header = ({ headers = [] }: TriagedRequest, wanted: string) =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1];

export const triagedPath = ({ url = '' }: TriagedRequest) =>
  url.replace(/^[a-z]{2,8}:\/\/[^/?#]*/i, '').split(/[?#]/)[0] ?? '';
const hostOf = (url: string | undefined) => /^[a-z]{2,8}:\/\/(?:[^/?#@]*@)?([^/?#]*)/i.exec(url ?? '')?.[1];

/** What attacks and texts about attacks have in common: enough to think of a WAF first, and no more. */
const suspicious =
  /<script|\bunion\b.{0,40}\bselect\b|\bselect\b.{0,60}\bfrom\b|' ?or ?'?1|\.\.\/|%2e%2e|\/etc\/passwd|\bsleep\(|<\?php|\$\{|\{\{|`|;\s?(?:cat|ls|rm|id)\b|onerror=|javascript:|<iframe|<frameset|drop table|--\s?-|evil/i;

const tools = /sqlmap|nikto|nmap|masscan|scan|bot|crawl|spider|scrapy|python|libwww|java\/|go-http|wget|headless|^$/i;

/** The strongest first. */
const clues: readonly (readonly [Cause, Clue])[] = [
  ['waf-rule', (sent) => suspicious.test(decoded(`${sent.url ?? ''} ${(sent.body ?? '').slice(0, 20_000)}`))],
  ['referer-denied', (sent) => isForeign(header(sent, 'referer'), sent)],
  ['user-agent-denied', (sent) => tools.test(header(sent, 'user-agent') ?? 'curl')],
  ['cors', (sent) => isForeign(header(sent, 'origin'), sent)],
  ['method-denied', ({ method }) => method !== undefined && !['GET', 'HEAD', 'POST'].includes(method.toUpperCase())],
  ['host-not-allowed', (sent) => isForeignHost(header(sent, 'host'), sent)],
  ['signed-url', ({ url = '' }) => /[?&](?:expires|signature|sig|md5|st|hmac|x-amz-signature|policy)=/i.test(url)],
  ['body-too-large', ({ bodyBytes = 0 }) => bodyBytes > 100_000],
  [
    'missing-index',
    (sent) => (sent.method ?? 'GET') === 'GET' && triagedPath(sent).endsWith('/') && triagedPath(sent) !== '/',
  ],
  [
    'path-denied',
    (sent) => /\/\.(?!well-known)|\.(?:bak|sql|ini|log|conf|env|php\d?~|htaccess)$/i.test(triagedPath(sent)),
  ],
];

/** Whether a request speaks for a cause. */
export function hintsAt(cause: Cause): Clue {
  const [, holds = () => false] = clues.find(([one]) => one === cause) ?? [];
  return holds;
}

function decoded(text: string): string {
  return text
    .replace(/\+/g, ' ')
    .replace(/%([0-7][\da-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function isForeign(value: string | undefined, sent: TriagedRequest): boolean {
  if (value === undefined) return false;
  const own = header(sent, 'host') ?? hostOf(sent.url);
  return hostOf(value) !== own;
}

function isForeignHost(host: string | undefined, { url }: TriagedRequest): boolean {
  const named = hostOf(url);
  return host !== undefined && named !== undefined && host !== named && !/^(?:127\.|\[::1\]|localhost)/.test(named);
}

/** What servers refuse without a line in their error logs: rewrite rules, redirects, maps and the like. */
const silent: readonly Cause[] = ['path-denied', 'user-agent-denied', 'referer-denied'];

/** What is known besides the alternatives. */
export interface Circumstances {
  readonly sent: TriagedRequest;
  /** The server's access log has the request, and no error log says why it was refused. */
  readonly isSilent: boolean;
}

/** Those that something in the request speaks for, then the others in their order; each once. */
export function rankAlternatives(alternatives: readonly Alternative[], known: Circumstances): readonly Alternative[] {
  const { sent, isSilent } = known;
  const hinted = clues.filter(([, holds]) => holds(sent)).map(([cause]) => cause);
  const order = [...hinted.filter((cause) => !isSilent || !logged.includes(cause)), ...(isSilent ? silent : [])];
  const last = isHarmless(sent, hinted) ? ['waf-rule'] : [];
  const place = ({ cause }: Alternative) => {
    const at = order.indexOf(cause);
    return last.includes(cause) ? order.length + 1 : at < 0 ? order.length : at;
  };
  const sorted = [...alternatives].sort((a, b) => place(a) - place(b));
  return sorted.filter((one, at) => sorted.findIndex((other) => isSameRefuser(one, other)) === at);
}

/** What servers always write an error line for. */
const logged: readonly Cause[] = ['missing-index', 'file-permission'];

/** A request that holds nothing but a path gives a rule on contents little to match. */
function isHarmless({ method, url = '', body }: TriagedRequest, hinted: readonly Cause[]): boolean {
  const isRead = method === 'GET' || method === 'HEAD';
  return isRead && !url.includes('?') && body === undefined && !hinted.includes('waf-rule');
}

export function isSameRefuser(a: Alternative, b: Alternative): boolean {
  return a.layer === b.layer && a.cause === b.cause;
}
