import type { Outcome } from '../../model/exchange.js';
import type { RequestSpec } from '../../model/request.js';
import { withHost } from '../../request/complete-request.js';
import { encodeRequest } from '../../request/encode-request.js';
import type { HttpSender, HttpTransportOptions } from '../http-sender.js';
import { patientSender, sendAgain } from '../send-patiently.js';
import { parseTarget, type TargetAddress } from '../target.js';

/** Where requests of sessions go. */
export interface SiteOptions {
  readonly http: HttpTransportOptions;
  /** How another origin is sent to, such as that of an identity provider. */
  readonly reach: (origin: string) => HttpTransportOptions;
  readonly nextId: () => string;
}

/** An answer to a request of a session. */
export interface SiteAnswer {
  /** What was asked for, as a browser shows it. */
  readonly url: string;
  /** By which the request is found in the WAF's log. */
  readonly id: string;
  readonly outcome: Outcome;
}

/** How much of a page is looked at, in bytes. */
export const pageBytes = 4 * 1024 * 1024;

/** The target as users know it, whose URLs have the name that it is asked by, and other origins beside it. */
export class Site {
  /** The URL below which the target's paths are. */
  readonly base: string;
  readonly #options: SiteOptions;
  readonly #target: TargetAddress;
  readonly #senders = new Map<string, HttpSender>();

  constructor(options: SiteOptions) {
    this.#options = options;
    this.#target = parseTarget(options.http);
    this.base = `${new URL(this.#target.origin).protocol}//${this.#target.host}${this.#target.basePath}`;
  }

  /** The URL of a path below the target's, or of a whole URL. */
  urlOf(pathOrUrl: string): string {
    const isWhole = /^https?:\/\//i.test(pathOrUrl);
    return isWhole ? new URL(pathOrUrl).href : `${this.base}${pathOrUrl.startsWith('/') ? '' : '/'}${pathOrUrl}`;
  }

  /** The path below the target's that a URL has; `undefined` where it leads elsewhere. */
  pathOf(url: string): string | undefined {
    const parsed = new URL(url);
    const { origin, basePath } = this.#target;
    const isHere = [new URL(this.base).host, new URL(origin).host].includes(parsed.host);
    const path = `${parsed.pathname}${parsed.search}`;
    return isHere && path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : undefined;
  }

  /** A path of the target as browsers see it. */
  fullPathOf(path: string): string {
    return `${this.#target.basePath}${path}`;
  }

  /** An id by which the next request is found in the WAF's log. */
  nextId(): string {
    return this.#options.nextId();
  }

  /** Sends a request to a URL; the path in it counts. Never rejects. */
  async send(url: string, spec: Omit<RequestSpec, 'path' | 'query'>): Promise<SiteAnswer> {
    const path = this.pathOf(url);
    const { origin, host, pathname, search } = new URL(url);
    const sender = this.#senderOf(path === undefined ? origin : '');
    const whole = { ...spec, path: path ?? `${pathname}${search}`, query: [] };
    const request = encodeRequest(withHost(whole, path === undefined ? host : this.#target.host));
    const id = this.#options.nextId();
    return { url, id, outcome: (await sendAgain(sender, request, id)).outcome };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#senders.values()].map((sender) => sender.close()));
  }

  #senderOf(origin: string): HttpSender {
    const { http, reach } = this.#options;
    const known = this.#senders.get(origin);
    const options = { ...(origin === '' ? http : reach(origin)), excerptBytes: pageBytes };
    const sender = known ?? patientSender(options);
    this.#senders.set(origin, sender);
    return sender;
  }
}
