import type { Browser, FormEntry, PlacedCookie, RequestMark, SentByPage } from '../../contract/browser.js';
import type { Case, Secret } from '../../model/case.js';
import { correlationHeader } from '../../model/correlation.js';
import { WafproofError } from '../../model/error.js';
import type { Pair, Part, RequestBody, RequestSpec } from '../../model/request.js';
import { usualHeaders } from '../../request/usual-headers.js';
import type { SessionCookies } from './cookie-jar.js';
import { sessionSecrets } from './session-secrets.js';
import type { Site } from './site.js';
import type { PageAnswer } from './visitor.js';

/** A case that is ready to be entered into a form in a browser. */
export interface EntryInPage {
  readonly kind: 'entry';
  /** Where the form is. */
  readonly page: string;
  readonly entry: FormEntry;
  /** What the request gets besides what the page gives it. */
  readonly headers: readonly Pair[];
  readonly cookies: SessionCookies;
  readonly secrets: readonly Secret[];
  readonly generation: number;
}

/** A case that no page has sent. */
export interface NotEntered {
  readonly kind: 'not-entered';
  readonly reason: string;
  /** The page was another than was asked for: perhaps that of the login. */
  readonly answer?: PageAnswer;
}

/** What a page sent, and what of it must not leave this process. */
export interface Entered extends SentByPage {
  readonly secrets: readonly Secret[];
}

/** What a case enters, and into which form. */
export function formEntry({ from }: Case, request: RequestSpec, site: Site): FormEntry {
  const { form, without = [], action } = from ?? {};
  return {
    ...(form !== undefined && { form }),
    fields: enteredParts(request.body),
    without,
    ...(action !== undefined && { path: site.fullPathOf(action) }),
  };
}

function enteredParts(body: RequestBody): readonly Part[] {
  if (body.kind === 'form') return body.fields.map(([name, text]) => ({ name, content: { text } }));
  return body.kind === 'multipart' ? body.parts : [];
}

/** The header fields that a case writes itself: the usual ones are those of the browser. */
export function ownHeaders({ headers }: RequestSpec): readonly Pair[] {
  return headers.filter(([name, value]) => !usualHeaders.some(([usual, text]) => usual === name && text === value));
}

/**
 * Enters a case into the form of a page, in a window of its own with the cookies of the session, which keeps those that come.
 * @param id by which the request is found in the WAF's log
 */
export async function enterInPage(
  browser: Browser,
  { page, entry, headers, cookies, secrets }: EntryInPage,
  id: string,
  beforeSending: () => void,
): Promise<Entered | NotEntered> {
  const before = cookies.placed();
  const user = await browser.user({ cookies: before }).catch(asGone);
  if (user === undefined) return notEntered('the browser has ended');
  try {
    const opened = await user.visit(page);
    const shown = new URL(page).pathname;
    if (opened.kind === 'not-done') return notEntered(`page ${shown}: expected ${opened.expected}, but ${opened.came}`);
    const moved = new URL(opened.url).pathname !== shown;
    if (moved || opened.status >= 400) {
      const came = `status ${opened.status} came from ${new URL(opened.url).pathname}`;
      const answer = moved ? redirectTo(opened.url, page) : { ...opened, id: '' };
      return { ...notEntered(`page ${shown}: expected it with ${entry.form ?? 'a form'}, but ${came}`), answer };
    }
    const mark: RequestMark = { headers: [...headers, [correlationHeader, id]], beforeSending };
    const sent = await user.submit(entry, mark);
    const after = await user.cookies();
    cookies.put(after.filter((cookie) => isNew(cookie, before)));
    if (sent.kind === 'not-done') return notEntered(`page ${shown}: expected ${sent.expected}, but ${sent.came}`);
    const pairs = after.map(({ name, value }): Pair => [name, value]);
    return { ...sent, secrets: [...secrets, ...sessionSecrets({ cookies: pairs, values: [] })] };
  } finally {
    await user.close();
  }
}

/** A browser that ends in the middle, such as with the run, ends a case and not the job. */
function asGone(error: unknown): undefined {
  if (error instanceof WafproofError && ['INTERRUPTED', 'BROWSER_START'].includes(error.code)) return undefined;
  throw error;
}

function isNew({ name, value, domain, path }: PlacedCookie, known: readonly PlacedCookie[]): boolean {
  return !known.some((one) => one.name === name && one.domain === domain && one.path === path && one.value === value);
}

function notEntered(reason: string): NotEntered {
  return { kind: 'not-entered', reason };
}

/** As it came before the browser followed. */
function redirectTo(to: string, from: string): PageAnswer {
  return { url: from, id: '', status: 302, headers: [['Location', to]], body: '' };
}
