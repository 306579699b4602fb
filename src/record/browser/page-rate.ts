import type { Page } from 'playwright-core';

/** How many requests a second pages may make of an application, together with all else that is sent there. */
export interface PageLimit {
  readonly limiter: { take(): Promise<void> };
  readonly rate: number;
}

/** What no script needs: it is not asked for where each request counts. */
const spared = ['Image', 'Media', 'Font'];

/** Makes all that a page asks an application for wait for its turn. */
export async function keepToRate(page: Page, { limiter }: PageLimit, origin: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  session.on('Fetch.requestPaused', ({ requestId, request, resourceType }) => {
    const pass = async () => {
      const isCounted = URL.canParse(request.url) && new URL(request.url).origin === origin;
      if (isCounted && spared.includes(resourceType))
        return session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      if (isCounted) await limiter.take();
      return session.send('Fetch.continueRequest', { requestId });
    };
    pass().catch(() => undefined);
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] });
}

/** Pages of so many requests come to their end. */
const requestsOfPage = 50;

/** How much longer a page may take, in milliseconds. */
export function patienceAt(limit: PageLimit | undefined): number {
  return limit === undefined ? 0 : Math.ceil((requestsOfPage / limit.rate) * 1000);
}
