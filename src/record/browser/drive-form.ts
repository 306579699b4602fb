import type { Page } from 'playwright-core';
import type { FormEntry, NotDone, RequestMark, SentByPage } from '../../contract/browser.js';
import type { Part, WireRequest } from '../../model/request.js';
import { contentBytes } from '../../request/encode-request.js';
import { fillForm } from './fill-form.js';
import { complaintsOf, findForm, methodOf, type PageField, pressSubmit } from './page-form.js';
import { type MarkedRequest, type Outgoing, RequestWatch } from './request-watch.js';

/** How a form is submitted. */
export interface Submission {
  readonly entry: FormEntry;
  readonly mark: RequestMark;
  /** Such as `https://shop.test`: requests elsewhere are not what is meant. */
  readonly origin: string;
  readonly timeoutMs: number;
}

/**
 * Fills a form of the page in, submits it, and waits for the request that carries it: where the page goes by POST, or what
 * has the values in it, as a script sends them.
 */
export async function driveForm(page: Page, submission: Submission): Promise<SentByPage | NotDone> {
  const { entry, mark, origin, timeoutMs } = submission;
  const shown = `the form ${entry.form ?? 'that posts'}`;
  const form = await findForm(page, entry.form, timeoutMs);
  if (form === undefined) return notDone(`${shown} in the page`, await cameText(page, 'no such form is there'));
  const filled = await fillForm(form, entry, shown);
  if (filled.kind === 'not-done') return filled;
  const complaints = await complaintsOf(form, filled.fields);
  if (complaints.length > 0)
    return notDone(`${shown} to be complete`, `its field ${complaints.slice(0, 3).join(' and ')}`);
  const method = await methodOf(form);
  const files = uploadsOf(entry, filled.fields);
  const isMeant = (outgoing: Outgoing) => carries(outgoing, { entry, origin, method });
  const watch = await RequestWatch.start(page, { mark, isMeant, files });
  try {
    await pressSubmit(form, filled.button);
    const marked = await watch.marked(timeoutMs);
    if (marked !== undefined) return sentByPage(marked);
    const others = watch.others.length === 0 ? 'nothing was sent' : `only these were sent: ${watch.others.join(', ')}`;
    return notDone(`a request with what is entered in ${shown}`, await cameText(page, others));
  } finally {
    await watch.stop();
  }
}

function notDone(expected: string, came: string): NotDone {
  return { kind: 'not-done', expected, came };
}

async function cameText(page: Page, what: string): Promise<string> {
  const title = await page.title().catch(() => '');
  const { pathname } = URL.canParse(page.url()) ? new URL(page.url()) : { pathname: page.url() };
  return `${what} (${pathname}${title === '' ? '' : `, titled "${title.slice(0, 120)}"`})`;
}

interface Meant {
  readonly entry: FormEntry;
  readonly origin: string;
  readonly method: string;
}

/** Values that may be in any request by chance say nothing. */
const shortestTelling = 3;

/** Whether a request is what the form was filled in for. */
function carries({ method, url, body, isNavigation }: Outgoing, meant: Meant): boolean {
  if (!URL.canParse(url) || new URL(url).origin !== meant.origin || method === 'OPTIONS') return false;
  if (isNavigation && (method !== 'GET' || meant.method === 'GET')) return true;
  const telling = meant.entry.fields.flatMap(tellingText);
  if (telling.length === 0) return method !== 'GET' && method !== 'HEAD';
  const sent = `${url}\n${Buffer.from(body).toString('utf8')}`;
  return telling.some((text) => spellings(text).some((spelled) => sent.includes(spelled)));
}

function tellingText({ content }: Part): readonly string[] {
  return 'text' in content && content.text.length >= shortestTelling ? [content.text] : [];
}

/** As it is, in a form, in a URL, and in JSON. */
function spellings(text: string): readonly string[] {
  const wellFormed = text.toWellFormed();
  const form = new URLSearchParams([['', wellFormed]]).toString().slice(1);
  const lines = wellFormed.replace(/\r\n?|\n/g, '\r\n');
  const formLines = new URLSearchParams([['', lines]]).toString().slice(1);
  return [text, lines, form, formLines, encodeURIComponent(wellFormed), JSON.stringify(text).slice(1, -1)];
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
