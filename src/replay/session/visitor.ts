import { type Page, readPage } from '../../html/page.js';
import type { Pair, RequestBody } from '../../model/request.js';
import { usualHeaders } from '../../request/usual-headers.js';
import { SessionCookies } from './cookie-jar.js';
import type { Site, SiteAnswer } from './site.js';

/** What was asked, and the answer that came. */
export interface PageAnswer {
  readonly url: string;
  readonly id: string;
  readonly status: number;
  readonly headers: readonly Pair[];
  readonly body: string;
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
}

/** As browsers do (Fetch standard, section 4.4). */
const mostRedirects = 20;

/** One user of a site, with a browser's cookies. */
export class Visitor {
  readonly cookies = new SessionCookies();
  readonly #site: Site;
  readonly #pages = new WeakMap<PageAnswer, Page>();

  constructor(site: Site) {
    this.#site = site;
  }

  /** Fetches a page, and what it redirects to: all answers, the last one being no redirect. */
  async visit(url: string, headers: readonly Pair[] = []): Promise<readonly [Came, ...Came[]]> {
    const first = await this.send(url, { method: 'GET', headers });
    return [first, ...(await this.follow(first))];
  }

  /** What the redirects of an answer lead to. */
  async follow(from: Came): Promise<readonly Came[]> {
    const answers: Came[] = [];
    for (let next = redirectOf(from); next !== undefined && answers.length < mostRedirects; ) {
      const came = await this.send(next, { method: 'GET' });
      answers.push(came);
      next = redirectOf(came);
    }
    return answers;
  }

  /** Sends one request with the cookies of its URL, and keeps those that the answer sets. */
  async send(url: string, { method, headers = [], body = { kind: 'none' }, from }: Request): Promise<Came> {
    const given = headers.map(([name]) => name.toLowerCase());
    const usual = [...usualHeaders, ...(from === undefined ? [] : sentFrom(from))];
    const own = usual.filter(([name]) => !given.includes(name.toLowerCase()));
    const spec = { method, headers: [...own, ...headers], cookies: this.cookies.of(url), body, omittedHeaders: [] };
    return this.#keep(await this.#site.send(url, spec));
  }

  pageOf(answer: PageAnswer): Page {
    const page = this.#pages.get(answer) ?? readPage(answer.body);
    this.#pages.set(answer, page);
    return page;
  }

  #keep({ url, id, outcome }: SiteAnswer): Came {
    if (outcome.kind === 'failed') return { url, id, reason: outcome.message };
    const { status, headers, bodyExcerpt } = outcome;
    this.cookies.take(url, headers);
    return { url, id, status, headers, body: bodyExcerpt };
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
