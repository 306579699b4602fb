import { EventEmitter } from 'node:events';
import type { BrowserContext, Request } from 'playwright-core';
import { expect, test } from 'vitest';
import { PageObserver } from '../../../src/record/browser/page-observer.js';

const url = 'http://shop.example/left';

/** What a browser tells of a beacon where a service worker passes it on: two requests, of which one reaches the server. */
const words = {
  page: { resourceType: () => 'ping', serviceWorker: () => null },
  worker: { resourceType: () => 'fetch', serviceWorker: () => ({}) },
};

async function watched() {
  let act: (source: { page: unknown }, told: unknown) => void = () => {};
  const exposeBinding = async (_: string, hear: typeof act) => {
    act = hear;
  };
  const context = Object.assign(new EventEmitter(), { exposeBinding, addInitScript: async () => {} });
  const observer = new PageObserver(false);
  await observer.watch(context as unknown as BrowserContext);
  const tell = (by: 'page' | 'worker') => {
    const told = {
      method: () => 'POST',
      url: () => url,
      isNavigationRequest: () => false,
      frame: () => ({ page: () => context }),
    };
    context.emit('request', { ...told, ...words[by] } as unknown as Request);
  };
  const opened = (page: object | undefined) => {
    const frame = () => {
      if (page === undefined) throw new Error('it is about to open');
      return { page: () => page };
    };
    const told = { method: () => 'POST', url: () => url, isNavigationRequest: () => true, frame, ...words.page };
    context.emit('request', told as unknown as Request);
  };
  return { observer, tell, opened, act: (page: object, told: object) => act({ page }, told) };
}

test.each([
  ['page', 'worker'],
  ['worker', 'page'],
] as const)('what a service worker passes on is what its page sent, told by %s before %s', async (first, second) => {
  const { observer, tell } = await watched();
  tell(first);
  const explained = observer.explain('POST', url, Date.now() + 60_000);
  tell(second);
  expect(await explained).toEqual({ trigger: { by: 'beacon' } });
});

test('what a service worker sends by itself is sent by a script', async () => {
  const { observer, tell } = await watched();
  tell('worker');
  expect(await observer.explain('POST', url, Date.now())).toEqual({ trigger: { by: 'script' } });
});

test.each([[undefined], [{}]])(
  'a form that opens a window is told by the page that it stands in (%s)',
  async (page) => {
    const { observer, opened, act } = await watched();
    act({}, { title: 'Orders', heading: 'Refund', button: 'Pay back', passwords: [] });
    opened(page);
    const { title } = await observer.explain('POST', url, Date.now() + 60_000);
    expect(title).toBe('Orders: Refund, Pay back');
  },
);
