import type { Browser as Chromium } from 'playwright-core';
import type { Browser, BrowserStart, BrowserUser, PlacedCookie } from '../../contract/browser.js';
import { fail } from '../../model/error.js';
import { reasonOf } from '../../util/reason-of.js';
import { type DrivenOptions, DrivenUser } from './driven-user.js';
import { type BrowserLaunch, launchBrowser } from './launch-browser.js';

/** What is driven, and where to. */
export interface DrivenBrowserOptions extends DrivenOptions {
  readonly launch: BrowserLaunch;
  /** Keys to accept, which are looked for when it starts. */
  readonly keys?: () => Promise<readonly string[]>;
  /** Accept any certificate. */
  readonly insecure: boolean;
}

/** A browser of this machine, which is started when it is first used, and again where it has died. */
export class DrivenBrowser implements Browser {
  readonly #options: DrivenBrowserOptions;
  #running: Promise<Chromium> | undefined;

  constructor(options: DrivenBrowserOptions) {
    this.#options = options;
  }

  async ready(): Promise<void> {
    await this.#chromium();
  }

  async user({ cookies = [], storage }: BrowserStart): Promise<BrowserUser> {
    const { insecure, origin } = this.#options;
    const chromium = await this.#chromium();
    const options = { baseURL: origin, ignoreHTTPSErrors: insecure, acceptDownloads: false };
    const state = storage === undefined ? {} : { storageState: storage };
    const context = await chromium.newContext({ ...options, ...state }).catch((cause: unknown) => {
      throw fail('BROWSER_START', { reason: reasonOf(cause).split('\n')[0] ?? '' }, { cause });
    });
    if (cookies.length > 0) await context.addCookies(cookies.map(cookieOf));
    return new DrivenUser(context, this.#options);
  }

  async close(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await (await running?.catch(() => undefined))?.close().catch(() => undefined);
  }

  async #launch(): Promise<Chromium> {
    const { launch, keys } = this.#options;
    return launchBrowser(keys === undefined ? launch : { ...launch, keys: await keys() });
  }

  #chromium(): Promise<Chromium> {
    this.#running ??= this.#launch().then((chromium) => {
      chromium.on('disconnected', () => {
        this.#running = undefined;
      });
      return chromium;
    });
    this.#running.catch(() => {
      this.#running = undefined;
    });
    return this.#running;
  }
}

function cookieOf({ name, value, domain, isForHostsBelow, path, secure, httpOnly, expires }: PlacedCookie) {
  const at = { name, value, domain: `${isForHostsBelow ? '.' : ''}${domain}`, path, secure, httpOnly };
  return expires === undefined ? at : { ...at, expires };
}
