import { type Page, readPage } from '../../html/page.js';
import type { RecordedPage } from '../../record/browser/browser-types.js';
import { submitFormOf } from '../../record/browser/submit-form.js';
import type { CapturedRequest } from '../../record/captured-request.js';
import { fillingFor, formRequest } from '../../record/forms/form-filling.js';
import {
  type FoundForm,
  formCount,
  formShape,
  isHarmfulLink,
  mostForms,
  postingForms,
  whyLeftAlone,
} from '../../record/forms/found-form.js';
import { linkTarget, pageShape } from '../../record/forms/page-shape.js';
import type { LeftOut } from '../../record/import-format.js';
import { addressForPeople, requestWithoutSecrets } from '../../record/without-secrets.js';
import type { World } from '../world.js';

interface CrawlSettings {
  /** So many pages are opened at most. */
  readonly pages: number;
  /** Forms are sent, and not only read. */
  readonly submits: boolean;
  readonly tell: (line: string) => void;
}

/** The forms that were found. */
export interface Crawled {
  /** What would be sent; nothing where it was sent, and recorded so. */
  readonly requests: readonly CapturedRequest[];
  readonly leftOut: readonly LeftOut[];
}

/** Looks for forms on the pages of one application, one of each shape, along its links. Nothing is sent unless that is wanted. */
export async function crawl(page: RecordedPage, settings: CrawlSettings, world: World): Promise<Crawled> {
  const { pages, tell } = settings;
  const search = new Search(page, settings);
  for (let opened = 0; opened < pages && search.queue.length > 0 && !world.signal.aborted; opened++)
    await search.next();
  tell(`${search.forms.size} ${search.forms.size === 1 ? 'form was' : 'forms were'} found`);
  if (search.queue.length > 0) tell(`${search.queue.length} more pages were not opened: --crawl takes a larger number`);
  return search;
}

class Search implements Crawled {
  readonly queue: string[];
  readonly forms = new Set<string>();
  readonly requests: CapturedRequest[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly #seen: Set<string>;
  readonly #page: RecordedPage;
  readonly #origin: string;
  readonly #settings: CrawlSettings;

  /** @param page shows where the search begins */
  constructor(page: RecordedPage, settings: CrawlSettings) {
    this.#page = page;
    this.#settings = settings;
    this.#origin = new URL(page.url()).origin;
    this.queue = [page.url()];
    this.#seen = new Set(this.queue.map(pageShape));
  }

  /** Opens the next page of the queue. */
  async next(): Promise<void> {
    const read = await open(this.#page, this.queue.shift() ?? '', this.#origin);
    if (read === undefined) return;
    for (const target of linksOf(read.page, read.url, this.#origin)) {
      if (!this.#seen.has(pageShape(target))) this.queue.push(target);
      this.#seen.add(pageShape(target));
    }
    this.#tellOfMore(formCount(read.page) - mostForms, read.url);
    for (const form of postingForms(read.page, read.url)) {
      if (!this.forms.has(formShape(form))) await this.#take(form);
      this.forms.add(formShape(form));
    }
  }

  #tellOfMore(more: number, url: string): void {
    if (more <= 0) return;
    const { pathname } = new URL(url);
    const reason = `${more} more forms on one page, of which the first ${mostForms} were looked at`;
    this.leftOut.push({ name: requestWithoutSecrets({ method: 'GET', url }), reason });
    this.#settings.tell(`${more} more forms of ${addressForPeople(pathname)} were not looked at`);
  }

  async #take(form: FoundForm): Promise<void> {
    const { submits, tell } = this.#settings;
    const { pathname } = new URL(form.action);
    const alone = whyLeftAlone(form, this.#origin);
    const reason = alone ?? (submits ? await submit(this.#page, form, this.#origin) : undefined);
    if (reason !== undefined)
      this.leftOut.push({ name: requestWithoutSecrets({ method: 'POST', url: form.action }), reason });
    if (reason !== undefined || submits) return;
    this.requests.push(await formRequest(form));
    tell(`POST ${addressForPeople(pathname)}  ${form.title}  (not sent)`);
  }
}

async function open(page: RecordedPage, url: string, origin: string) {
  const isOpen = await page.goto(url, { waitUntil: 'domcontentloaded', timeout: 30_000 }).then(
    () => new URL(page.url()).origin === origin,
    () => false,
  );
  return isOpen ? { page: readPage(await page.content()), url: page.url() } : undefined;
}

function linksOf({ elements }: Page, url: string, origin: string): readonly string[] {
  const links = elements.filter(({ tag, attribute }) => tag === 'a' && attribute('download') === undefined);
  const targets = links.flatMap((link) => {
    const href = link.attribute('href');
    const target = href === undefined ? undefined : linkTarget(href, url, origin);
    return target === undefined || isHarmfulLink(target) ? [] : [target];
  });
  return [...new Set(targets)];
}

/** Each form on its page as it is when nothing was sent from it yet. */
async function submit(page: RecordedPage, form: FoundForm, origin: string): Promise<string | undefined> {
  const isOpen = (await open(page, form.page, origin)) !== undefined;
  return isOpen ? submitFormOf(page, form.index, await fillingFor(form)) : 'its page could not be opened again';
}
