import type { Place } from '../model/place.js';
import type { Pair } from '../model/request.js';

/** The bytes after the headers, or why the source does not have them. */
export type CapturedBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Something was sent that cannot be told from the source; a sentence part, such as `the bytes of photo.png are not in it`. */
  | { readonly kind: 'missing'; readonly reason: string };

/** What came back, as far as the source tells: values of later requests are looked for in it. */
export interface CapturedAnswer {
  readonly status: number;
  readonly headers: readonly Pair[];
  /** The body where it is text. */
  readonly text?: string;
}

/**
 * What made a client send a request, where that matters: a preflight, a beacon and an open socket are nothing that a
 * person does; `background` is what a script sends by itself, such as a heartbeat, and `login` what opened the session
 * before anybody did anything.
 */
export type CapturedCause = 'preflight' | 'beacon' | 'socket' | 'background' | 'login';

/** The test of a runner that sent a request, or those of which one did, because they ran at the same time. */
export interface SendingTest {
  /** Not empty. */
  readonly names: readonly string[];
  /** There is one, and it is known and not guessed. */
  readonly isSure: boolean;
}

/**
 * A request that somebody's client has sent, or would send, as all sources and the recorder have it. `toSuite` makes cases
 * of any number of them.
 */
export interface CapturedRequest {
  readonly method: string;
  /**
   * Scheme, authority and the request target exactly as it goes out (`https://shop.test/a?b=%20c`), without a fragment.
   * The target alone where the source does not tell the origin.
   */
  readonly url: string;
  /** As they go out, in their order; those that a client makes by itself may be among them. */
  readonly headers: readonly Pair[];
  readonly body: CapturedBody;
  /** Where it stands in the source. */
  readonly place: Place;
  /** What its author or its page calls it. */
  readonly title?: string;
  /** The path with placeholders in the place of ids, where the source tells what in it is one: `/orders/{orderId}`. */
  readonly endpoint?: string;
  readonly test?: SendingTest;
  readonly cause?: CapturedCause;
  /** When it began, in milliseconds since 1970. */
  readonly at?: number;
  readonly answer?: CapturedAnswer;
}
