import type { Page, Response } from 'playwright-core';
import { within } from '../../util/deferred.js';

/** A page as it is shown, or why there is none to see. */
export type ShownPage =
  | { readonly kind: 'shown'; readonly url: string; readonly html: string; readonly shadowForms: readonly string[] }
  | { readonly kind: 'not-shown'; readonly reason: string };

/** How long each is waited for, in milliseconds: an answer, its end, silence after it, and the page's word. */
const patience = { answer: 15_000, end: 8000, silence: 2500, word: 5000 };

/** Whatever a page asks, nobody is there to answer: whoever looks for forms would wait with it. */
export async function silenceDialogs(page: Page): Promise<void> {
  await page.addInitScript(`(() => {
    const nothing = () => undefined;
    Object.assign(window, { alert: nothing, print: nothing, confirm: () => false, prompt: () => null });
  })()`);
  page.on('popup', (popup) => void popup.close().catch(() => undefined));
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
}

/** Opens an address, and reads what the page shows then; a page that is never whole is read as far as it has come. */
export async function readShown(page: Page, url: string): Promise<ShownPage> {
  let answer: Response | undefined;
  try {
    answer = (await page.goto(url, { waitUntil: 'commit', timeout: patience.answer })) ?? undefined;
  } catch (error) {
    return { kind: 'not-shown', reason: reasonOf(error) };
  }
  await page.waitForLoadState('domcontentloaded', { timeout: patience.end }).catch(() => undefined);
  await page.waitForLoadState('networkidle', { timeout: patience.silence }).catch(() => undefined);
  const html = (await contentOf(page)) ?? (await within(textOf(answer), patience.word));
  if (html === undefined) return { kind: 'not-shown', reason: 'a page that does not come to rest' };
  const forms = await within(
    page.evaluate(shadowForms).catch(() => undefined),
    patience.word,
  );
  return { kind: 'shown', url: page.url(), html, shadowForms: Array.isArray(forms) ? forms.map(String) : [] };
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : '';
  if (/Timeout/.test(text)) return 'a page that did not answer in time';
  if (/TOO_MANY_REDIRECTS/.test(text)) return 'a page that redirects without an end';
  return /ERR_ABORTED|Download/.test(text) ? 'a download, and no page' : 'a page that could not be opened';
}

/** A page that goes on to another one has nothing to show for a moment. */
async function contentOf(page: Page): Promise<string | undefined> {
  for (let tries = 0; tries < 3; tries++) {
    const html = await within(
      page.content().catch(() => ''),
      patience.word,
    );
    if (html !== '') return html;
  }
  return undefined;
}

async function textOf(answer: Response | undefined): Promise<string | undefined> {
  return answer?.text().catch(() => undefined);
}

/** The forms in open shadow trees, which are not in the text of a page. */
const shadowForms = `(() => {
  const found = [];
  const look = (root, isShadow) => {
    if (isShadow) for (const form of root.querySelectorAll('form')) if (found.length < 50) found.push(form.outerHTML.slice(0, 200000));
    for (const element of [...root.querySelectorAll('*')].slice(0, 20000)) if (element.shadowRoot) look(element.shadowRoot, true);
  };
  look(document, false);
  return found;
})()`;
