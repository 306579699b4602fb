import type { Page } from 'playwright-core';
import type { FormEntry, NotDone, RequestMark, SentByPage } from '../../contract/browser.js';
import type { WireRequest } from '../../model/request.js';
import { contentBytes } from '../../request/encode-request.js';
import { fillForm } from './fill-form.js';
import { OwnRequest } from './own-request.js';
import { complaintsOf, findForm, type PageField, pressSubmit, submitTargetOf } from './page-form.js';
import { type MarkedRequest, RequestWatch } from './request-watch.js';

/** How a form is submitted. */
export interface Submission {
  readonly entry: FormEntry;
  readonly mark: RequestMark;
  /** Such as `https://shop.test`: what is entered goes nowhere else. */
  readonly origins: readonly string[];
  readonly timeoutMs: number;
}

/** Fills a form of the page in, submits it, and waits for the request that is the form's own. */
export async function driveForm(page: Page, submission: Submission): Promise<SentByPage | NotDone> {
  const { entry, mark, origins, timeoutMs } = submission;
  const shown = `the form ${entry.form ?? 'that posts'}`;
  const form = await findForm(page, entry.form, timeoutMs);
  if (form === undefined) return notDone(`${shown} in the page`, await cameText(page, 'no such form is there'));
  if (!origins.includes(originOf(page.url()))) return notDone(shown, elsewhere('it is on', page.url()));
  let fields: readonly PageField[] = [];
  const own = new OwnRequest(page, { entry, origins });
  const files = () => uploadsOf(entry, fields);
  const watch = await RequestWatch.start(page, { mark, decide: (outgoing) => own.decide(outgoing), files });
  try {
    const filled = await fillForm(form, entry, shown);
    if (filled.kind === 'not-done') return filled;
    fields = filled.fields;
    const complaints = await complaintsOf(form, fields);
    if (complaints.length > 0)
      return notDone(`${shown} to be complete`, `its field ${complaints.slice(0, 3).join(' and ')}`);
    const target = await submitTargetOf(form, filled.button);
    if (!origins.includes(originOf(target.url))) return notDone(shown, elsewhere('it is sent to', target.url));
    await own.press(target);
    await pressSubmit(form, filled.button);
    const marked = await watch.marked(timeoutMs);
    if (marked !== undefined) return sentByPage(marked);
    return notDone(`a request with what is entered in ${shown}`, await cameText(page, whatWasSent(watch)));
  } finally {
    await watch.stop();
  }
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}

function elsewhere(what: string, url: string): string {
  return `${what} ${originOf(url)}, which is no origin of the target or the session: name it in "origins" of the session if it is to get what is entered`;
}

function whatWasSent({ others, refused }: RequestWatch): string {
  const kept = refused.length === 0 ? '' : `; what it would have sent elsewhere was not: ${refused.join(', ')}`;
  if (others.length === 0) return `nothing was sent${kept}`;
  return `only these were sent: ${others.join(', ')}${kept}; if one of them is the form's, name its path as "action" of "from"`;
}

function notDone(expected: string, came: string): NotDone {
  return { kind: 'not-done', expected, came };
}

async function cameText(page: Page, what: string): Promise<string> {
  const title = await page.title().catch(() => '');
  const { pathname } = URL.canParse(page.url()) ? new URL(page.url()) : { pathname: page.url() };
  return `${what} (${pathname}${title === '' ? '' : `, titled "${title.slice(0, 120)}"`})`;
}

/** The bytes of files in the order of the form. */
function uploadsOf({ fields }: FormEntry, ofPage: readonly PageField[]): readonly Uint8Array[] {
  const names = [...new Set(ofPage.filter(({ type }) => type === 'file').map(({ name }) => name))];
  return names.flatMap((name) =>
    fields.filter((field) => field.name === name).map(({ content }) => contentBytes(content)),
  );
}

function sentByPage({ method, url, headers, body, outcome, durationMs }: MarkedRequest): SentByPage {
  const { pathname, search } = new URL(url);
  const request: WireRequest = { method, target: `${pathname}${search}`, headers, body };
  return { kind: 'sent', url, request, outcome, durationMs };
}
