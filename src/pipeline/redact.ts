import { isDeepStrictEqual } from 'node:util';
import type { Case, Secret } from '../model/case.js';
import type { RuleHit } from '../model/evidence.js';
import type { CaseResult } from '../model/report.js';
import type { RequestSpec } from '../model/request.js';
import { RecentMap } from '../util/recent-map.js';
import { withoutCredentials } from './credentials.js';

/**
 * A result without secrets: values from the environment, what a session brought, and credentials in the places that are
 * made for them (`withoutCredentials`). What a secret became on its way (URL-encoded, base64, lower case) is replaced as
 * well, and so is what a rule matched of it.
 * @param ofSession sent with every case, so what a rule matched may look like a few letters of one by chance
 * @param sent the request with what the session brought in it, where it has one
 */
export function redact(
  result: CaseResult,
  secrets: readonly Secret[],
  ofSession: readonly Secret[] = [],
  sent: RequestSpec = result.request,
): CaseResult {
  const { request, credentials } = withoutCredentials(result.request, [...secrets, ...ofSession]);
  const own = [...secrets, ...credentials.filter(({ isDistinctive }) => isDistinctive)].filter(isSome);
  const inPlace = credentials.filter(({ isDistinctive }) => !isDistinctive);
  const fetched = ofSession.filter(isSome);
  if (own.length + inPlace.length + fetched.length === 0) {
    if (sent !== result.request) originals.set(result.request, { ...sent, path: result.request.path });
    return result;
  }
  const replace = own.length + fetched.length === 0 ? (text: string) => text : replacerOf([...fetched, ...own]);
  const { hits, ...rest } = replaceIn({ ...result, request }, '', replace) as CaseResult;
  originals.set(rest.request, { ...sent, path: rest.request.path });
  return { ...rest, hits: hits.map((hit) => ({ ...hit, ...redactMatch(hit, { own, inPlace, fetched }) })) };
}

function isSome({ value }: Secret): boolean {
  return value !== '';
}

/** Requests before they were redacted. They are gone with the process: nothing that is written has them. */
const originals = new WeakMap<RequestSpec, RequestSpec>();

/**
 * The request of a result as it was sent, as long as this process knows it: exclusions of secret values are proved with it.
 * The path stays redacted, because exclusions are written for it.
 */
export function unredacted(request: RequestSpec): RequestSpec {
  return originals.get(request) ?? request;
}

/** Learns the request of a result that was saved from the case that it is of, where the case still comes to the same. */
export function recall(result: CaseResult, { request, secrets }: Pick<Case, 'request' | 'secrets'>): void {
  const again = redact({ ...result, request }, secrets);
  if (again.request !== request && isDeepStrictEqual(asJson(again.request), asJson(result.request))) {
    originals.set(result.request, { ...request, path: result.request.path });
  }
}

/** As a report that was saved has it. */
function asJson(request: RequestSpec): unknown {
  return JSON.parse(JSON.stringify(request));
}

type Replace = (text: string) => string;

/** Most cases of a suite have the same secrets, and to look for them takes long to prepare. */
const replacers = new RecentMap<Replace>(64);

function replacerOf(secrets: readonly Secret[]): Replace {
  const key = JSON.stringify(secrets.map(({ name, value }) => [name, value]));
  const known = replacers.get(key) ?? replacer(secrets);
  replacers.set(key, known);
  return known;
}

/** Replaces all secrets in one pass, so that no placeholder is searched again; longer ones win over what is in them. */
function replacer(secrets: readonly Secret[]): Replace {
  const names = new Map(secrets.flatMap(({ name, value }) => spellings(value).map((text) => [text, name])));
  const texts = [...names.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(texts.map(patternOf).join('|'), 'giu');
  return (text) => text.replace(pattern, (found) => `[${names.get(found.toLowerCase()) ?? 'secret'}]`);
}

const spelled = new RecentMap<readonly string[]>(256);

function spellings(value: string): readonly string[] {
  const known = spelled.get(value) ?? spell(value);
  spelled.set(value, known);
  return known;
}

/** As it is, and in lower case, as rules that transform what they look at write it down: `İ` is two letters there. */
function spell(value: string): readonly string[] {
  const encoded = encodeURIComponent(value.toWellFormed());
  const form = new URLSearchParams([['', value]]).toString().slice(1);
  const json = JSON.stringify(value).slice(1, -1);
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '');
  const forms = [value, encoded, encoded.replaceAll('%20', '+'), form, json, base64];
  return [...new Set(forms.flatMap((text) => [text, text.toLowerCase()]))];
}

/** Up to this length a secret is replaced only where it stands alone: `1` must not turn `/api/v1` into a riddle. */
const shortLength = 3;

function patternOf(text: string): string {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return text.length > shortLength ? escaped : `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`;
}

/** Places of texts that are ours, or names that other parts of the report refer to. */
const structural = new RegExp(
  '^/(?:id|suite|intent|correlationId|(?:at|tags|expect)/.*|verdict/kind|' +
    '(?:verdict|triage|triage/alternatives/\\d+)/(?:layer|cause|system|confidence)|(?:verdict|triage)/evidence/\\d+/from|' +
    'request/(?:method|omittedHeaders/.*|body/(?:kind|boundary))|' +
    'hits/\\d+/(?:ruleId|severity|variableSource|tags/.*|variable/collection|candidates/\\d+/collection|' +
    '(?:field|candidateFields/\\d+)/(?:kind|of)))$',
  's',
);

/** The same value with every text in it replaced that may hold what was sent; the shape stays as it is. */
function replaceIn(value: unknown, place: string, replace: Replace): unknown {
  if (typeof value === 'string') {
    const replaced = replace(value);
    return replaced === value || structural.test(place) ? value : replaced;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item, i) => replaceIn(item, `${place}/${i}`, replace));
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, inner]) => [key, replaceIn(inner, `${place}/${key}`, replace)]));
}

interface Hidden {
  readonly own: readonly Secret[];
  readonly inPlace: readonly Secret[];
  readonly fetched: readonly Secret[];
}

/** A rule matches a part of a value, after transformations of its own: of a secret, that part is one as well. */
function redactMatch({ matched, variable }: RuleHit, { own, inPlace, fetched }: Hidden): { matched?: string } {
  if (matched === undefined) return {};
  const isLong = core(matched).length > shortLength;
  const isThere = ({ name }: Secret) => name.toLowerCase() === variable.key?.toLowerCase();
  const near = [...fetched.filter((secret) => isLong || isThere(secret)), ...inPlace.filter(isThere)];
  const found = [...own, ...near].find(({ value }) =>
    spellings(value).some((text) => overlap(core(matched), core(text))),
  );
  return { matched: found === undefined ? matched : `[${found.name}]` };
}

function overlap(matched: string, secret: string): boolean {
  return (matched !== '' && secret.includes(matched)) || (secret.length > shortLength && matched.includes(secret));
}

/** Letters and digits: what transformations leave as it is. */
function core(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
