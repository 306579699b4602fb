import type { Pair, RequestBody, RequestSpec } from '../model/request.js';
import { carriesCookies } from '../request/credential-names.js';
import { cookiePairs } from '../request/read-cookies.js';
import { holdsAny } from '../util/holds-any.js';
import { looseBodyKind } from './body-kind.js';
import type { CapturedAnswer, CapturedRequest } from './captured-request.js';
import { type FormBehind, FormPages } from './form-behind.js';
import type { NeededValue } from './import-format.js';
import { headerOf } from './meant-request.js';
import type { NamedDraft } from './name-cases.js';
import { plainDraft, type ReplaceValue, replaceInBody, replaceInPair } from './replace-values.js';
import { addressWithoutSecrets, hasSecretSegment } from './secret-paths.js';
import { hasKey } from './secret-shapes.js';
import { holdsKey, isFormToken, isSecretField, isSecretHeader, looksMade } from './secret-values.js';
import { hasSecretNumberIn, hasSecretText } from './secrets-in-bodies.js';
import type { DraftRequest, DraftValue } from './suite-draft.js';
import { textsIn } from './texts-in.js';
import { uniqueNames } from './unique-names.js';

interface CorrelatorSettings {
  readonly stem: string;
  readonly keepSecrets?: boolean;
  readonly isMadeUp?: boolean;
  /** Names of variables by their values, which are secrets wherever they stand. */
  readonly secrets?: ReadonlyMap<string, string>;
  /** Secrets that no variable holds, wherever they stand. */
  readonly secretTexts?: ReadonlySet<string>;
}

/** How many made-up words of answers are remembered. */
const mostWords = 200_000;
const shortestLeak = 6;
/** A variable of the environment has one line, and not many words. */
const longestSecret = 2000;

/**
 * Takes out of requests what must not be kept, or means nothing tomorrow: secrets become `!env`, and values that an earlier
 * answer brought, or that guard a form, become `!session`.
 */
export class Correlator {
  private readonly keeps: boolean;
  private readonly isMadeUp: boolean;
  private readonly prefix: string;
  private readonly takeName = uniqueNames();
  /** Values from answers so far. */
  private readonly answered = new Set<string>();
  /** Names of secrets by their values. */
  private readonly secrets = new Map<string, string>();
  private readonly values = new Map<string, NeededValue>();
  private readonly cookies = new Map<string, string>();
  /** Cookies that answers set. */
  private readonly given = new Set<string>();
  private readonly pages = new FormPages();
  private readonly secretTexts: ReadonlySet<string>;
  private respelled = 0;

  constructor({ stem, keepSecrets = false, isMadeUp = false, secrets = new Map(), secretTexts }: CorrelatorSettings) {
    this.keeps = keepSecrets;
    this.secretTexts = secretTexts ?? new Set();
    for (const [value, name] of secrets) this.secrets.set(value, name);
    this.isMadeUp = isMadeUp;
    this.prefix = variableName(stem);
  }

  /** @param request the same, as it was captured */
  correlate(spec: RequestSpec, request: CapturedRequest): DraftRequest | { readonly reason: string } {
    if (this.keeps) return plainDraft(spec);
    if (hasSecretSegment(spec.path)) return { reason: 'a secret stands in its path, where it cannot be taken out' };
    const behind = this.isMadeUp ? undefined : this.pages.behind(spec, request.url);
    if (behind !== undefined && !this.hasSecretQuery(behind)) return this.fromForm(spec, behind, request);
    return this.replaced(spec, request);
  }

  /** An address is written as it is: a secret in it can only be taken out of a request. */
  private hasSecretQuery({ from: { page, action = '' } }: FormBehind): boolean {
    if ([page, action].some(hasSecretSegment)) return true;
    const queries = [page, action].map((address) => new URLSearchParams(address.replace(/^[^?]*\??/s, '')));
    const isSecret = ([name, value]: readonly [string, string]) =>
      this.isSecret(name, value) || isFormToken(name, value);
    return queries.some((query) => [...query].some(isSecret));
  }

  /** The page brings what it had, and tells where it was. */
  private fromForm(spec: RequestSpec, { from, body }: FormBehind, request: CapturedRequest) {
    const ofPage = /^(?:origin|referer|content-type)$/i;
    const headers = spec.headers.filter(([name]) => !ofPage.test(name));
    const draft = this.replaced({ ...spec, path: from.action ?? from.page, query: [], headers, body }, request);
    return 'reason' in draft ? draft : { ...draft, path: from.action ?? from.page, query: [], from };
  }

  private replaced(spec: RequestSpec, request: CapturedRequest): DraftRequest | { readonly reason: string } {
    const where = `${spec.method} ${spec.path.replace(/\?.*$/s, '')}`;
    let isStuck = false;
    const field: ReplaceValue = (name, value) => {
      const draft = this.field(name, value, `the field "${name}" of ${where}`);
      isStuck ||= typeof draft === 'string' && !this.isMadeUp && holdsKey(draft);
      return draft;
    };
    const readable = this.withReadableQuery(spec, field);
    const draft = {
      ...readable,
      query: readable.query.map((pair) => replaceInPair(pair, field)),
      headers: this.withoutCookies(spec.headers).map(
        ([name, value]) => [name, this.header(name, value, where)] as const,
      ),
    };
    const body = this.body(spec.body, request, field);
    if (isStuck) return { reason: 'a secret stands in a text of it, and cannot be taken out' };
    return body === undefined
      ? { reason: 'a secret stands in its body, which cannot be taken apart' }
      : { ...draft, body };
  }

  /** Remembers what an answer brought. */
  learn({ url, answer }: CapturedRequest): void {
    if (answer === undefined || this.keeps) return;
    if (answer.text !== undefined && answer.status < 300) this.pages.learn(url, answer.text);
    for (const [name, value] of answer.headers)
      if (name.toLowerCase() === 'set-cookie') this.given.add(/^[^=;]*=([^;]*)/.exec(value)?.[1] ?? '');
    for (const value of valuesOf(answer)) if (this.answered.size < mostWords) this.answered.add(value);
  }

  /** Whether a secret that is known by now stands in a text, or a key that everybody knows as one. */
  leakFinder(): (text: string) => boolean {
    if (this.keeps) return () => false;
    const known = [...this.secrets.keys(), ...this.secretTexts, ...this.cookies.values(), ...this.given];
    const isKnown = holdsAny(known.filter(({ length }) => length >= shortestLeak).flatMap(spellings));
    return (text) => hasKey(text) || isKnown(text);
  }

  /** Parts drafts from those in which a secret is left somewhere. A title that has one is left out alone. */
  withoutLeaks(drafts: readonly NamedDraft[]): {
    readonly safe: readonly NamedDraft[];
    readonly unsafe: readonly NamedDraft[];
  } {
    const leaks = this.leakFinder();
    const isUnsafe = ({ draft }: NamedDraft) => [...textsIn(draft)].some(leaks);
    const [safe, unsafe] = [drafts.filter((one) => !isUnsafe(one)), drafts.filter(isUnsafe)];
    return { safe: safe.map((one) => withoutNames(one, leaks)), unsafe };
  }

  needed(): readonly NeededValue[] {
    const leaks = this.leakFinder();
    return [...this.values.values()].map((one) =>
      leaks(one.of) ? { ...one, of: one.of.replace(/ of [^"]*$/, '') } : one,
    );
  }

  /** What secrets were, by the names of their variables. */
  secretValues(): ReadonlyMap<string, string> {
    return new Map([...this.secrets].map(([value, name]) => [name, value]));
  }

  notes(): readonly string[] {
    const names = [...new Set(this.cookies.keys())];
    return [
      ...(names.length === 0
        ? []
        : [`without their cookies, which a session of the target brings: ${names.join(', ')}`]),
      ...(this.respelled === 0 ? [] : [`spelled anew because a secret was taken out of the body: ${this.respelled}`]),
    ];
  }

  private body(body: RequestBody, request: CapturedRequest, field: ReplaceValue): DraftRequest['body'] | undefined {
    if (!this.isMadeUp && hasSecretNumberIn(body)) return undefined;
    if (body.kind !== 'raw') return !this.isMadeUp && hasSecretText(body) ? undefined : replaceInBody(body, field).body;
    const { body: captured, headers } = request;
    const bytes = captured.kind === 'bytes' ? captured.bytes : new Uint8Array();
    const loose = looseBodyKind(bytes, headerOf(headers, 'content-type') ?? '');
    const replaced = replaceInBody(loose, field);
    if (replaced.count > 0) {
      this.respelled++;
      return replaced.body;
    }
    return !this.isMadeUp && (hasSecretText(loose) || hasSecretNumberIn(loose)) ? undefined : body;
  }

  private withReadableQuery(spec: RequestSpec, field: ReplaceValue): RequestSpec {
    const [path = '', ...rest] = spec.path.split('?');
    if (rest.length === 0) return spec;
    const query = [...new URLSearchParams(rest.join('?'))];
    return query.some(([name, value]) => typeof field(name, value) !== 'string') ? { ...spec, path, query } : spec;
  }

  private header(name: string, value: string, where: string): DraftValue {
    if (/^(?:referer|origin)$/i.test(name)) return addressWithoutSecrets(value);
    if (isFormToken(name, value)) return this.session(name.replace(/^x-/i, ''), `the header ${name} of ${where}`);
    const isSecret = isSecretHeader(name, value) || hasKey(value) || this.isKnown(value);
    return isSecret ? this.secret(name, value, `the header ${name} of ${where}`) : value;
  }

  private withoutCookies(headers: readonly Pair[]): readonly Pair[] {
    if (this.isMadeUp) return headers;
    const cookies = headers.filter(([name]) => carriesCookies(name)).flatMap(([, value]) => cookiePairs(value));
    for (const [name, value] of cookies) this.cookies.set(name, value);
    return headers.filter(([name]) => !carriesCookies(name));
  }

  private field(name: string, value: string, of: string): DraftValue {
    if (this.isMadeUp) return hasKey(value) ? this.secret(name, value, of) : value;
    if (isFormToken(name, value)) return this.session(name, of);
    if (this.isSecret(name, value) || (isShort(value) && holdsKey(value))) return this.secret(name, value, of);
    return looksMade(value) && this.answered.has(value) ? this.session(name, of) : value;
  }

  private isSecret(name: string, value: string): boolean {
    return this.isKnown(value) || isSecretField(name, value);
  }

  private isKnown(value: string): boolean {
    return this.secrets.has(value) || this.secretTexts.has(value);
  }

  private session(name: string, of: string): DraftValue {
    const session = name.toLowerCase().replace(/[^\w.-]+/g, '_');
    if (!this.values.has(`session ${session}`))
      this.values.set(`session ${session}`, { kind: 'session', name: session, of });
    return { session };
  }

  private secret(name: string, value: string, of: string): DraftValue {
    const env = this.secrets.get(value) ?? this.takeName(`${this.prefix}_${variableName(name)}`).replaceAll('-', '_');
    this.secrets.set(value, env);
    if (!this.values.has(`env ${env}`)) this.values.set(`env ${env}`, { kind: 'env', name: env, of });
    return { env };
  }
}

function isShort(value: string): boolean {
  return value.length <= longestSecret && !/[\r\n]/.test(value);
}

/** A title or a test that has a secret in its name is forgotten. */
function withoutNames({ captured, draft, repeats }: NamedDraft, leaks: (text: string) => boolean): NamedDraft {
  const nameless = ({ title, test, ...request }: CapturedRequest): CapturedRequest => ({
    ...request,
    ...(title !== undefined && !leaks(title) && { title }),
    ...(test !== undefined && !test.names.some(leaks) && { test }),
  });
  return { captured: nameless(captured), draft, repeats: repeats.map(nameless) };
}

/** As a request may spell it, and as names are made of it. */
function spellings(value: string): readonly string[] {
  const encoded = encodeURIComponent(value.toWellFormed());
  const form = new URLSearchParams([['', value]]).toString().slice(1);
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '');
  return [value, value.toLowerCase(), encoded, form, JSON.stringify(value).slice(1, -1), base64];
}

/** A name that shells take for a variable. */
function variableName(text: string): string {
  const name = text
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[A-Z]/.test(name) ? name : `RECORDED${name === '' ? '' : `_${name}`}`;
}

function* valuesOf({ headers, text = '' }: CapturedAnswer): Generator<string> {
  for (const source of [...headers.map(([, value]) => value), text])
    for (const [word] of source.matchAll(/[\w.~+/=:|-]{16,512}/g)) {
      yield word;
      yield word.replace(/^[^=]*=/, '');
    }
}
