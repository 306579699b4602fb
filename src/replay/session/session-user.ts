import type { Browser } from '../../contract/browser.js';
import type { Case, Secret } from '../../model/case.js';
import { WafproofError } from '../../model/error.js';
import type { Pair, RequestSpec } from '../../model/request.js';
import type { SessionOptions } from '../../model/session-options.js';
import { fillerOf, fillRequest } from '../../request/fill-request.js';
import { deferred } from '../../util/deferred.js';
import { applySession, bearsSession } from './apply-session.js';
import {
  type Entered,
  type EntryInPage,
  enterInPage,
  formEntry,
  type NotEntered,
  ownHeaders,
} from './entry-in-page.js';
import { filledValues } from './filled-values.js';
import { cookieIn, describeSource, valueIn } from './find-value.js';
import { submitForm } from './form-request.js';
import { openSession } from './open-session.js';
import { goneCookie, type OpenedSession } from './opened-session.js';
import { sessionSecrets } from './session-secrets.js';
import { sentPairs, sessionNamesIn } from './session-text.js';
import type { Site } from './site.js';
import { describeCame, withoutSecrets } from './step-failure.js';
import { type Came, isAnswered, type PageAnswer } from './visitor.js';

/** A case as it is sent in a session. */
export interface Prepared {
  readonly kind: 'prepared';
  /** The case, with tokens for what must not be told. */
  readonly sent: Case;
  /** The request with values in the place of the tokens. */
  readonly request: RequestSpec;
  readonly secrets: readonly Secret[];
  /** What was fetched for it, redirects too: it may show that the session is lost though all that is needed was there. */
  readonly pages: readonly PageAnswer[];
  /** A cookie of the login that is gone. */
  readonly lostCookie?: string;
  /** Counts how often the session was opened. */
  readonly generation: number;
  /** Keeps the cookies that its answer sets. */
  readonly keep: (headers: readonly Pair[]) => unknown;
}

/** A case that cannot be sent. */
export interface Unprepared {
  readonly kind: 'unprepared';
  readonly reason: string;
  /** The page that it needs was answered as where the session is lost. */
  readonly answer?: PageAnswer;
  /** A cookie of the login that is gone. */
  readonly lostCookie?: string;
  readonly generation: number;
}

export interface UserOptions {
  readonly site: Site;
  readonly options: SessionOptions;
  /** What the session is opened with. */
  readonly secrets: readonly Secret[];
  readonly opened: OpenedSession;
  readonly browser: Browser;
}

/** So many times in a row a session is opened again that is then lost at once, or cannot be opened. */
const mostInVain = 3;

/** One user of a target. */
export class SessionUser {
  readonly #site: Site;
  readonly #options: SessionOptions;
  readonly #secrets: readonly Secret[];
  readonly #browser: Browser;
  #opened: OpenedSession;
  #generation = 0;
  #reopening: Promise<string | undefined> | undefined;
  #inVain = 0;
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor({ site, options, secrets, opened, browser }: UserOptions) {
    this.#browser = browser;
    this.#site = site;
    this.#options = options;
    this.#secrets = secrets;
    this.#opened = opened;
  }

  /** How many wait for their turn, or have it. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Whether nobody else may be served between the page that a case needs and the case itself: tokens that hold for one
   * request would be gone.
   */
  needsTurn({ from, sessionValues }: Case): boolean {
    const { values = {} } = this.#options;
    const names = [...sessionValues.map(({ name }) => name), ...this.#headerNames()];
    return from !== undefined || names.some((name) => values[name]?.fresh === 'case');
  }

  /** Waits until nobody else has the turn; call what is returned when it is over. */
  async turn(): Promise<() => void> {
    const before = this.#turn;
    let isOver = false;
    const { promise, resolve } = deferred();
    this.#turn = promise;
    this.#waiting++;
    await before;
    return () => {
      if (!isOver) this.#waiting--;
      isOver = true;
      resolve();
    };
  }

  /** Makes a case ready to be sent: fetches its page and the values that it needs fresh, and renews what runs out. */
  async prepare(one: Case): Promise<Prepared | Unprepared> {
    await this.#renewIfDue();
    const generation = this.#generation;
    const opened = this.#opened;
    const values = new Map(opened.values);
    const came: Came[] = [];
    for (const name of this.#freshNames(one)) {
      const found = await this.#fresh(name, opened, came);
      if (typeof found !== 'string') return { ...found, ...goneCookie(opened), generation };
      values.set(name, found);
    }
    this.#readCookies(values, opened);
    const submitted = await this.#submitted(one, opened, came);
    if (submitted.kind === 'unprepared') return { ...submitted, ...goneCookie(opened), generation };
    const { sent, hidden } = submitted;
    const all = new Map([...values, ...hidden.map(({ token, value }) => [token, value] as const)]);
    const headers = this.#headersFor(sent, values);
    const cookies = opened.visitor.cookies.of(this.#site.urlOf(sent.request.path));
    const own = filledValues(sent, values, all);
    const request = applySession(sent.request, own, { cookies, headers });
    const secrets = [
      ...this.#known(),
      ...sessionSecrets({ cookies, values: [...values, ...hidden.map(({ name, value }) => [name, value] as const)] }),
    ];
    // A browser keeps what answers set; where nobody has logged in, or a case has cookies of its own, it stands by itself.
    const isKept = this.logsIn && bearsSession(sent.request, cookies);
    const keep = (set: readonly Pair[]) => isKept && opened.visitor.cookies.take(this.#site.urlOf(request.path), set);
    const pages = came.filter(isAnswered);
    return { kind: 'prepared', sent, request, secrets, pages, ...goneCookie(opened), generation, keep };
  }

  /** The same for a case that is entered into a form in a browser. */
  async prepareEntry(one: Case): Promise<EntryInPage | Unprepared> {
    await this.#renewIfDue();
    const generation = this.#generation;
    const opened = this.#opened;
    const values = new Map(opened.values);
    for (const name of this.#freshNames(one)) {
      const found = await this.#fresh(name, opened, []);
      if (typeof found !== 'string') return { ...found, generation };
      values.set(name, found);
    }
    const { cookies } = opened.visitor;
    const request = fillRequest(one.request, fillerOf(filledValues(one, values)));
    return {
      kind: 'entry',
      page: this.#site.urlOf(one.from?.page ?? '/'),
      entry: formEntry(one, request, this.#site),
      headers: [...ownHeaders(request), ...this.#headersFor(one, values)],
      cookies,
      secrets: [...this.#known(), ...sessionSecrets({ cookies: [], values })],
      generation,
    };
  }

  /** Enters it there. */
  enter(entry: EntryInPage, id: string, beforeSending: () => void): Promise<Entered | NotEntered> {
    return enterInPage(this.#browser, entry, id, beforeSending);
  }

  /**
   * Opens the session again, unless somebody has since.
   * @param generation of the case that shows that it is lost
   * @returns why it is not open
   */
  async reopen(generation: number): Promise<string | undefined> {
    if (generation !== this.#generation) return undefined;
    if (this.#inVain >= mostInVain) return `opening it again did not help ${mostInVain} times in a row`;
    this.#reopening ??= this.#open().finally(() => {
      this.#reopening = undefined;
    });
    return this.#reopening;
  }

  /** Whether it takes anything to open the session. */
  get logsIn(): boolean {
    const { browser, steps } = this.#options;
    return browser !== undefined || steps?.length !== 0;
  }

  /** A case arrived in the session. */
  arrived(): void {
    this.#inVain = 0;
  }

  async #open(): Promise<string | undefined> {
    this.#inVain++;
    try {
      this.#opened = await openSession(this.#site, this.#options, this.#browser);
      this.#generation++;
      return undefined;
    } catch (error) {
      if (!(error instanceof WafproofError)) throw error;
      return error.problems[0].message;
    }
  }

  async #renewIfDue(): Promise<void> {
    const { renewAt } = this.#opened;
    if (renewAt === undefined || performance.now() < renewAt) return;
    const problem = await this.reopen(this.#generation);
    if (problem === undefined) this.#inVain = 0;
  }

  #headerNames(): readonly string[] {
    return (this.#options.headers ?? []).flatMap(([, text]) => sessionNamesIn(text));
  }

  #freshNames({ sessionValues }: Case): readonly string[] {
    const { values = {} } = this.#options;
    const names = new Set([...sessionValues.map(({ name }) => name), ...this.#headerNames()]);
    return [...names].filter((name) => values[name]?.fresh === 'case');
  }

  /** @param came takes what was fetched */
  async #fresh(
    name: string,
    { visitor }: OpenedSession,
    came: Came[],
  ): Promise<string | Omit<Unprepared, 'generation'>> {
    const source = this.#options.values?.[name] ?? {};
    const answers = await visitor.visit(this.#site.urlOf(source.page ?? '/'));
    came.push(...answers);
    const last = answers.at(-1);
    const value = last !== undefined && isAnswered(last) ? valueIn(last, source, visitor) : undefined;
    if (value !== undefined) return value;
    const reason = `the value "${name}" needs ${describeSource(source)}, but ${describeCame(last, visitor)}`;
    return this.#unprepared(reason, answers[0]);
  }

  /** @param came takes what was fetched */
  async #submitted(one: Case, { visitor }: OpenedSession, came: Came[]) {
    const { from } = one;
    if (from === undefined) return { kind: 'ready', sent: one, hidden: [] } as const;
    const answers = await visitor.visit(this.#site.urlOf(from.page));
    came.push(...answers);
    const last = answers.at(-1);
    const page = last !== undefined && isAnswered(last) && last.status < 400 ? last : undefined;
    const pathOf = (url: string) => this.#site.pathOf(url);
    const made = page && submitForm({ page: visitor.pageOf(page), url: page.url }, { ...one, from }, pathOf);
    if (made === undefined) {
      const reason = `the page ${from.page} with the form ${from.form ?? ''} is needed, but ${describeCame(last, visitor)}`;
      return this.#unprepared(reason, answers[0]);
    }
    if (typeof made === 'string') return this.#unprepared(made, undefined);
    const sessionValues = [...one.sessionValues, ...made.hidden.map(({ name, token }) => ({ name, token }))];
    return { kind: 'ready', sent: { ...one, request: made.request, sessionValues }, hidden: made.hidden } as const;
  }

  #unprepared(reason: string, answer: object | undefined): Omit<Unprepared, 'generation'> {
    const shown = withoutSecrets(reason, [
      ...this.#known(),
      ...sessionSecrets({ cookies: [], values: this.#opened.values }),
    ]);
    const first = answer as PageAnswer | undefined;
    return { kind: 'unprepared', reason: shown, ...(first !== undefined && isAnswered(first) && { answer: first }) };
  }

  /** Values of cookies are those that the session has now: applications set others as time goes by. */
  #readCookies(values: Map<string, string>, { visitor }: OpenedSession): void {
    for (const [name, source] of Object.entries(this.#options.values ?? {})) {
      const now = source.cookie === undefined ? undefined : cookieIn(source.cookie, visitor);
      if (now !== undefined) values.set(name, now);
    }
  }

  /** What the session was opened with. */
  #known(): readonly Secret[] {
    return [...this.#secrets, ...(this.#opened.secrets ?? [])];
  }

  #headersFor({ request }: Case, values: ReadonlyMap<string, string>): readonly Pair[] {
    const own = [...request.headers.map(([name]) => name.toLowerCase()), ...request.omittedHeaders];
    const wanted = (this.#options.headers ?? []).filter(([name]) => !own.includes(name.toLowerCase()));
    return sentPairs(wanted, values).known;
  }
}
