import type { BlockedBy } from '../model/evidence.js';
import type { Outcome } from '../model/exchange.js';

type Answer = Extract<Outcome, { kind: 'answered' }>;

/** Who refuses with a status, when the WAF's log shows that it let the request pass. */
interface Refusal {
  readonly layer: string;
  readonly cause: string;
  readonly because: string;
  readonly fix: string;
}

const passed = "the WAF's log has this request, and its score stayed under the threshold";

/** Statuses by which a server or an application refuses a request (RFC 9110 section 15.5, RFC 6585). */
const refusals: ReadonlyMap<number, Omit<Refusal, 'because'>> = new Map([
  [401, { layer: 'application', cause: 'authentication is missing', fix: 'send credentials with the case' }],
  [403, { layer: 'application', cause: 'access is forbidden', fix: 'check permissions, CSRF token and server rules' }],
  [405, { layer: 'server', cause: 'the method is not allowed here', fix: 'check method and path of the case' }],
  [407, { layer: 'proxy', cause: 'a proxy asks for credentials', fix: 'send the case past the proxy' }],
  [413, { layer: 'server', cause: 'the body is too large', fix: "raise the server's limit or shorten the case" }],
  [415, { layer: 'application', cause: 'the media type is not supported', fix: 'check the Content-Type of the case' }],
  [419, { layer: 'application', cause: 'the page has expired', fix: 'send a fresh CSRF token (!session)' }],
  [421, { layer: 'server', cause: 'the request reached another virtual host', fix: 'check the host of the target' }],
  [429, { layer: 'rate limit', cause: 'too many requests', fix: 'lower --rate or --connections' }],
  [451, { layer: 'application', cause: 'the content is withheld for legal reasons', fix: 'choose another case' }],
  [503, { layer: 'server', cause: 'the service is not available', fix: 'check the application; lower --rate' }],
]);

/** What was refused for who sent it, and not for what it holds. */
const ofClients: Partial<Readonly<Record<BlockedBy['kind'], Omit<Refusal, 'because'>>>> = {
  rate: {
    layer: 'rate limit',
    cause: 'too many requests',
    fix: 'lower --rate or --connections, or let the address of this machine past the limit',
  },
  bot: {
    layer: 'waf',
    cause: 'this client is taken for a bot',
    fix: 'let the address of this machine past that rule, or send the headers of a browser',
  },
  ip: {
    layer: 'waf',
    cause: 'the address of this machine is refused',
    fix: 'send from another address, or allow this one',
  },
  geo: {
    layer: 'waf',
    cause: 'the country of this machine is refused',
    fix: 'send from an allowed country, or allow its address',
  },
};

const proveItself: Omit<Refusal, 'because'> = {
  layer: 'waf',
  cause: 'the client is to prove that it is no bot',
  fix: 'let the address of this machine past that rule',
};

/** Who refuses where the WAF did for who sent it; nothing where it did for what was sent. */
export function refusalOfClient({ kind, ruleId, ofClient }: BlockedBy): Refusal | undefined {
  if (ofClient !== true) return undefined;
  const rule = ruleId === undefined ? 'the WAF' : `rule ${ruleId}`;
  return { ...(ofClients[kind] ?? proveItself), because: `${rule} refused it for who sent it, whatever it holds` };
}

/** Nothing for a status that refuses nothing: a missing page or a failed validation has passed the WAF. */
export function refusalOf(status: number): Refusal | undefined {
  const found = refusals.get(status);
  return found === undefined ? undefined : { ...found, because: `answered ${status}; ${passed}` };
}

/**
 * Who refuses a request that the WAF's log does not have, where the answer itself says that the load is the reason: 429
 * means nothing else (RFC 6585 section 4), and so does 503 with `Retry-After` (RFC 9110 section 15.6.4).
 */
export function overloadOf({ status, headers }: Answer, unlogged: string): Refusal | undefined {
  const retryAfter = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
  const found = refusals.get(status);
  if (found === undefined || !(status === 429 || (status === 503 && retryAfter !== undefined))) return undefined;
  const asks = retryAfter === undefined ? '' : ` with Retry-After: ${retryAfter}`;
  return { ...found, because: `answered ${status}${asks}; ${unlogged}` };
}
