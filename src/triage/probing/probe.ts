/** Parts of a request that a rule may look at, beside its method and path. */
export const requestParts = ['query', 'agent', 'referer', 'cookies', 'others'] as const;

/** `others`: header fields that neither identify anybody nor describe the body. */
export type SuspectPart = (typeof requestParts)[number];

/** What is done to header fields. */
export type HeaderChange =
  /** A browser's `User-Agent`, `Accept` and `Accept-Language`. */
  | 'browser-agent'
  /** `Referer` and `Origin` as a page of the same site sends them. */
  | 'own-referer'
  | 'own-origin'
  | 'no-origin'
  | 'no-referer'
  /** The one of the URL. */
  | 'own-host'
  /** Cookies whose values are no plain words or tokens become letters. */
  | 'harmless-cookies'
  /** Fields that any client can do without are left out. */
  | 'no-others'
  | 'no-credentials'
  | 'other-credentials'
  /** The cookies that the page with the form has just set. */
  | 'fresh-cookies';

/** What a probe carries. */
export type ProbeBody =
  | 'none'
  | 'own'
  /** The same kind, fields and length, and nothing in it but letters. */
  | 'harmless'
  /** The same with a few bytes. */
  | 'short'
  /** A form, or JSON where the request's own is a form. */
  | 'other-type'
  /** The same type and size, and one field of another name. */
  | 'unnamed'
  /** Harmless, with the token of the form. */
  | 'with-token';

/** A request that is made of the refused one to see whether it is refused too. What is not named stays as it is. */
export interface Probe {
  /** What is sent, for people: `a GET of the same URL`. */
  readonly sends: string;
  /** `aside`: at a path beside the request's own that does not exist; `away`: at one outside its folder. */
  readonly to: 'here' | 'aside' | 'away';
  /** It tells something only where `away` is another folder than `aside`. */
  readonly isElsewhere?: true;
  /** Absent: the request's own. */
  readonly method?: 'GET' | 'HEAD';
  readonly body: ProbeBody;
  readonly query?: 'dropped';
  /** What a rule may look for in one part goes into another. */
  readonly moves?: { readonly from: SuspectPart | 'body' | 'path'; readonly to: 'query' | 'cookies' };
  readonly headers?: readonly HeaderChange[];
  readonly from?: 'other-address';
  /** It waits as long as the user said. */
  readonly isLater?: true;
  /** What it says where it passes, and where it is refused: each follows `The request is refused, and …`. */
  readonly passes: string;
  readonly refused: string;
}
