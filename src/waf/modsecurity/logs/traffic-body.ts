import type { LoggedTraffic } from '../../../contract/logged-traffic.js';
import type { Pair } from '../../../model/request.js';

export const withoutPart = 'its body is not in the log: SecAuditLogParts has no C';

/** A body without the line feeds that the engine puts behind it; the length that was sent tells how many there are. */
export function loggedBody(
  content: Buffer | undefined,
  feeds: number,
  headers: readonly Pair[],
  reason: string,
): Pick<LoggedTraffic, 'body' | 'withoutBody'> {
  const length = Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? Number.NaN);
  const hadBody = length > 0 || headers.some(([name]) => name.toLowerCase() === 'transfer-encoding');
  if (content === undefined) return hadBody ? { withoutBody: reason } : {};
  if (content.length >= length && isFeeds(content.subarray(length), feeds))
    return { body: content.subarray(0, length) };
  const trailing = Math.min(feeds, content.length);
  return {
    body: isFeeds(content.subarray(content.length - trailing), feeds)
      ? content.subarray(0, content.length - trailing)
      : content,
  };
}

function isFeeds(bytes: Buffer, most: number): boolean {
  return bytes.length <= most && bytes.every((byte) => byte === 0x0a);
}
