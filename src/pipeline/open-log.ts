import type { LogPlace } from '../model/target-options.js';
import { surroundings } from './open-places.js';
import { modsecurity } from './wafs.js';

/**
 * The log of a server with ModSecurity, in whatever format, read from its present end.
 * @param prefix what the correlation ids of interest begin with; others are not read
 * @throws WafproofError `LOG_MISSING`
 */
export async function openLog(
  { url, log }: { readonly url: string; readonly log: LogPlace | readonly LogPlace[] },
  prefix: string,
) {
  const session = await modsecurity.open({ url, waf: { kind: modsecurity.kind, log } }, surroundings(prefix));
  return session.source;
}
