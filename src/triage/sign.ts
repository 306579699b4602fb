import type { LogKind } from './log-line.js';

/**
 * What a text is to be: the whole of it (case and runs of white space do not count), or what a pattern finds in it.
 * Absent where it is enough that it is there.
 */
export type Wanted = string | RegExp | undefined;

/** Places in an answer of which there is one, and in which an echo of the request cannot stand by chance. */
export type SignPlace =
  /** The text after the status in the first line of HTTP/1. */
  | 'phrase'
  /** The first `title` element. */
  | 'title'
  /** One of the first headings of a page. */
  | 'heading'
  /** The whole body, where it is short. */
  | 'body'
  /** What an error says to people: a message in JSON, or the text of a short page. */
  | 'message'
  /** A piece of a page, anywhere. An echo can hold it: only ever beside another position. */
  | 'markup'
  /** What a client says where there was no answer. */
  | 'failure';

/** One condition on what came back, what was logged, or what was sent. */
export type Sign =
  | { readonly at: 'status'; readonly is: readonly number[] }
  | { readonly at: Exclude<SignPlace, 'failure'>; readonly is: Wanted }
  | { readonly at: 'failure'; readonly is: Wanted }
  | { readonly at: 'header'; readonly name: string; readonly is: Wanted }
  /** A value in a JSON body, by its path: `errors.0.code`; `*` is any element. */
  | { readonly at: 'json'; readonly path: string; readonly is: Wanted }
  /** The keys of a JSON object are these and no others. */
  | { readonly at: 'json-keys'; readonly is: readonly string[] }
  /** The text of the first element of that name in an XML body. */
  | { readonly at: 'xml'; readonly element: string; readonly is: Wanted }
  /** A field of a line of a log. All signs of a refusal that are in a log are of one line. */
  | { readonly at: 'log'; readonly kind: LogKind; readonly field: string; readonly is: Wanted }
  /** Something in the request: its method, its URL (`url-redirected`: where the answer leads to the same host), or one of its headers. */
  | { readonly at: 'request'; readonly part: string; readonly is: Wanted }
  | { readonly at: 'not'; readonly sign: Sign };

export function status(...is: readonly number[]): Sign {
  return { at: 'status', is };
}

export function header(name: string, is?: Wanted): Sign {
  return { at: 'header', name: name.toLowerCase(), is };
}

export function phrase(is: Wanted): Sign {
  return { at: 'phrase', is };
}

export function title(is: Wanted): Sign {
  return { at: 'title', is };
}

export function heading(is: Wanted): Sign {
  return { at: 'heading', is };
}

export function body(is: Wanted): Sign {
  return { at: 'body', is };
}

export function message(is: Wanted): Sign {
  return { at: 'message', is };
}

export function markup(is: string | RegExp): Sign {
  return { at: 'markup', is };
}

export function failure(is: Wanted): Sign {
  return { at: 'failure', is };
}

export function json(path: string, is?: Wanted): Sign {
  return { at: 'json', path, is };
}

export function jsonKeys(...is: readonly string[]): Sign {
  return { at: 'json-keys', is };
}

export function xml(element: string, is?: Wanted): Sign {
  return { at: 'xml', element, is };
}

/** The message of a line of that kind. */
export function logged(kind: LogKind, is: Wanted, field = 'message'): Sign {
  return { at: 'log', kind, field, is };
}

export function request(part: string, is?: Wanted): Sign {
  return { at: 'request', part, is };
}

export function no(sign: Sign): Sign {
  return { at: 'not', sign };
}
