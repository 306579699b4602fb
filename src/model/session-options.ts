import type { Secret } from './case.js';
import type { Place } from './place.js';
import type { JsonValue } from './request.js';

/** A text that a session is opened with, or that it puts into each request; parts are joined by a space. */
export type SessionText = SessionPart | readonly SessionPart[];

/** A text as it is, a value that must never leave the process, or a value of the session by its name. */
export type SessionPart = string | Secret | { readonly session: string };

/** A name and such a text. */
export type SessionPair = readonly [name: string, value: SessionText];

/** What came when a step went well. */
export interface StepExpectation {
  /** One status, or any of several; that of the answer itself, or of where its redirects lead. Default: below 400. */
  readonly status?: number | readonly number[];
  /** A cookie that is there afterwards; `*` in its name: any text. Where it is gone before a case is sent, the session is lost. */
  readonly cookie?: string;
  /** A text in the body of the answer, or of where its redirects lead. */
  readonly text?: string;
}

interface Step {
  readonly expect?: StepExpectation;
  readonly headers?: readonly SessionPair[];
  /** Where it is written down. */
  readonly at?: Place;
}

/** Fetches a page, and what its redirects lead to. */
export interface GetStep extends Step {
  /** A path below the target's URL, or a whole URL. */
  readonly get: string;
}

/** Sends a request with a body. */
export interface PostStep extends Step {
  /** A path below the target's URL, or a whole URL. */
  readonly post: string;
  /** Default: POST. */
  readonly method?: string;
  readonly form?: readonly SessionPair[];
  readonly json?: JsonValue;
  /** Values that take the place of tokens in `json`. */
  readonly jsonValues?: readonly { readonly token: string; readonly value: SessionText }[];
}

/** Submits a form of the page that is open, with all its fields. */
export interface SubmitStep extends Step {
  /** A CSS selector of the form. */
  readonly submit: string;
  /** Fields that get another value than the page gives them. */
  readonly fill: readonly SessionPair[];
}

/** One thing that is done to open a session. */
export type SessionStep = GetStep | PostStep | SubmitStep;

/** Where a session value is found: exactly one of the places. */
export interface SessionValueSource {
  /** Name of a cookie. Its percent-encoding is undone, as browser scripts do. */
  readonly cookie?: string;
  /** Name of a header field of an answer. */
  readonly header?: string;
  /** Name of an `<input>` in the page, or of a `<meta>`. */
  readonly input?: string;
  /** Name of a `<meta>` in the page. */
  readonly meta?: string;
  /** A place in a JSON document: `data.items[0].token`. */
  readonly json?: string;
  /** A regular expression over the body: its first group, or all that it matches. */
  readonly regex?: string;
  /** The whole body, without blanks around it. */
  readonly body?: true;
  /** A selector of the form that the input must be in. */
  readonly form?: string;
  /** The page that it is taken from; default: the newest answer that has it. */
  readonly page?: string;
  /** `case`: it is fetched anew for each case, from `page`. */
  readonly fresh?: 'case';
  /** How long it lasts: seconds, or where in the same JSON document they are. It is renewed at 80 % of that. */
  readonly expires?: number | string;
}

/** How it shows that a session is lost: any of them. */
export interface LostSign {
  /** The path that an answer redirects to, such as that of the login page. */
  readonly redirect?: string;
  readonly status?: readonly number[];
  /** Texts, one of which is in the body of an answer. */
  readonly text?: readonly string[];
}

/** What a browser does to open a session, where scripts of the application make what it needs. */
export interface BrowserOpening {
  /** A file with the saved state of a browser, with which it begins; absolute. */
  readonly storage?: string;
  /** A module whose default function logs in, with the page of Playwright that it gets; absolute. */
  readonly login?: string;
  /** The page on which values are looked for; default: the one that is open then. */
  readonly page?: string;
  /** Names of values, and the expressions that come to them in the page. */
  readonly values: Readonly<Record<string, string>>;
  /** Where it is written down. */
  readonly at?: Place;
}

/** How a session is opened before a run, and what cases get of it. */
export interface SessionOptions {
  /** A browser takes the steps, and what else it does; requests of cases are sent without it. */
  readonly browser?: BrowserOpening;
  /** In their order; default: a GET of `/`, with a browser none. */
  readonly steps?: readonly SessionStep[];
  /** The values that cases may use as `!session <name>`. */
  readonly values?: Readonly<Record<string, SessionValueSource>>;
  /** What each case is sent with, unless it has such a header itself. */
  readonly headers?: readonly SessionPair[];
  /** Default: a redirect to the page of a form that was submitted to open it, and 401. */
  readonly lost?: LostSign;
  /** Other origins that may get what the session is opened with, beside the target and what steps name by a whole URL. */
  readonly origins?: readonly string[];
  /** How many sessions there are side by side; default: 1. */
  readonly users?: number;
}
