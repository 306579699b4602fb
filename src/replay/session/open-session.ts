import type { Browser } from '../../contract/browser.js';
import { formIn } from '../../html/find-form.js';
import {
  addressOf,
  type Entry,
  fieldOf,
  submissionBody,
  submissionHeaders,
  submissionOf,
} from '../../html/submission.js';
import type { Secret } from '../../model/case.js';
import type { Pair, RequestBody } from '../../model/request.js';
import type {
  GetStep,
  PostStep,
  SessionOptions,
  SessionPair,
  SessionStep,
  SubmitStep,
} from '../../model/session-options.js';
import { fillerOf, fillRequest } from '../../request/fill-request.js';
import { describeSource, lifetimeIn, valueIn } from './find-value.js';
import { openByBrowser } from './open-by-browser.js';
import type { OpenedSession } from './opened-session.js';
import { sessionSecrets } from './session-secrets.js';
import { openingSecrets, sentPairs } from './session-text.js';
import type { Site } from './site.js';
import { asksAgain, missingIn } from './step-check.js';
import { describeCame, describeStep, sessionFailed, withoutSecrets } from './step-failure.js';
import { trustedOrigins } from './trusted-origins.js';
import { type Came, isAnswered, type PageAnswer, Visitor } from './visitor.js';

/** Of the life of a value, after which it is renewed. */
const renewedAfter = 0.8;

const firstPage: readonly SessionStep[] = [{ get: '/' }];

/**
 * Takes the steps of a session one after the other, as a browser would, and finds its values. A request is sent again only
 * where the target refuses it for load and says when to come back.
 * @param driven takes the steps where the session is one that a browser opens
 * @throws WafproofError `SESSION_FAILED` with the step, what was expected and what came; what `openByBrowser` throws
 */
export async function openSession(site: Site, options: SessionOptions, driven: Browser): Promise<OpenedSession> {
  const { browser } = options;
  if (browser !== undefined) return openByBrowser(site, { ...options, browser }, driven);
  const opening = new Opening(site, options);
  const { steps = firstPage } = options;
  for (const [index, step] of steps.entries()) await opening.take(step, index + 1);
  return opening.end();
}

/** What no header has in it (RFC 9110, section 5.5). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const hasControl = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** A session while it is being opened. */
class Opening {
  readonly #site: Site;
  readonly #secrets: readonly Secret[];
  readonly #visitor: Visitor;
  readonly #values = new Map<string, string>();
  readonly #awaited: readonly string[];
  readonly #wanted: ReadonlyMap<string, NonNullable<SessionOptions['values']>[string]>;
  #open: Came | undefined;
  #renewAt = Number.POSITIVE_INFINITY;
  #loginPage: string | undefined;
  /** The step under way, in words. */
  #said = '';
  #step: SessionStep | undefined;

  constructor(site: Site, options: SessionOptions) {
    this.#site = site;
    this.#secrets = openingSecrets(options);
    this.#visitor = new Visitor(site, trustedOrigins(site.base, options));
    this.#wanted = new Map(Object.entries(options.values ?? {}));
    this.#awaited = (options.steps ?? []).flatMap(({ expect }) => expect?.cookie ?? []);
  }

  async take(step: SessionStep, number: number): Promise<void> {
    this.#step = step;
    this.#said = `step ${number} (${describeStep(step)})`;
    const answers = await this.#answersTo(step);
    for (const came of answers) this.#note(came);
    const last = answers.at(-1);
    if (last !== undefined && !isAnswered(last)) this.#fail('an answer', this.#cameText(last));
    await this.#check(step, answers);
  }

  async end(): Promise<OpenedSession> {
    this.#said = 'after the last step';
    if ([...this.#wanted].some(([name]) => !this.#values.has(name))) await this.#currentPage();
    for (const [name, source] of this.#wanted) {
      if (source.page !== undefined) await this.#fetchFor(source.page);
      if (!this.#values.has(name) && source.fresh !== 'case')
        this.#fail(`${describeSource(source)} for the value "${name}"`, this.#cameText(this.#open));
    }
    return {
      visitor: this.#visitor,
      values: this.#values,
      ...(Number.isFinite(this.#renewAt) && { renewAt: this.#renewAt }),
      ...(this.#loginPage !== undefined && { loginPage: this.#loginPage }),
      loginCookies: this.#awaited.filter((name) => this.#visitor.cookies.has(name)),
    };
  }

  #answersTo(step: SessionStep): Promise<readonly Came[]> {
    if ('get' in step) return this.#get(step);
    return 'post' in step ? this.#post(step) : this.#submit(step);
  }

  #get(step: GetStep): Promise<readonly Came[]> {
    return this.#visitor.visit(this.#site.urlOf(step.get), this.#headers(step.headers));
  }

  async #post(step: PostStep): Promise<readonly Came[]> {
    const { method = 'POST', headers } = step;
    const body = this.#bodyOf(step);
    return [await this.#visitor.send(this.#site.urlOf(step.post), { method, headers: this.#headers(headers), body })];
  }

  #bodyOf({ form, json, jsonValues = [] }: PostStep): RequestBody {
    if (form !== undefined) return { kind: 'form', fields: this.#pairs(form) };
    if (json === undefined) return { kind: 'none' };
    const filled = this.#pairs(jsonValues.map(({ token, value }): SessionPair => [token, value]));
    const fill = fillerOf(filled.map(([token, value]) => ({ token, value })));
    const spec = { method: '', path: '', query: [], headers: [], cookies: [], omittedHeaders: [] };
    return fillRequest({ ...spec, body: { kind: 'json', value: json } }, fill).body;
  }

  async #submit(step: SubmitStep): Promise<readonly Came[]> {
    const page = await this.#currentPage();
    const form = page && formIn(this.#visitor.pageOf(page), step.submit);
    if (page === undefined || form === undefined)
      return this.#fail(`a form ${step.submit}`, this.#cameText(this.#open));
    this.#loginPage ??= page.url;
    const filled = this.#pairs(step.fill).map(([name, text]): Entry => ({ name, content: { text } }));
    const { entries, enctype, ...submission } = submissionOf(form, filled);
    const url = addressOf(submission, this.#visitor.pageOf(page), page.url);
    if (url === undefined || !/^https?:$/.test(url.protocol))
      return this.#fail(`a form ${step.submit} with an address`, `it is sent to ${submission.action.slice(0, 200)}`);
    const own = this.#headers(step.headers);
    if (submission.method === 'POST') {
      const body = submissionBody(entries, enctype);
      const headers = [...submissionHeaders(body), ...own];
      return [await this.#visitor.send(url.href, { method: 'POST', headers, body, from: page.url })];
    }
    url.search = new URLSearchParams(entries.map((entry) => [...fieldOf(entry)])).toString();
    return [await this.#visitor.send(url.href, { method: 'GET', headers: own, from: page.url, tells: true })];
  }

  /** The page that is open; what redirects to it is followed. */
  async #currentPage(): Promise<PageAnswer | undefined> {
    if (this.#open !== undefined) for (const came of await this.#visitor.follow(this.#open)) this.#note(came);
    return this.#open !== undefined && isAnswered(this.#open) ? this.#open : undefined;
  }

  /** A value of a page of its own. */
  async #fetchFor(page: string): Promise<void> {
    for (const came of await this.#visitor.visit(this.#site.urlOf(page))) this.#note(came);
  }

  #note(came: Came): void {
    this.#open = came;
    if (!isAnswered(came)) return;
    for (const [name, source] of this.#wanted) {
      const value = valueIn(came, source, this.#visitor);
      if (value === undefined) continue;
      this.#values.set(name, value);
      const lasts = lifetimeIn(came, source);
      if (lasts !== undefined) this.#renewAt = Math.min(this.#renewAt, performance.now() + lasts * 1000 * renewedAfter);
    }
  }

  async #check(step: SessionStep, answers: readonly Came[]): Promise<void> {
    const first = answers[0];
    const follow = async () => {
      await this.#currentPage();
      return this.#open === undefined ? [] : [this.#open];
    };
    const missing = await missingIn(step.expect ?? {}, { answers, follow }, this.#visitor);
    const isOpen = this.#open === undefined || isAnswered(this.#open);
    if (missing !== undefined) this.#fail(missing, this.#cameText(isOpen ? first : this.#open));
    if ('submit' in step && step.expect === undefined) await this.#refuseSameForm(step);
  }

  async #refuseSameForm({ submit }: SubmitStep): Promise<void> {
    const page = await this.#currentPage();
    if (page !== undefined && asksAgain(this.#visitor.pageOf(page), submit))
      this.#fail('another page than the same form again', this.#cameText(page));
  }

  #cameText(came: Came | undefined): string {
    return describeCame(came, this.#visitor);
  }

  #pairs(pairs: readonly SessionPair[] = []): readonly Pair[] {
    const { known, unknown } = sentPairs(pairs, this.#values);
    const [first] = unknown;
    if (first !== undefined) this.#fail(`the value "${first}"`, 'no answer before it has it');
    return known;
  }

  #headers(pairs: readonly SessionPair[] = []): readonly Pair[] {
    const headers = this.#pairs(pairs);
    const broken = headers.find(([, value]) => hasControl.test(value));
    if (broken !== undefined)
      this.#fail(`a text that a header can hold for ${broken[0]}`, 'the value has a control character in it');
    return headers;
  }

  /** What must not be told: what it is opened with, and what has come so far. */
  #known(): readonly Secret[] {
    const cookies = this.#visitor.cookies.placed().map(({ name, value }): Pair => [name, value]);
    return [...this.#secrets, ...sessionSecrets({ cookies, values: this.#values })];
  }

  #fail(expected: string, came: string): never {
    const reason = `${this.#said}: expected ${expected}, but ${came}`;
    throw sessionFailed(withoutSecrets(reason, this.#known()), this.#step?.at);
  }
}
