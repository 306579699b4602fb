import type { Pair } from '../model/request.js';
import { decompressed } from '../util/decompressed.js';
import type { CapturedAnswer, CapturedCause, CapturedRequest } from './captured-request.js';
import { headerOf } from './meant-request.js';

/** A request that went by, and what came back. */
export interface TrafficItem {
  readonly index: number;
  /** When it began, in milliseconds since 1970. */
  readonly at?: number;
  /** Where it went, where that is not the application of the source. */
  readonly origin?: string;
  /** What whoever saw it says of it. */
  readonly title?: string;
  readonly cause?: CapturedCause;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Pair[];
  /** Absent where it could not be kept. */
  readonly body?: Buffer;
  readonly length: number;
  readonly isSocket?: true;
  /** Why no answer came, in words. */
  readonly failure?: string;
  readonly answer?: { readonly status: number; readonly headers: readonly Pair[]; readonly body: Buffer };
}

export interface TrafficSource {
  /** Scheme, host and port of the application. */
  readonly origin: string;
  /** Who sent the requests, for the place of each. */
  readonly sender: string;
  /** The header in which a sender tells which test a request is of. */
  readonly testHeader?: string;
}

/** How much is kept of all requests together, in bytes, and of what answers bring. */
const mostBytes = 256 * 1024 * 1024;
const mostAnswerCharacters = 32 * 1024 * 1024;

/** Takes note of requests as they go by, in little memory: of answers only what may come back in a later request. */
export class RecordedTraffic {
  readonly #source: TrafficSource;
  readonly #items: { readonly index: number; readonly captured: CapturedRequest }[] = [];
  #bytes = 0;
  #answerCharacters = 0;

  constructor(source: TrafficSource) {
    this.#source = source;
  }

  /** @returns the request as it is kept */
  add(item: TrafficItem): CapturedRequest {
    const { index, at, method, target, cause = item.isSocket ? 'socket' : undefined } = item;
    const { origin, sender } = this.#source;
    const { title } = item;
    const { headers, test } = this.#headersOf(item);
    const answer = item.answer && this.#answerOf(item.answer);
    const captured: CapturedRequest = {
      method,
      url: `${item.origin ?? origin}${target}`,
      headers,
      body: this.#bodyOf(item),
      place: { file: sender, line: index + 1 },
      ...(title !== undefined && { title }),
      ...(test !== undefined && test !== '' && { test: { names: [test], isSure: true } }),
      ...(cause !== undefined && { cause }),
      ...(at !== undefined && { at }),
      ...(answer !== undefined && { answer }),
    };
    this.#items.push({ index, captured });
    return captured;
  }

  /** In the order in which they began. */
  requests(): readonly CapturedRequest[] {
    return this.#items.toSorted((a, b) => a.index - b.index).map(({ captured }) => captured);
  }

  #headersOf({ headers }: TrafficItem): { readonly headers: readonly Pair[]; readonly test: string | undefined } {
    const { origin, testHeader } = this.#source;
    const host = headerOf(headers, 'host') ?? '';
    const askedAs = `http://${host}`;
    const own = testHeader?.toLowerCase();
    const kept = headers.filter(([name]) => name.toLowerCase() !== own);
    const asIfDirect = ([name, value]: Pair): Pair =>
      /^(?:origin|referer)$/i.test(name) && value.startsWith(askedAs)
        ? [name, `${origin}${value.slice(askedAs.length)}`]
        : [name, value];
    return { headers: kept.map(asIfDirect), test: headers.find(([name]) => name.toLowerCase() === own)?.[1] };
  }

  #bodyOf({ body, length }: TrafficItem): CapturedRequest['body'] {
    if (length === 0) return { kind: 'none' };
    if (body === undefined) return { kind: 'missing', reason: `its body of ${length} bytes is not whole, or too long` };
    this.#bytes += body.length;
    if (this.#bytes > mostBytes)
      return {
        kind: 'missing',
        reason: `more than ${mostBytes} bytes were sent before it, which are all that is kept`,
      };
    return { kind: 'bytes', bytes: body };
  }

  #answerOf({ status, headers, body }: NonNullable<TrafficItem['answer']>): CapturedAnswer {
    const type = headerOf(headers, 'content-type') ?? '';
    if (!/text|json|xml|javascript/i.test(type) || this.#answerCharacters > mostAnswerCharacters)
      return { status, headers };
    const whole = decompressed(body, headerOf(headers, 'content-encoding')).body.toString('utf8');
    const text = /html/i.test(type) && /<form\b/i.test(whole) ? whole : wordsOf(whole);
    this.#answerCharacters += text.length;
    return { status, headers, text };
  }
}

/** What may be a token. */
function wordsOf(text: string): string {
  const words = text.match(/[\w.~+/=:|-]{16,512}/g) ?? [];
  return [...new Set(words.filter((word) => /\d/.test(word) && /[a-z]/i.test(word)))].join(' ');
}

const asset = /^(?:image|font|audio|video)\/|text\/css|javascript|ecmascript|wasm/i;

/** As versions of files and lists of them are written, which nobody types: `?ver=6.1.9`, `?load[]=jquery-core,utils`. */
const plain = /^[\w.,:~[\]-]*$/;

/** Whether a request only asked for a part of a page: a picture, a font, a script. */
export function isAsset({ method, url, answer }: CapturedRequest): boolean {
  if (!/^(?:GET|HEAD)$/i.test(method) || !asset.test(headerOf(answer?.headers ?? [], 'content-type') ?? ''))
    return false;
  const query = new URLSearchParams(url.split('?').slice(1).join('?'));
  return [...query].flat().every((text) => plain.test(text));
}
