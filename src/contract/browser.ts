import type { Outcome } from '../model/exchange.js';
import type { Pair, Part, WireRequest } from '../model/request.js';

/** A cookie, and where it is sent. */
export interface PlacedCookie {
  readonly name: string;
  readonly value: string;
  /** The host that it is of, without a dot before it. */
  readonly domain: string;
  /** It is sent to hosts below the domain too. */
  readonly isForHostsBelow: boolean;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  /** Seconds since 1970; absent: as long as the session lasts. */
  readonly expires?: number;
}

/** What could not be done: what was expected and what came instead, as parts of a sentence. */
export interface NotDone {
  readonly kind: 'not-done';
  readonly expected: string;
  readonly came: string;
}

/** A page as it stands when its scripts have run. */
export interface OpenPage {
  readonly kind: 'open';
  readonly url: string;
  readonly status: number;
  readonly headers: readonly Pair[];
  /** Its document as text, as far as it is looked at. */
  readonly body: string;
}

/** A form, and what a user enters there. */
export interface FormEntry {
  /** A CSS selector of the form; default: the first one of the page that posts. */
  readonly form?: string;
  /** Fields that get a value, by their names; of a button, it is the one that is pressed. */
  readonly fields: readonly Part[];
  /** Names of fields that are not sent. */
  readonly without: readonly string[];
  /** The path that the form's request goes to, where that is known better than the page says. */
  readonly path?: string;
  /** Other origins, beside the application's, that may get what is entered. */
  readonly origins?: readonly string[];
}

/** What a request gets on its way out of the browser. */
export interface RequestMark {
  /** They take the place of those that the page gives it. */
  readonly headers: readonly Pair[];
  /** Called before anything of it goes out. */
  readonly beforeSending?: () => void;
}

/** A request that a page made of a form, with the bytes that went out, and what came back. */
export interface SentByPage {
  readonly kind: 'sent';
  readonly url: string;
  /** Its target is the whole path. */
  readonly request: WireRequest;
  readonly outcome: Outcome;
  readonly durationMs: number;
}

/** The text that an expression in the page came to. */
export interface Evaluated {
  readonly kind: 'value';
  readonly value: string;
}

/** One user in a browser, with a page that is open. What goes wrong in the page is told, and no error. */
export interface BrowserUser {
  /** Opens a page, and what it redirects to. */
  visit(url: string, headers?: readonly Pair[]): Promise<OpenPage | NotDone>;
  /** The page that is open. */
  page(): Promise<OpenPage | NotDone>;
  /** Fills a form of the page that is open in, and submits it as its user would. */
  submit(entry: FormEntry, mark: RequestMark): Promise<SentByPage | NotDone>;
  /** Waits until an expression comes to a text or a number. */
  evaluate(expression: string): Promise<Evaluated | NotDone>;
  /**
   * Runs a script of the user's own with the page.
   * @throws WafproofError `ENV_MISSING`
   */
  runScript(script: PageScript): Promise<OpenPage | NotDone>;
  cookies(): Promise<readonly PlacedCookie[]>;
  close(): Promise<void>;
}

/** A module whose default function gets the page. */
export interface PageScript {
  /** Absolute. */
  readonly file: string;
  /** Where the application is, for the script. */
  readonly url: string;
  /** Told of what it takes from the environment: secrets. */
  readonly onSecret: (name: string, value: string) => void;
}

/** What a user of a browser begins with. */
export interface BrowserStart {
  readonly cookies?: readonly PlacedCookie[];
  /** A file with the saved state of a browser, as Playwright writes it; absolute. */
  readonly storage?: string;
}

/** A browser that is driven: for what only the scripts of a page can make. */
export interface Browser {
  /**
   * Sees to it that there is one, before anything is done that needs it.
   * @throws WafproofError where no browser can be had
   */
  ready(): Promise<void>;
  /**
   * A new user, who knows nothing of the others.
   * @throws WafproofError where no browser can be had
   */
  user(start: BrowserStart): Promise<BrowserUser>;
  close(): Promise<void>;
}
