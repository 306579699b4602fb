import { type Page, type PageElement, readPage } from '../../html/page.js';
import type { RecordedPage } from '../../record/browser/browser-types.js';
import { readShown, type ShownPage, silenceDialogs } from '../../record/browser/read-shown.js';
import { submitFormOf } from '../../record/browser/submit-form.js';
import type { CapturedRequest } from '../../record/captured-request.js';
import { askingRequest, fillingFor, formRequest } from '../../record/forms/form-filling.js';
import {
  askingForms,
  type FoundForm,
  firstForms,
  formCount,
  formShape,
  isHarmfulAddress,
  isHarmfulLink,
  mostForms,
  postingForms,
  whyLeftAlone,
} from '../../record/forms/found-form.js';
import { PageQueue } from '../../record/forms/page-queue.js';
import { linkTarget } from '../../record/forms/page-shape.js';
import type { LeftOut } from '../../record/import-format.js';
import { addressForPeople, requestWithoutSecrets } from '../../record/without-secrets.js';
import { counted } from '../../util/counted.js';
import { within } from '../../util/deferred.js';
import type { World } from '../world.js';

interface CrawlSettings {
  /** So many pages are opened at most. */
  readonly pages: number;
  /** Forms are sent, and not only read. */
  readonly submits: boolean;
  /** Forms that only ask become cases, too. */
  readonly keepGet: boolean;
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
  await silenceDialogs(page);
  for (let opened = 0; opened < pages && search.queue.length > 0 && !world.signal.aborted; opened++)
    await search.next(world.signal);
  tell(`${search.forms.size} ${search.forms.size === 1 ? 'form was' : 'forms were'} found`);
  if (search.queue.length > 0)
    tell(
      `${counted(search.queue.length, 'more page was', 'more pages were')} not opened: --crawl takes a larger number`,
    );
  return search;
}

class Search implements Crawled {
  readonly queue = new PageQueue();
  readonly forms = new Set<string>();
  readonly requests: CapturedRequest[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly #asking = new Set<string>();
  #page: RecordedPage;
  readonly #origin: string;
  readonly #settings: CrawlSettings;

  /** @param page shows where the search begins */
  constructor(page: RecordedPage, settings: CrawlSettings) {
    this.#page = page;
    this.#settings = settings;
    this.#origin = new URL(page.url()).origin;
    this.queue.add([page.url()]);
  }

  /** Opens the next page of the queue. */
  async next(signal: AbortSignal): Promise<void> {
    const url = this.queue.next() ?? '';
    const shown = await this.#open(url);
    if (signal.aborted) return;
    if (shown.kind === 'not-shown') return this.#leaveOut('GET', url, shown.reason);
    const page = readPage(shown.html);
    this.queue.know(shown.url);
    this.queue.add(linksOf(page, shown.url, this.#origin));
    this.#tellOfMore(formCount(page) - mostForms, shown.url);
    const pages = [page, ...shown.shadowForms.map(readPage)];
    for (const one of pages) {
      const forms = firstForms({ ...page, elements: one.elements }, shown.url);
      for (const form of postingForms(forms)) {
        if (!this.forms.has(formShape(form))) await this.#take(form);
        this.forms.add(formShape(form));
      }
      for (const form of askingForms(forms)) {
        if (!this.#asking.has(formShape(form))) await this.#ask(form);
        this.#asking.add(formShape(form));
      }
    }
  }

  /** A page that does not come to rest is left for a new one: it may keep its process busy. */
  async #open(url: string): Promise<ShownPage> {
    const shown = await readShown(this.#page, url);
    if (shown.kind === 'not-shown') await this.#begin();
    if (shown.kind === 'shown' && new URL(shown.url).origin !== this.#origin)
      return { kind: 'not-shown', reason: 'a page that leads to another origin' };
    return shown;
  }

  async #begin(): Promise<void> {
    const old = this.#page;
    const fresh = await old
      .context()
      .newPage()
      .catch(() => undefined);
    if (fresh === undefined) return;
    this.#page = fresh;
    await silenceDialogs(fresh);
    await within(
      old.close().catch(() => undefined),
      2000,
    );
  }

  #tellOfMore(more: number, url: string): void {
    if (more <= 0) return;
    const { pathname } = new URL(url);
    this.#leaveOut('GET', url, `${more} more forms on one page, of which the first ${mostForms} were looked at`);
    this.#settings.tell(`${more} more forms of ${addressForPeople(pathname)} were not looked at`);
  }

  #leaveOut(method: string, url: string, reason: string): void {
    this.leftOut.push({ name: requestWithoutSecrets({ method, url }), reason });
  }

  async #take(form: FoundForm): Promise<void> {
    const { submits, tell } = this.#settings;
    const { pathname } = new URL(form.action);
    const reason = whyLeftAlone(form, this.#origin) ?? (submits ? await this.#submit(form) : undefined);
    if (reason !== undefined) this.#leaveOut('POST', form.action, reason);
    if (reason !== undefined || submits) return;
    this.requests.push(await formRequest(form));
    tell(`POST ${addressForPeople(pathname)}  ${form.title}  (not sent)`);
  }

  async #ask(form: FoundForm): Promise<void> {
    const { keepGet, tell } = this.#settings;
    const alone = whyLeftAlone(form, this.#origin);
    if (!keepGet || alone !== undefined) return this.#leaveOut('GET', form.action, alone ?? onlyAsks);
    this.requests.push(await askingRequest(form));
    tell(`GET ${addressForPeople(new URL(form.action).pathname)}  ${form.title}  (not sent)`);
  }

  /** Each form on its page as it is when nothing was sent from it yet. */
  async #submit(form: FoundForm): Promise<string | undefined> {
    const { kind } = await this.#open(form.page);
    const isOpen = kind === 'shown';
    return isOpen ? submitFormOf(this.#page, form.mark, await fillingFor(form)) : 'its page could not be opened again';
  }
}

const onlyAsks =
  'a form without POST: it only asks for something (--keep-get keeps it), or a script sends it (record that by hand, or with --script)';

/** Where links lead, and what is shown in frames. */
function linksOf({ elements, base = '' }: Page, url: string, origin: string): readonly string[] {
  const from = URL.canParse(base, url) ? new URL(base, url).href : url;
  const targetOf = (link: PageElement) => {
    const isFrame = link.tag !== 'a';
    const href = link.attribute(isFrame ? 'src' : 'href');
    const target = href === undefined ? undefined : linkTarget(href, from, origin);
    if (target === undefined) return [];
    return (isFrame ? isHarmfulAddress(target) : isHarmfulLink(link, target)) ? [] : [target];
  };
  const links = elements.filter(
    ({ tag, attribute }) => /^i?frame$/.test(tag) || (tag === 'a' && attribute('download') === undefined),
  );
  return [...new Set(links.flatMap(targetOf))];
}
