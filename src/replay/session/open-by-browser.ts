import type { Browser, BrowserUser, NotDone, OpenPage } from '../../contract/browser.js';
import { readPage } from '../../html/page.js';
import type { Secret } from '../../model/case.js';
import { correlationHeader } from '../../model/correlation.js';
import { WafproofError } from '../../model/error.js';
import type { Place } from '../../model/place.js';
import type { Pair } from '../../model/request.js';
import type { BrowserOpening, SessionOptions, SessionPair, SessionStep } from '../../model/session-options.js';
import { fitsCookie } from './cookie-jar.js';
import { describeSource, valueIn } from './find-value.js';
import type { OpenedSession } from './opened-session.js';
import { sessionSecrets } from './session-secrets.js';
import { openingSecrets, sentPairs } from './session-text.js';
import type { Site } from './site.js';
import { asksAgain } from './step-check.js';
import { describeStep, sessionFailed, withoutSecrets } from './step-failure.js';
import { trustedOrigins } from './trusted-origins.js';
import { isAnswered, type PageAnswer, Visitor } from './visitor.js';

/**
 * Opens a session in a browser: saved state, steps, login script, page, values, each where it is given. Its cookies are those
 * of the session from then on, and the browser is not needed any more.
 * @throws WafproofError `SESSION_FAILED` with what was done, what was expected and what came; `ENV_MISSING`, and where no
 * browser can be had `BROWSER_LIBRARY`, `BROWSER_MISSING`, `BROWSER_START`
 */
export async function openByBrowser(
  site: Site,
  options: SessionOptions & { readonly browser: BrowserOpening },
  browser: Browser,
): Promise<OpenedSession> {
  const { storage } = options.browser;
  const user = await browser.user(storage === undefined ? {} : { storage }).catch((error: unknown) => {
    const isState = storage !== undefined && error instanceof WafproofError && error.code === 'BROWSER_START';
    const reason = `storage: expected the saved state of a browser in ${storage}, but ${error}`;
    throw isState ? sessionFailed(reason, options.browser.at) : error;
  });
  try {
    return await new BrowserVisit(site, options, user).open();
  } finally {
    await user.close();
  }
}

/** A session while a browser opens it. */
class BrowserVisit {
  readonly #site: Site;
  readonly #options: SessionOptions & { readonly browser: BrowserOpening };
  readonly #user: BrowserUser;
  readonly #visitor: Visitor;
  readonly #trusted: ReadonlySet<string>;
  readonly #secrets: Secret[];
  readonly #values = new Map<string, string>();
  #loginPage: string | undefined;

  constructor(site: Site, options: SessionOptions & { readonly browser: BrowserOpening }, user: BrowserUser) {
    this.#site = site;
    this.#options = options;
    this.#user = user;
    this.#trusted = trustedOrigins(site.base, options);
    this.#visitor = new Visitor(site, this.#trusted);
    this.#secrets = [...openingSecrets(options)];
  }

  async open(): Promise<OpenedSession> {
    const { browser, steps = [] } = this.#options;
    for (const [index, step] of steps.entries())
      await this.#take(step, { said: `step ${index + 1} (${describeStep(step)})`, at: step.at ?? browser.at });
    if (browser.login !== undefined) await this.#runScript(browser.login);
    const doing = { said: `page ${browser.page ?? 'after the login'}`, at: browser.at };
    if (browser.page !== undefined) await this.#visit(browser.page, doing);
    await this.#findValues(browser, doing);
    this.#visitor.cookies.put(await this.#user.cookies());
    await this.#findInPages(doing);
    const loginPage = this.#loginPage;
    return {
      visitor: this.#visitor,
      values: this.#values,
      secrets: this.#secrets,
      loginCookies: steps.flatMap(({ expect }) => expect?.cookie ?? []),
      ...(loginPage !== undefined && { loginPage }),
    };
  }

  async #take(step: SessionStep, doing: Doing): Promise<void> {
    if ('get' in step) {
      const page = await this.#visit(step.get, doing, this.#pairs(step.headers ?? [], doing));
      await this.#check(step, page.status, doing);
    }
    if (!('submit' in step)) return;
    this.#loginPage ??= this.#done(await this.#user.page(), doing).url;
    const fields = this.#pairs(step.fill, doing).map(([name, text]) => ({ name, content: { text } }));
    const id = this.#site.nextId();
    const headers: readonly Pair[] = [...this.#pairs(step.headers ?? [], doing), [correlationHeader, id]];
    const entry = { form: step.submit, fields, without: [], origins: [...this.#trusted] };
    const { outcome, url } = this.#done(await this.#user.submit(entry, { headers }), doing);
    if (outcome.kind === 'failed') return this.#fail('an answer', `none came: ${outcome.message}`, doing);
    this.#visitor.cookies.take(url, outcome.headers);
    await this.#check(step, outcome.status, doing);
    const page = this.#done(await this.#user.page(), doing);
    if (step.expect === undefined && asksAgain(readPage(page.body), step.submit))
      this.#fail('another page than the same form again', describePage(page), doing);
  }

  async #check({ expect = {} }: SessionStep, status: number, doing: Doing): Promise<void> {
    const allowed = typeof expect.status === 'number' ? [expect.status] : expect.status;
    const page = this.#done(await this.#user.page(), doing);
    const came = `status ${status} came, and then ${describePage(page)}`;
    const isRight = allowed === undefined ? status < 400 : [status, page.status].some((one) => allowed.includes(one));
    if (!isRight)
      this.#fail(allowed === undefined ? 'a status below 400' : `status ${allowed.join(' or ')}`, came, doing);
    const { cookie, text } = expect;
    const cookies = cookie === undefined ? [] : await this.#user.cookies();
    if (cookie !== undefined && !cookies.some(({ name }) => fitsCookie(name, cookie)))
      this.#fail(`a cookie "${cookie}"`, came, doing);
    if (text !== undefined && !page.body.includes(text)) this.#fail(`the text ${JSON.stringify(text)}`, came, doing);
  }

  async #runScript(file: string): Promise<void> {
    const doing = { said: 'login script', at: { file } };
    const onSecret = (name: string, value: string) => void this.#secrets.push({ name, value });
    this.#done(await this.#user.runScript({ file, url: this.#site.base, onSecret }), doing);
  }

  async #visit(path: string, doing: Doing, headers: readonly Pair[] = []): Promise<OpenPage> {
    const id = this.#site.nextId();
    const page = this.#done(
      await this.#user.visit(this.#site.urlOf(path), [...headers, [correlationHeader, id]]),
      doing,
    );
    if (page.status >= 400) this.#fail('a status below 400', `${describePage(page)} (request ${id})`, doing);
    return page;
  }

  async #findValues({ values }: BrowserOpening, doing: Doing): Promise<void> {
    for (const [name, expression] of Object.entries(values)) {
      const found = await this.#user.evaluate(expression);
      const said = `value "${name}" of ${doing.said}`;
      if (isNotDone(found))
        return this.#fail(found.expected, `${found.came} (${await this.#openText(doing)})`, { ...doing, said });
      this.#values.set(name, found.value);
    }
  }

  /** Values that are found in answers: in the page that is open, or in one of their own. */
  async #findInPages(doing: Doing): Promise<void> {
    const wanted = Object.entries(this.#options.values ?? {}).filter(([, { fresh }]) => fresh !== 'case');
    for (const [name, source] of wanted) {
      const answer = source.page === undefined ? await this.#openAnswer(doing) : await this.#fetched(source.page);
      const value = answer && valueIn(answer, source, this.#visitor);
      if (value === undefined)
        this.#fail(
          `${describeSource(source)} for the value "${name}"`,
          `it is not in ${source.page ?? (await this.#openText(doing))}`,
          doing,
        );
      this.#values.set(name, value);
    }
  }

  async #openText(doing: Doing): Promise<string> {
    return describePage(this.#done(await this.#user.page(), doing));
  }

  async #openAnswer(doing: Doing): Promise<PageAnswer> {
    const { url, status, headers, body } = this.#done(await this.#user.page(), doing);
    return { url, id: '', status, headers, body };
  }

  async #fetched(page: string): Promise<PageAnswer | undefined> {
    const last = (await this.#visitor.visit(this.#site.urlOf(page))).at(-1);
    return last !== undefined && isAnswered(last) ? last : undefined;
  }

  #pairs(pairs: readonly SessionPair[], doing: Doing): readonly Pair[] {
    const { known, unknown } = sentPairs(pairs, this.#values);
    const [first] = unknown;
    if (first !== undefined) this.#fail(`the value "${first}"`, 'nothing before it has it', doing);
    return known;
  }

  #done<T extends object>(result: T | NotDone, doing: Doing): T {
    if (isNotDone(result)) this.#fail(result.expected, result.came, doing);
    return result;
  }

  #fail(expected: string, came: string, { said, at }: Doing): never {
    const reason = `${said}: expected ${expected}, but ${came}`;
    const found = sessionSecrets({ cookies: [], values: this.#values });
    throw sessionFailed(withoutSecrets(reason, [...this.#secrets, ...found]), at);
  }
}

/** What is being done, in words, and where it is written down. */
interface Doing {
  readonly said: string;
  readonly at: Place | undefined;
}

function isNotDone(result: object): result is NotDone {
  return 'kind' in result && result.kind === 'not-done';
}

function describePage({ url, status, body }: OpenPage): string {
  const { title } = readPage(body);
  return `status ${status} from ${new URL(url).pathname}${title === '' ? '' : `, titled "${title}"`}`;
}
