import type { Secret } from '../model/case.js';
import type { RuleHit } from '../model/evidence.js';
import type { CaseResult } from '../model/report.js';

/** Header fields whose value is a credential by definition (RFC 9110 sections 11.6.2 and 11.7.2). */
const credentialHeaders = ['authorization', 'proxy-authorization'];

/**
 * A result without secrets: values from the environment, credentials in header fields that are made for them, and what a
 * session brought. What a secret became on its way (URL-encoded, base64, lower case) is replaced as well, and so is what a
 * rule matched of it.
 * @param ofSession sent with every case, so what a rule matched may look like a few letters of one by chance
 */
export function redact(result: CaseResult, secrets: readonly Secret[], ofSession: readonly Secret[] = []): CaseResult {
  const own = [...secrets, ...credentials(result)].filter(({ value }) => value !== '');
  const fetched = ofSession.filter(({ value }) => value !== '');
  if (own.length + fetched.length === 0) return result;
  const { hits, ...rest } = replaceIn(result, '', replacer([...fetched, ...own])) as CaseResult;
  return { ...rest, hits: hits.map((hit) => ({ ...hit, ...redactMatch(hit, own, fetched) })) };
}

function credentials({ request }: CaseResult): readonly Secret[] {
  return request.headers
    .filter(([name]) => credentialHeaders.includes(name.toLowerCase()))
    .map(([name, value]) => ({ name, value: value.replace(/^\S+ +/, '') }));
}

type Replace = (text: string) => string;

/** Replaces all secrets in one pass, so that no placeholder is searched again; longer ones win over what is in them. */
function replacer(secrets: readonly Secret[]): Replace {
  const names = new Map(secrets.flatMap(({ name, value }) => spellings(value).map((text) => [text, name])));
  const texts = [...names.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(texts.map(patternOf).join('|'), 'giu');
  return (text) => text.replace(pattern, (found) => `[${names.get(found.toLowerCase()) ?? 'secret'}]`);
}

/** As it is, and in lower case, as rules that transform what they look at write it down: `İ` is two letters there. */
function spellings(value: string): readonly string[] {
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
    'request/(?:method|omittedHeaders/.*|body/(?:kind|boundary))|' +
    'hits/\\d+/(?:ruleId|severity|variableSource|tags/.*|variable/collection|candidates/\\d+/collection|' +
    '(?:field|candidateFields/\\d+)/(?:kind|of)))$',
  's',
);

/** The same value with every text in it replaced that may hold what was sent; the shape stays as it is. */
function replaceIn(value: unknown, place: string, replace: Replace): unknown {
  if (typeof value === 'string') return structural.test(place) ? value : replace(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item, i) => replaceIn(item, `${place}/${i}`, replace));
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, inner]) => [key, replaceIn(inner, `${place}/${key}`, replace)]));
}

/** A rule matches a part of a value, after transformations of its own: of a secret, that part is one as well. */
function redactMatch(
  { matched, variable }: RuleHit,
  own: readonly Secret[],
  ofSession: readonly Secret[],
): { matched?: string } {
  if (matched === undefined) return {};
  const isLong = core(matched).length > shortLength;
  const near = ofSession.filter(({ name }) => isLong || name === variable.key);
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
