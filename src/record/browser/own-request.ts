import type { Page } from 'playwright-core';
import type { FormEntry } from '../../contract/browser.js';
import type { Part } from '../../model/request.js';
import { within } from '../../util/deferred.js';
import { noteSubmission, type SubmitTarget, submissionState } from './page-form.js';
import type { Outgoing, RequestRole } from './request-watch.js';

interface Meant {
  readonly entry: FormEntry;
  readonly origins: readonly string[];
}

/** A page that is busy does not tell how far it is. */
const busyMs = 1000;
/** So long after a button is pressed its form is submitted, if it is. */
const soonMs = 400;
const stepMs = 50;

/** Tells the request that is a form's own from what its page saves, counts and reports meanwhile. */
export class OwnRequest {
  readonly #page: Page;
  readonly #meant: Meant;
  readonly #seenBefore = new Set<string>();
  #target: SubmitTarget | undefined;

  constructor(page: Page, meant: Meant) {
    this.#page = page;
    this.#meant = meant;
  }

  /** The form is submitted from now on. */
  async press(target: SubmitTarget): Promise<void> {
    await this.#page.evaluate(noteSubmission);
    this.#target = target;
  }

  async decide(outgoing: Outgoing): Promise<RequestRole> {
    const { method, url } = outgoing;
    if (!URL.canParse(url)) return 'other';
    const { origin, pathname } = new URL(url);
    const telling = this.#meant.entry.fields.flatMap(tellingText);
    const tells = hasAny(outgoing, telling);
    if (!this.#meant.origins.includes(origin)) return tells ? 'refused' : 'other';
    if (method === 'OPTIONS') return 'other';
    const carries = telling.length === 0 ? changes(method) : tells;
    const target = this.#target;
    if (target !== undefined) return (await this.#isOwn(outgoing, target, carries)) ? 'meant' : 'other';
    if (carries) this.#seenBefore.add(`${method} ${pathname}`);
    return 'other';
  }

  async #isOwn(outgoing: Outgoing, target: SubmitTarget, carries: boolean): Promise<boolean> {
    const { method, url, isNavigation } = outgoing;
    const { path } = this.#meant.entry;
    if (path !== undefined) return isAt(path, url) && (carries || changes(method));
    if (isNavigation) return changes(method) || target.method === 'GET';
    return carries && this.#isOfScript(outgoing, target);
  }

  /**
   * Whether a script sends the form with this request. Where a form says where it is sent, it goes there; else it is one that the
   * page had not sent before, once the page has kept the form from being submitted.
   */
  async #isOfScript({ method, url }: Outgoing, target: SubmitTarget): Promise<boolean> {
    if (target.isWritten) return isAt(new URL(target.url).pathname, url);
    if (this.#seenBefore.has(`${method} ${new URL(url).pathname}`)) return false;
    for (let waited = 0; waited < soonMs; waited += stepMs) {
      const state = await within(
        this.#page.evaluate(submissionState).catch(() => undefined),
        busyMs,
      );
      if (state !== 'none') return state !== 'native';
      await this.#page.waitForTimeout(stepMs);
    }
    return true;
  }
}

/** Whether a request has one of these texts in it. */
function hasAny({ url, body }: Outgoing, texts: readonly string[]): boolean {
  const sent = `${url}\n${Buffer.from(body).toString('utf8')}`;
  return texts.some((text) => spellings(text).some((spelled) => sent.includes(spelled)));
}

function changes(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

function isAt(path: string, url: string): boolean {
  return new URL(path, url).pathname === new URL(url).pathname;
}

/** Values that may be in any request by chance say nothing. */
const shortestTelling = 3;

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
