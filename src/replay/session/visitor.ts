import { type Page, readPage } from '../../html/page.js';
import type { Pair, RequestBody } from '../../model/request.js';
import { usualHeaders } from '../../request/usual-headers.js';
import { SessionCookies } from './cookie-jar.js';
import type { Site, SiteAnswer } from './site.js';
import { untrusted } from './trusted-origins.js';

/** What was asked, and the answer that came. */
export interface PageAnswer {
  readonly url: string;
  readonly id: string;
  readonly status: number;
  readonly headers: readonly Pair[];
  readonly body: string;
  /** The body is longer, or did not come to its end. */
  readonly isCut?: true;
}

/** No answer came. */
export interface Unanswered {
  readonly url: string;
  readonly id: string;
  readonly reason: string;
}

export type Came = PageAnswer | Unanswered;

export function isAnswered(came: Came): came is PageAnswer {
  return 'status' in came;
}

interface Request {
  readonly method: string;
  readonly headers?: readonly Pair[];
  readonly body?: RequestBody;
  /** The page from which it goes. */
  readonly from?: string;
  /** Its URL has values of the session in it. */
  readonly tells?: true;
}

/** As browsers do (Fetch standard, section 4.4). */
const mostRedirects = 20;

/** One user of a site, with a browser's cookies. */
export class Visitor {
  readonly cookies = new SessionCookies();
  readonly #site: Site;
  readonly #trusted: ReadonlySet<string>;
  readonly #pages = new WeakMap<PageAnswer, Page>();
  readonly #requests = new WeakMap<Came, Request>();

  /** @param trusted the origins that may get more than a request for a page */
  constructor(site: Site, trusted: ReadonlySet<string>) {
    this.#site = site;
    this.#trusted = trusted;
  }

  /** Fetches a page, and what it redirects to: all answers, the last one being no redirect. */
  async visit(url: string, headers: readonly Pair[] = []): Promise<readonly [Came, ...Came[]]> {
    const first = await this.send(url, { method: 'GET', headers });
    return [first, ...(await this.follow(first))];
  }

  /** What the redirects of an answer lead to. Where there is no end to them, or one must not be followed, the last one is no answer. */
  async follow(from: Came): Promise<readonly Came[]> {
    const answers: Came[] = [];
    let last = from;
    for (let next = redirectOf(from); next !== undefined; next = redirectOf(last)) {
      const { id, url } = last;
      if (answers.length >= mostRedirects) {
        const reason = `redirects without an end: ${mostRedirects} were followed, the last one to ${new URL(next).pathname}`;
        return [...answers, { url, id, reason }];
      }
      last = await this.send(next, this.#redirected(last, next));
      answers.push(last);
    }
    return answers;
  }

  /** The request that a redirect makes (Fetch standard, section 4.4); own headers stay with their origin. */
  #redirected(came: Came, to: string): Request {
    const { method, headers = [], body, from } = this.#requests.get(came) ?? { method: 'GET' };
    const own = new URL(to).origin === new URL(came.url).origin ? headers : [];
    const stays = 'status' in came && (came.status === 307 || came.status === 308);
    if (!stays && method !== 'HEAD') return { method: 'GET', headers: own };
    return { method, headers: own, ...(body !== undefined && { body }), ...(from !== undefined && { from }) };
  }

  /**
   * Sends one request with the cookies of its URL, and keeps those that the answer sets. Where it has more in it than the wish
   * for a page, and its origin is not trusted, it is not sent.
   */
  async send(url: string, request: Request): Promise<Came> {
    const { method, headers = [], body = { kind: 'none' }, from, tells } = request;
    const hasMore = tells === true || body.kind !== 'none' || headers.length > 0;
    if (hasMore && !this.#trusted.has(new URL(url).origin)) return { url, id: '', reason: untrusted(url) };
    const given = headers.map(([name]) => name.toLowerCase());
    const usual = [...usualHeaders, ...(from === undefined ? [] : sentFrom(from))];
    const own = usual.filter(([name]) => !given.includes(name.toLowerCase()));
    const spec = { method, headers: [...own, ...headers], cookies: this.cookies.of(url), body, omittedHeaders: [] };
    const came = this.#keep(await this.#site.send(url, spec));
    this.#requests.set(came, request);
    return came;
  }

  pageOf(answer: PageAnswer): Page {
    const page = this.#pages.get(answer) ?? readPage(answer.body);
    this.#pages.set(answer, page);
    return page;
  }

  #keep({ url, id, outcome }: SiteAnswer): Came {
    if (outcome.kind === 'failed') return { url, id, reason: outcome.message };
    const { status, headers, bodyExcerpt, isCut } = outcome;
    this.cookies.take(url, headers);
    return { url, id, status, headers, body: bodyExcerpt, ...(isCut && { isCut }) };
  }
}

/** What browsers tell of where a form was, which frameworks look at (Origin: Fetch standard, section 3.2). */
export function sentFrom(page: string): readonly Pair[] {
  const { origin, href } = new URL(page);
  return [
    ['Origin', origin],
    ['Referer', href.replace(/#.*$/s, '')],
  ];
}

/** Where an answer redirects to. */
function redirectOf(came: Came): string | undefined {
  if (!isAnswered(came) || ![301, 302, 303, 307, 308].includes(came.status)) return undefined;
  const location = came.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (location === undefined || !URL.canParse(location, came.url)) return undefined;
  const url = new URL(location, came.url);
  return /^https?:$/.test(url.protocol) ? url.href : undefined;
}
