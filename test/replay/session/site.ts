import { onTestFinished } from 'vitest';
import type { Browser } from '../../../src/contract/browser.js';
import type { SessionOptions } from '../../../src/model/session-options.js';
import type { HttpTransportOptions } from '../../../src/replay/http-sender.js';
import { openSession } from '../../../src/replay/session/open-session.js';
import type { OpenedSession } from '../../../src/replay/session/opened-session.js';
import { Site, type SiteOptions } from '../../../src/replay/session/site.js';

function optionsOf(url: string, own: Partial<HttpTransportOptions>): SiteOptions {
  const http = { url, connections: 4, timeoutMs: 20_000, ...own };
  let count = 0;
  return { http, reach: (origin) => ({ ...http, url: origin }), nextId: () => `w7-test-${++count}` };
}

/** Opens a session at a URL. */
export async function open(
  url: string,
  options: SessionOptions,
  http: Partial<HttpTransportOptions> = {},
): Promise<OpenedSession> {
  const site = new Site(optionsOf(url, http));
  onTestFinished(() => site.close());
  return openSession(site, options, noBrowser);
}

/** These sessions need none. */
const noBrowser: Browser = {
  user: () => Promise.reject(new Error('no browser is needed')),
  ready: () => Promise.reject(new Error('no browser is needed')),
  close: () => Promise.resolve(),
};
