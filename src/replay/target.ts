import { isIP } from 'node:net';
import type { SecureContext } from 'node:tls';
import { fail } from '../model/error.js';
import type { Destination } from '../model/target-options.js';
import type { HttpProxy } from './proxy.js';
import { trustIn } from './trust.js';

/** Where requests go, taken apart. */
export interface TargetAddress {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Path of the URL, without a slash at its end. */
  readonly basePath: string;
  /** The `Host` of requests that bring none. */
  readonly host: string;
  /** The name that the server's certificate must bear; absent where the target is an IP address. */
  readonly serverName: string | undefined;
  readonly insecure: boolean;
  /** Whose certificates are accepted; absent where it is those that Node trusts. */
  readonly trust?: SecureContext;
  /** What stands between. */
  readonly proxy?: HttpProxy;
  /** The address of this machine to send from; absent where the system chooses. */
  readonly localAddress?: string;
}

/** Where requests go, and through what. */
export interface RoutedDestination extends Destination {
  readonly proxy?: HttpProxy;
  /** The address of this machine to send from; default: the system chooses. */
  readonly localAddress?: string;
}

/**
 * Takes a target's URL apart.
 * @throws WafproofError `TARGET_UNREACHABLE` if it is not one that requests can be sent to, `CA_UNREADABLE`
 */
export function parseTarget({
  url,
  host,
  ca,
  insecure = false,
  proxy,
  localAddress,
}: RoutedDestination): TargetAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol))
    throw fail('TARGET_UNREACHABLE', { url, reason: 'it is not an http or https URL' });
  const { origin, pathname } = parsed;
  if (parsed.username !== '' || parsed.password !== '')
    throw fail('TARGET_UNREACHABLE', {
      url: origin,
      reason: 'credentials belong in an Authorization header of the suite',
    });
  const usedHost = host ?? parsed.host;
  return {
    origin,
    basePath: pathname.replace(/\/+$/, ''),
    host: usedHost,
    serverName: serverName(usedHost),
    insecure,
    ...(ca !== undefined && parsed.protocol === 'https:' && { trust: trustIn(ca) }),
    ...(proxy !== undefined && { proxy }),
    ...(localAddress !== undefined && { localAddress }),
  };
}

/** TLS names hosts, never addresses (RFC 6066 section 3). */
function serverName(host: string): string | undefined {
  const name = host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.replace(/:\d*$/, '');
  return isIP(name) === 0 && name !== '' ? name : undefined;
}
