import type { BrowserContext, Page, Response } from 'playwright-core';
import type {
  BrowserUser,
  Evaluated,
  FormEntry,
  NotDone,
  OpenPage,
  PageScript,
  PlacedCookie,
  RequestMark,
  SentByPage,
} from '../../contract/browser.js';
import { WafproofError } from '../../model/error.js';
import type { Pair } from '../../model/request.js';
import { driveForm } from './drive-form.js';
import { runLoginScript } from './login-script.js';
import { keepToRate, type PageLimit, patienceAt } from './page-rate.js';

/** What a user of a browser does is bounded by. */
export interface DrivenOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Scheme, host and port of the application. */
  readonly origin: string;
  readonly timeoutMs: number;
  /** What pages ask the application for keeps to this. */
  readonly limit?: PageLimit;
}

/** How much of a document is looked at, in characters. */
const documentLength = 4 * 1024 * 1024;

/** A user whose browser is driven by Playwright. */
export class DrivenUser implements BrowserUser {
  readonly #context: BrowserContext;
  readonly #options: DrivenOptions;
  #page: Page | undefined;
  #answer: Response | undefined;

  constructor(context: BrowserContext, options: DrivenOptions) {
    this.#context = context;
    this.#options = options;
  }

  visit(url: string, headers: readonly Pair[] = []): Promise<OpenPage | NotDone> {
    return this.#guarded(`the page ${pathOf(url)}`, async (page) => {
      const marked = headers.length > 0;
      if (marked) await this.#markNext(page, url, headers);
      this.#answer = (await page.goto(url, { waitUntil: 'load' })) ?? undefined;
      return this.#open(page);
    });
  }

  page(): Promise<OpenPage | NotDone> {
    return this.#guarded('a page', (page) => this.#open(page));
  }

  submit(entry: FormEntry, mark: RequestMark): Promise<SentByPage | NotDone> {
    const { origin, timeoutMs } = this.#options;
    const origins = [origin, ...(entry.origins ?? [])];
    return this.#guarded(`the form ${entry.form ?? ''} to be submitted`, (page) =>
      driveForm(page, { entry, mark, origins, timeoutMs }),
    );
  }

  evaluate(expression: string): Promise<Evaluated | NotDone> {
    return this.#guarded(`a text from ${expression}`, async (page) => {
      const value = await resultOf(page, expression, this.#options.timeoutMs);
      if (typeof value === 'string' && value !== '') return { kind: 'value', value };
      if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'value', value: `${value}` };
      const came = `it came to ${value === '' ? 'an empty text' : value === null ? 'null' : `a value of type ${typeof value}`}`;
      return { kind: 'not-done', expected: `a text from ${expression}`, came };
    });
  }

  runScript(script: PageScript): Promise<OpenPage | NotDone> {
    return this.#guarded('the login script to end well', async (page) => {
      await runLoginScript(page, script, this.#options.env);
      return this.#open(page);
    });
  }

  async cookies(): Promise<readonly PlacedCookie[]> {
    const all = await this.#context.cookies();
    return all.map(({ name, value, domain, path, secure, httpOnly, expires }) => ({
      name,
      value,
      domain: domain.replace(/^\./, ''),
      isForHostsBelow: domain.startsWith('.'),
      path,
      secure,
      httpOnly,
      ...(expires > 0 && { expires }),
    }));
  }

  close(): Promise<void> {
    return this.#context.close().catch(() => undefined);
  }

  /** The next request to a URL gets these headers, and what it redirects to does not. */
  async #markNext(page: Page, url: string, headers: readonly Pair[]): Promise<void> {
    const session = await this.#context.newCDPSession(page);
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document' }] });
    session.on('Fetch.requestPaused', ({ requestId, request }) => {
      const given = Object.entries(request.headers);
      const all = [...given, ...headers].map(([name, value]) => ({ name, value }));
      const isIt = request.url === new URL(url).href.replace(/#.*$/s, '');
      session
        .send('Fetch.continueRequest', { requestId, ...(isIt && { headers: all }) })
        .catch(() => undefined)
        .finally(() => void (isIt && session.detach().catch(() => undefined)));
    });
  }

  async #open(page: Page): Promise<OpenPage> {
    await page.waitForLoadState('load');
    const body = (await page.content()).slice(0, documentLength);
    const answer = this.#answer?.url() === page.url() ? this.#answer : undefined;
    const headers = (await answer?.headersArray().catch(() => undefined)) ?? [];
    return {
      kind: 'open',
      url: page.url(),
      status: answer?.status() ?? 200,
      headers: headers.map(({ name, value }): Pair => [name, value]),
      body,
    };
  }

  /** What goes wrong in the browser is an outcome. */
  async #guarded<T>(expected: string, act: (page: Page) => Promise<T>): Promise<T | NotDone> {
    try {
      return await act(await this.#openPage());
    } catch (error) {
      if (error instanceof WafproofError) throw error;
      return { kind: 'not-done', expected, came: whyNot(error) };
    }
  }

  async #openPage(): Promise<Page> {
    if (this.#page !== undefined) return this.#page;
    const page = await this.#context.newPage();
    const { limit, origin, timeoutMs } = this.#options;
    page.setDefaultTimeout(timeoutMs);
    page.setDefaultNavigationTimeout(timeoutMs + patienceAt(limit));
    if (limit !== undefined) await keepToRate(page, limit, origin);
    // "Are you sure?" is answered with yes, as by whoever wants to send it.
    page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
    page.on('response', (response) => {
      if (response.request().isNavigationRequest() && response.frame() === page.mainFrame()) this.#answer = response;
    });
    this.#page = page;
    return page;
  }
}

/** Scripts may set a value a moment later. */
const settleMs = 5000;

async function resultOf(page: Page, expression: string, timeoutMs: number): Promise<unknown> {
  const isThere = `(() => { try { return (${expression}) !== undefined && (${expression}) !== null; } catch { return false; } })()`;
  await page.waitForFunction(isThere, undefined, { timeout: Math.min(timeoutMs, settleMs) }).catch(() => undefined);
  return page.evaluate(expression);
}

/** The first line: what follows in a message of Playwright tells what was typed. */
function whyNot(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = (text.split('\n')[0] ?? '').replace(/^(?:page|locator|elementHandle|frame)\.\w+: (?:Error: )?/, '');
  return line.replace(/ at https?:\/\/\S+$/, '').slice(0, 300);
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
