import { isTemplate, matchesPath } from '../model/path-template.js';
import type { CapturedRequest } from './captured-request.js';
import { type CleanOptions, cleanRequest, whyLeftOut } from './clean.js';
import { Correlator } from './correlate.js';
import { Duplicates } from './dedupe.js';
import type { Imported, LeftOut } from './import-format.js';
import { meantRequest } from './meant-request.js';
import { type NamedDraft, nameCases } from './name-cases.js';
import { recordedEndpoint } from './recorded-endpoint.js';
import { splitUrl } from './split-url.js';
import type { DraftRequest, SuiteDraft } from './suite-draft.js';
import { requestWithoutSecrets } from './without-secrets.js';

/** What a source is and what of it is wanted. */
export interface SuiteSettings {
  /** As messages show it. */
  readonly source: string;
  /** The name of the suite file, without `.yaml`. */
  readonly stem: string;
  /** Somebody's traffic, in which most requests say nothing, and not a list that was written by hand. */
  readonly isRecorded: boolean;
  /** The application that is meant, where the source tells: `https://shop.test`. */
  readonly origin?: string;
  /** Origins that are wanted, instead of that one. */
  readonly origins?: readonly string[];
  /** Methods that are wanted; default: all, of traffic those that carry something. */
  readonly methods?: readonly string[];
  /** GET and HEAD are wanted of traffic as well. */
  readonly keepGet?: boolean;
  /** Requests that a WAF refuses: wanted although they only ask for something. */
  readonly refused?: ReadonlySet<CapturedRequest>;
  /** A log of a server: GET and HEAD of it are wanted, and it knows of no other application. */
  readonly isLog?: boolean;
  /** Values are examples that somebody made up: passwords in bodies and cookies are none, keys in headers are to be set. */
  readonly isMadeUp?: boolean;
  /** What a script sends by itself comes into a suite of its own. */
  readonly keepsBackground?: boolean;
  /** What was sent before comes again. */
  readonly keepsAgain?: boolean;
  /** Passwords, keys, tokens and cookies stay as they are: nothing is written to a file. */
  readonly keepSecrets?: boolean;
  /** Names of variables of the environment by their values, which are secrets wherever they stand. */
  readonly secrets?: ReadonlyMap<string, string>;
  /** Secrets besides them: what was typed where a page asks for a password, and what a saved session holds. */
  readonly secretTexts?: ReadonlySet<string>;
}

/**
 * The one way from requests to a suite: what nobody needs is left out, values that a session has to bring and secrets are
 * replaced, what was sent twice comes once, and a body is written in fields only where that gives the same bytes.
 */
export function toSuite(captured: readonly CapturedRequest[], settings: SuiteSettings): Imported {
  const { drafts, leftOut, correlator } = toDrafts(captured, settings);
  return {
    suites: suitesOf(drafts, settings),
    found: captured.length,
    leftOut,
    notes: [...correlator.notes(), ...notesOnForms(drafts)],
    needed: correlator.needed(),
    secretValues: correlator.secretValues(),
  };
}

/** `list` shows what is in a suite, which is not all that goes out. */
function notesOnForms(drafts: readonly NamedDraft[]): readonly string[] {
  const count = drafts.filter(({ draft }) => draft.from !== undefined).length;
  if (count === 0) return [];
  return [
    `with what a user filled in alone, where "run" takes the other fields of the form from its page (from): ${count}`,
  ];
}

/** All of it but the suite: requests without secrets, and those that are left out. */
export function toDrafts(captured: readonly CapturedRequest[], settings: SuiteSettings) {
  const out: { readonly request: CapturedRequest; readonly reason: string }[] = [];
  const options = cleanOptions(captured, settings);
  const correlator = new Correlator(settings);
  const duplicates = new Duplicates<CapturedRequest[]>(settings.isRecorded);
  const drafts: NamedDraft[] = [];
  for (const request of captured) {
    const clean = cleanRequest(request);
    const isWanted = settings.refused?.has(request) === true;
    const reason = whyLeftOut(clean, isWanted ? { ...options, onlyChanges: false } : options);
    const correlated = reason === undefined ? correlator.correlate(meantRequest(clean), clean) : { reason };
    const draft = withEndpoint(correlated, request, settings);
    correlator.learn(request);
    if ('reason' in draft) {
      out.push({ request, reason: draft.reason });
      continue;
    }
    const repeats: CapturedRequest[] = [];
    const first = settings.keepsAgain === true ? undefined : duplicates.firstOf(draft, repeats);
    if (first === undefined) {
      drafts.push({ captured: request, draft, repeats });
      continue;
    }
    first.push(request);
    out.push({ request, reason: sameAgain });
  }
  const { safe, unsafe } = correlator.withoutLeaks(drafts);
  out.push(...unsafe.map(({ captured: request }) => ({ request, reason: leaks })));
  const isLeak = correlator.leakFinder();
  const leftOut = out.map(({ request, reason }): LeftOut => ({ name: requestWithoutSecrets(request, isLeak), reason }));
  return { drafts: safe, leftOut, correlator };
}

/** What the source says of the path; else, in what somebody did, ids are those of one thing: the next request has others. */
function withEndpoint(
  draft: DraftRequest | { readonly reason: string },
  { endpoint: said }: CapturedRequest,
  { isRecorded }: SuiteSettings,
): DraftRequest | { readonly reason: string } {
  if ('reason' in draft) return draft;
  const isSaid = said !== undefined && isTemplate(said) && matchesPath(said, draft.path.replace(/\?.*$/s, ''));
  const endpoint = isSaid ? said : isRecorded ? recordedEndpoint(draft.path) : undefined;
  return endpoint === undefined ? draft : { ...draft, endpoint };
}

const sameAgain = 'the same request again, but for ids and tokens';
const leaks = 'a secret stands in it where it cannot be taken out';

/** What was sent in the background comes last, in a file of its own. */
function suitesOf(drafts: readonly NamedDraft[], { source, stem }: SuiteSettings): readonly SuiteDraft[] {
  const [meant, apart] = [false, true].map((wanted) =>
    drafts.filter(({ captured }) => isBackground(captured) === wanted),
  );
  const background = {
    stem: `${stem}-background`,
    title: `Requests in the background of ${stem}`,
    drafts: apart ?? [],
  };
  return [{ stem, title: `Requests of ${stem}`, drafts: meant ?? [] }, background]
    .filter((one) => one.drafts.length > 0)
    .map((one) => ({
      file: `${one.stem}.yaml`,
      title: one.title,
      source,
      intent: 'legitimate',
      cases: nameCases(one.drafts),
    }));
}

function isBackground({ cause }: CapturedRequest): boolean {
  return cause === 'background';
}

function cleanOptions(captured: readonly CapturedRequest[], settings: SuiteSettings): CleanOptions {
  const {
    origin,
    origins = isRecordedOrigin(captured, settings, origin),
    methods,
    isRecorded,
    isLog = false,
    keepGet = false,
    keepsBackground = false,
  } = settings;
  return {
    ...(origins !== undefined && { origins }),
    ...(methods !== undefined && { methods: methods.map((method) => method.toUpperCase()) }),
    onlyChanges: isRecorded && !isLog && !keepGet,
    keepsBackground,
    isRecorded,
  };
}

/** Of traffic, the application that the first request went to is meant. */
function isRecordedOrigin(
  captured: readonly CapturedRequest[],
  { isRecorded, isLog = false }: SuiteSettings,
  origin: string | undefined,
): readonly string[] | undefined {
  if (!isRecorded || isLog) return undefined;
  const first =
    origin ??
    captured.map(({ url, cause }) => (cause === undefined ? splitUrl(url).origin : '')).find((one) => one !== '');
  return first === undefined ? undefined : [first];
}
