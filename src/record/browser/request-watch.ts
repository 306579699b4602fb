import type { CDPSession, Page } from 'playwright-core';
import type { RequestMark } from '../../contract/browser.js';
import type { FailureReason, Outcome } from '../../model/exchange.js';
import type { Pair } from '../../model/request.js';
import { deferred, within } from '../../util/deferred.js';

/** A request of a page, before it goes out. */
export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly body: Uint8Array;
  /** It is where the page goes next. */
  readonly isNavigation: boolean;
}

/** A request that went out with the mark, and what came back. */
export interface MarkedRequest extends Outgoing {
  readonly headers: readonly Pair[];
  readonly outcome: Outcome;
  readonly durationMs: number;
}

/** `refused`: it must not go out. */
export type RequestRole = 'meant' | 'other' | 'refused';

export interface WatchOptions {
  readonly mark: RequestMark;
  /** What a request is; the first one that is meant gets the mark. */
  readonly decide: (outgoing: Outgoing) => RequestRole | Promise<RequestRole>;
  /** The bytes of files in their order: the browser tells only where in a body they go. */
  readonly files: () => readonly Uint8Array[];
}

/** How much of an answer is looked at, in characters. */
const excerptLength = 256 * 1024;
/** So long the rest of an answer may take whose head is there. */
const restMs = 10_000;
/** How many other requests are told of. */
const mostTold = 6;

type Fields = Readonly<Record<string, string>>;

interface Head {
  readonly status: number;
  readonly headers: readonly Pair[];
}

/** Looks at what a page sends by the DevTools protocol, and gives one request of it a mark. Its bytes are not touched. */
export class RequestWatch {
  readonly #session: CDPSession;
  readonly #options: WatchOptions;
  readonly #others: string[] = [];
  readonly #refused: string[] = [];
  readonly #marked = deferred<string>();
  readonly #head = deferred<Head | FailureReason>();
  readonly #ended = deferred();
  #outgoing: Outgoing | undefined;
  #networkId: string | undefined;
  #mainFrame = '';
  #sentHeaders: readonly Pair[] = [];
  #failed = '';
  #startedAt = 0;
  #headAt = 0;

  private constructor(session: CDPSession, options: WatchOptions) {
    this.#session = session;
    this.#options = options;
  }

  static async start(page: Page, options: WatchOptions): Promise<RequestWatch> {
    const session = await page.context().newCDPSession(page);
    const watch = new RequestWatch(session, options);
    watch.#listen();
    const { frameTree } = await session.send('Page.getFrameTree');
    watch.#mainFrame = frameTree.frame.id;
    await session.send('Network.enable');
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] });
    return watch;
  }

  /** What the page sent beside what was meant, in words. */
  get others(): readonly string[] {
    return this.#others;
  }

  /** What it was kept from sending, because it would have gone elsewhere. */
  get refused(): readonly string[] {
    return this.#refused;
  }

  /** Waits for the request that is meant, and for its answer; `undefined` where none comes in time. */
  async marked(timeoutMs: number): Promise<MarkedRequest | undefined> {
    const id = await within(this.#marked.promise, timeoutMs);
    const outgoing = this.#outgoing;
    if (id === undefined || outgoing === undefined) return undefined;
    const head = await within(this.#head.promise, timeoutMs);
    const durationMs = (this.#headAt || performance.now()) - this.#startedAt;
    return { ...outgoing, headers: this.#sentHeaders, outcome: await this.#outcome(id, head), durationMs };
  }

  async stop(): Promise<void> {
    await this.#session.send('Fetch.disable').catch(() => undefined);
    await this.#session.detach().catch(() => undefined);
  }

  #listen(): void {
    const session = this.#session;
    session.on('Fetch.requestPaused', (paused) => void this.#pass(paused).catch(() => undefined));
    session.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => {
      if (requestId === this.#networkId && this.#sentHeaders.length === 0) this.#sentHeaders = pairsOf(headers);
    });
    session.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode, headers }) => {
      if (requestId === this.#networkId) this.#answered({ status: statusCode, headers: pairsOf(headers) });
    });
    session.on('Network.responseReceived', ({ requestId, response }) => {
      if (requestId === this.#networkId)
        this.#answered({ status: response.status, headers: pairsOf(response.headers as Fields) });
    });
    session.on('Network.requestWillBeSent', ({ requestId, redirectResponse }) => {
      if (requestId === this.#networkId && redirectResponse !== undefined) this.#ended.resolve();
    });
    session.on('Network.loadingFinished', ({ requestId }) => {
      if (requestId === this.#networkId) this.#ended.resolve();
    });
    session.on('Network.loadingFailed', ({ requestId, errorText }) => {
      if (requestId !== this.#networkId) return;
      this.#failed = errorText;
      this.#head.resolve(reasonOfNet(errorText));
      this.#ended.resolve();
    });
  }

  async #pass(paused: PausedRequest): Promise<void> {
    const { requestId, networkId, request } = paused;
    const outgoing = this.#outgoingOf(paused);
    const decision = await this.#options.decide(outgoing);
    if (decision === 'refused' && this.#refused.length < mostTold) this.#refused.push(told(outgoing));
    if (decision === 'refused')
      return void (await this.#session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }));
    if (this.#outgoing !== undefined || decision === 'other') {
      if (this.#outgoing === undefined && this.#others.length < mostTold) this.#others.push(told(outgoing));
      await this.#session.send('Fetch.continueRequest', { requestId });
      return;
    }
    this.#outgoing = outgoing;
    this.#networkId = networkId ?? requestId;
    const { headers, beforeSending } = this.#options.mark;
    const replaced = new Set(headers.map(([name]) => name.toLowerCase()));
    const kept = Object.entries(request.headers).filter(([name]) => !replaced.has(name.toLowerCase()));
    beforeSending?.();
    this.#startedAt = performance.now();
    this.#marked.resolve(this.#networkId);
    const sent = [...kept, ...headers].map(([name, value]) => ({ name, value }));
    await this.#session.send('Fetch.continueRequest', { requestId, headers: sent });
  }

  #outgoingOf({ request, resourceType, frameId }: PausedRequest): Outgoing {
    const { method, url, postDataEntries = [] } = request;
    const files = [...this.#options.files()];
    const parts = postDataEntries.map(({ bytes }) =>
      bytes === undefined ? (files.shift() ?? new Uint8Array()) : Buffer.from(bytes, 'base64'),
    );
    return {
      method,
      url,
      body: Buffer.concat(parts),
      isNavigation: resourceType === 'Document' && frameId === this.#mainFrame,
    };
  }

  #answered(head: Head): void {
    this.#headAt ||= performance.now();
    this.#head.resolve(head);
  }

  async #outcome(id: string, head: Head | FailureReason | undefined): Promise<Outcome> {
    if (head === undefined) return { kind: 'failed', reason: 'timeout', message: 'no answer came to the page in time' };
    if (typeof head === 'string')
      return { kind: 'failed', reason: head, message: `the browser got no answer: ${this.#failed}` };
    const { status, headers } = head;
    const isRedirect = status >= 300 && status < 400;
    if (!isRedirect) await within(this.#ended.promise, restMs);
    return { kind: 'answered', status, headers, bodyExcerpt: isRedirect ? '' : await this.#bodyOf(id) };
  }

  async #bodyOf(requestId: string): Promise<string> {
    const nothing = { body: '', base64Encoded: false };
    const got = await this.#session.send('Network.getResponseBody', { requestId }).catch(() => nothing);
    const text = got.base64Encoded ? Buffer.from(got.body, 'base64').toString('utf8') : got.body;
    return text.slice(0, excerptLength);
  }
}

/** Of the event, what is looked at. */
interface PausedRequest {
  readonly requestId: string;
  readonly networkId?: string | undefined;
  readonly resourceType: string;
  readonly frameId: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Fields;
    readonly postDataEntries?: readonly { readonly bytes?: string | undefined }[] | undefined;
  };
}

function told({ method, url, body }: Outgoing): string {
  const { host, pathname } = URL.canParse(url) ? new URL(url) : { host: '', pathname: url };
  return `${method} ${host}${pathname.slice(0, 80)}${body.length === 0 ? '' : ` (${body.length} bytes)`}`;
}

/** Several fields of a name stand in lines of one value. */
function pairsOf(headers: Fields): readonly Pair[] {
  return Object.entries(headers).flatMap(([name, value]) => value.split('\n').map((line): Pair => [name, line]));
}

function reasonOfNet(errorText: string): FailureReason {
  if (/RESET|EMPTY_RESPONSE|CLOSED/.test(errorText)) return 'connection-reset';
  if (/REFUSED/.test(errorText)) return 'connection-refused';
  if (/NAME_NOT_RESOLVED/.test(errorText)) return 'name-not-found';
  if (/CERT|SSL/.test(errorText)) return 'tls';
  return /TIMED_OUT/.test(errorText) ? 'timeout' : 'other';
}
