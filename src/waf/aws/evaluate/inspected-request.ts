import type { Pair } from '../../../model/request.js';
import type { Front } from '../acl/web-acl.js';
import { readCookies } from './fields/cookies.js';
import { headerWindow, type Window } from './fields/oversize.js';
import { type JsonReading, readJson } from './fields/read-json.js';
import type { RequestFacts } from './request-facts.js';

const inspectedBytes: Readonly<Record<Front, number>> = {
  alb: 8192,
  appsync: 8192,
  cloudfront: 16_384,
  'api-gateway': 16_384,
  cognito: 16_384,
  'app-runner': 16_384,
  'verified-access': 16_384,
};

/** How many bytes of a body are inspected behind a front. AppSync's limit cannot be set. */
export function bodyLimit(front: Front, limits: Partial<Readonly<Record<Front, number>>>): number {
  return (front === 'appsync' ? undefined : limits[front]) ?? inspectedBytes[front];
}

/** A request as statements look at it. What needs work is made when it is asked for, and once. */
export class InspectedRequest {
  readonly facts: RequestFacts;
  readonly isBodyOversize: boolean;
  /** The bytes of the body that are inspected. */
  readonly body: string;
  /** A body that the front does not hand on: rules on it are passed over (gRPC). */
  readonly isGrpc: boolean;
  /** Names of headers in lower case, in the order of `facts.headers`. */
  readonly names: readonly string[];
  #headers: Window | undefined;
  #cookies: Window | undefined;
  #json: JsonReading | undefined;

  constructor(facts: RequestFacts, limit: number) {
    this.facts = facts;
    this.names = facts.headers.map(([name]) => name.toLowerCase());
    this.isGrpc = /^application\/grpc(?:$|[+;\s])/i.test(this.header('content-type') ?? '');
    this.isBodyOversize = facts.body.length > limit;
    this.body = this.isBodyOversize ? facts.body.slice(0, limit) : facts.body;
  }

  /** The first value of a header. */
  header(name: string): string | undefined {
    return this.facts.headers[this.names.indexOf(name)]?.[1];
  }

  /** Every value of a header. */
  headerValues(name: string): readonly string[] {
    return this.facts.headers.flatMap(([, value], index) => (this.names[index] === name ? [value] : []));
  }

  get headers(): Window {
    this.#headers ??= headerWindow(this.facts.headers);
    return this.#headers;
  }

  get cookies(): Window {
    this.#cookies ??= readCookies(this.headerValues('cookie'));
    return this.#cookies;
  }

  get json(): JsonReading {
    this.#json ??= readJson(this.body);
    return this.#json;
  }

  get cookiePairs(): readonly Pair[] {
    return this.cookies.sure;
  }
}
