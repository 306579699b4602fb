import type { PassedRequest } from '../../lab/pass-on.js';
import { causeOf } from '../../record/background.js';
import type { PageObserver } from '../../record/browser/page-observer.js';
import type { CapturedCause, CapturedRequest } from '../../record/captured-request.js';
import { isAsset, RecordedTraffic } from '../../record/recorded-traffic.js';
import { addressForPeople, titleForPeople } from '../../record/without-secrets.js';
import { reasonOf } from '../../util/reason-of.js';
import type { LiveCheck } from './live-check.js';

interface TrafficWatch {
  /** Applications whose requests are told of as they come. */
  readonly isWanted: (origin: string) => boolean;
  readonly observer: PageObserver;
  readonly live?: LiveCheck;
  readonly tell: (line: string) => void;
  /** Hears that there is more than before. */
  readonly onMore: () => void;
}

/** How long the word of a page may be behind its request, in milliseconds. */
const wordMs = 10_000;

/** What a browser sends, as it goes by: kept, explained by its pages, and told of. */
export class BrowserTraffic {
  readonly #traffic: RecordedTraffic;
  readonly #watch: TrafficWatch;
  #adding: Promise<void> = Promise.resolve();
  #telling: Promise<void> = Promise.resolve();
  readonly #refused = new Set<CapturedRequest>();
  #isLogin = false;
  #loginEnd = Number.NEGATIVE_INFINITY;

  constructor(origin: string, watch: TrafficWatch) {
    this.#traffic = new RecordedTraffic({ origin, sender: `the recording of ${new URL(origin).host}` });
    this.#watch = watch;
  }

  add(passed: PassedRequest): void {
    const until = Date.now() + wordMs;
    this.#adding = this.#adding.then(() => this.#add(passed, until));
  }

  async #add(passed: PassedRequest, until: number): Promise<void> {
    const { method, target, body, origin = '' } = passed;
    const { title, trigger } = await this.#watch.observer.explain(method, `${origin}${target}`, until);
    const cause = passed.isSocket
      ? 'socket'
      : (this.#causeOf(passed) ?? causeOf(trigger, { target, ...startOf(body) }));
    const isAsking = /^(?:GET|HEAD|OPTIONS)$/.test(method);
    const told = { ...(title !== undefined && { title }), ...(cause !== undefined && !isAsking && { cause }) };
    const request = this.#traffic.add({ ...passed, ...told });
    this.#watch.onMore();
    if (cause === 'login' || !this.#watch.isWanted(origin)) return;
    if (!isAsking) this.#telling = this.#telling.then(() => this.#tell(request, target));
    else if (this.#watch.live !== undefined && !isAsset(request))
      this.#telling = this.#telling.then(() => this.#tellRefused(request, target));
  }

  /** What is sent until it ends opens the session and is no case. */
  async login(work: () => Promise<void>): Promise<void> {
    this.#isLogin = true;
    await work().finally(() => {
      this.#isLogin = false;
      this.#loginEnd = Date.now();
    });
  }

  /** All that was sent, once everybody has heard of it. */
  async requests(): Promise<readonly CapturedRequest[]> {
    await this.#adding;
    await this.#telling;
    return this.#traffic.requests();
  }

  /** What there is by now. */
  soFar(): readonly CapturedRequest[] {
    return this.#traffic.requests();
  }

  /** Requests that a WAF would refuse; none where none was asked. To be read after `requests`. */
  refused(): ReadonlySet<CapturedRequest> {
    return this.#refused;
  }

  #causeOf({ at }: PassedRequest): CapturedCause | undefined {
    return this.#isLogin || at < this.#loginEnd ? 'login' : undefined;
  }

  async #tell(request: CapturedRequest, target: string): Promise<void> {
    const { method, cause, body } = request;
    const title = titleForPeople(request.title);
    const aside = cause === undefined ? '' : `  (${cause})`;
    const { tell } = this.#watch;
    tell(`${method} ${addressForPeople(target)}${title === undefined ? '' : `  ${title}`}${aside}`);
    if (body.kind === 'missing') tell(`  is no case: ${body.reason}`);
    const refusal = await this.#refusalOf(request);
    if (refusal !== undefined) tell(`  ${refusal}`);
  }

  /** What only asks for something is worth a word where a WAF would refuse it. */
  async #tellRefused(request: CapturedRequest, target: string): Promise<void> {
    const refusal = await this.#refusalOf(request);
    if (refusal === undefined) return;
    this.#watch.tell(`${request.method} ${addressForPeople(target)}`);
    this.#watch.tell(`  ${refusal}`);
  }

  async #refusalOf(request: CapturedRequest): Promise<string | undefined> {
    try {
      const refusal = await this.#watch.live?.refusalOf(request);
      if (refusal !== undefined) this.#refused.add(request);
      return refusal;
    } catch (error) {
      return `no WAF could be asked: ${reasonOf(error)}`;
    }
  }
}

/** The start of a body that may say what it is for. */
function startOf(body: Buffer | undefined): { readonly body?: string } {
  return body === undefined ? {} : { body: body.subarray(0, 2000).toString('latin1') };
}
