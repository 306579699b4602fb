import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Page, Request } from 'playwright-core';
import type { Trigger } from '../background.js';
import { actBinding, actScript, type PageAct } from './act-script.js';
import { passwordsIn, TypedPasswords } from './typed-passwords.js';

/** What pages tell of a request. */
export interface Explained {
  readonly title?: string;
  readonly trigger: Trigger;
}

interface Seen {
  readonly at: number;
  readonly by: Trigger['by'];
  readonly page?: Page;
  /** Sent by a service worker, mostly to pass on what a page has sent: the page's own word of it comes beside this. */
  readonly isPassedOn: boolean;
}

interface Act extends PageAct {
  readonly at: number;
}

/** How far the word of an act may be behind the request that it led to, in milliseconds. */
const slack = 500;
/** How long after an act a window may take to open. */
const windowMs = 5000;
const mostActs = 20;
const pollMs = 10;

/** Watches the pages of a browser: what is done in them, what they are called, and which request comes of what. */
export class PageObserver {
  readonly #isPersons: boolean;
  readonly #acts = new WeakMap<Page, Act[]>();
  #lastAct: Act | undefined;
  readonly #titles = new WeakMap<Page, string>();
  readonly #seen = new Map<string, Seen[]>();
  /** What was typed so far where pages ask for passwords. */
  readonly passwords = new TypedPasswords();

  /** @param isPersons a person is at work: what a script sends long after an act is the page's own doing */
  constructor(isPersons: boolean) {
    this.#isPersons = isPersons;
  }

  /** To be called before a page is opened. */
  async watch(context: BrowserContext): Promise<void> {
    await context.exposeBinding(actBinding, ({ page }, told: unknown) => this.#acted(page, told));
    await context.addInitScript(actScript);
    context.on('request', (request) => this.#requested(request));
    context.on('page', (page) => {
      page.on('domcontentloaded', () => void page.title().then((title) => this.#titles.set(page, title), ignore));
    });
  }

  /**
   * What is known of a request that went by; each is told once.
   * @param until when its page's word is no longer waited for, in milliseconds since 1970: it may come later than the request
   */
  async explain(method: string, url: string, until: number): Promise<Explained> {
    if (!isWatched(method)) return { trigger: { by: 'script' } };
    const all = () => this.#seen.get(keyOf(method, url)) ?? [];
    while (all().every((one) => one.isPassedOn) && Date.now() < until) await delay(pollMs);
    const pages = all().findIndex((one) => !one.isPassedOn);
    const [seen] = all().splice(Math.max(pages, 0), 1);
    if (seen === undefined) return { trigger: { by: 'script' } };
    const { at, by, page } = seen;
    const act = this.#actBehind(seen);
    const title = titleOf(act, (page && this.#titles.get(page)) ?? '');
    const since = act === undefined ? Number.POSITIVE_INFINITY : at - act.at;
    return {
      ...(title !== '' && { title }),
      trigger: { by, ...(this.#isPersons && { sinceActMs: since }) },
    };
  }

  /** What was done in the page of a request, or where that has only just opened, in the one that opened it. */
  #actBehind({ at, by, page }: Seen): Act | undefined {
    const isBefore = (one: Act) => one.at <= at + slack;
    const own = page && this.#acts.get(page)?.findLast(isBefore);
    const last = this.#lastAct;
    if (own !== undefined || by !== 'navigation' || last === undefined) return own;
    return isBefore(last) && at - last.at < windowMs ? last : undefined;
  }

  #acted(page: Page, told: unknown): void {
    const act = actOf(told);
    this.passwords.hear(act);
    if (act.typing !== undefined) return;
    const acts = this.#acts.get(page) ?? [];
    this.#lastAct = { at: Date.now(), ...act };
    this.#acts.set(page, [...acts.slice(1 - mostActs), this.#lastAct]);
  }

  #requested(request: Request): void {
    if (!isWatched(request.method())) return;
    const key = keyOf(request.method(), request.url());
    const page = pageOf(request);
    const seen = {
      at: Date.now(),
      by: triggerOf(request),
      isPassedOn: isByServiceWorker(request),
      ...(page !== undefined && { page }),
    };
    this.#seen.set(key, [...(this.#seen.get(key) ?? []), seen]);
  }
}

/** What only asks for something becomes no case of its own, and nobody hears of a preflight. */
function isWatched(method: string): boolean {
  return !/^(?:GET|HEAD|OPTIONS)$/.test(method);
}

function ignore(): void {
  // A page that has gone has no title.
}

function keyOf(method: string, url: string): string {
  return `${method} ${url.replace(/#.*$/s, '')}`;
}

/** Workers have no page, and neither has a window that is about to open. */
function pageOf(request: Request): Page | undefined {
  try {
    return request.frame().page();
  } catch {
    return undefined;
  }
}

function isByServiceWorker(request: Request): boolean {
  return request.serviceWorker() !== null;
}

function triggerOf(request: Request): Trigger['by'] {
  if (request.isNavigationRequest()) return 'navigation';
  return /^(?:ping|beacon|cspviolationreport|cspreport)$/.test(request.resourceType()) ? 'beacon' : 'script';
}

/** Scripts of the page can tell whatever they like. */
function actOf(said: unknown): PageAct {
  const given: Partial<Record<keyof PageAct, unknown>> = typeof said === 'object' && said !== null ? said : {};
  const text = (value: unknown) => (typeof value === 'string' ? value.replace(/\s+/g, ' ').trim().slice(0, 120) : '');
  const told = { title: text(given.title), heading: text(given.heading), button: text(given.button) };
  return { ...told, ...passwordsIn(given) };
}

/** `Add flat page | Django site admin: Save`. */
function titleOf(act: Act | undefined, pageTitle: string): string {
  const { title = '', heading = '', button = '' } = act ?? {};
  const page = title || pageTitle.trim().slice(0, 120);
  const details = [heading, button].filter((text) => text !== '' && !page.includes(text)).join(', ');
  return [page, details].filter((text) => text !== '').join(': ');
}
