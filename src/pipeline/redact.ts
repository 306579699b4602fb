import type { Secret } from '../model/case.js';
import type { CaseResult } from '../model/report.js';

/** Header fields whose value is a credential by definition (RFC 9110 sections 11.6.2 and 11.7.2). */
const credentialHeaders = ['authorization', 'proxy-authorization'];

/**
 * A result without secrets: values from the environment, and credentials in header fields that are made for them. What
 * a secret became on its way (URL-encoded, base64) is replaced as well.
 */
export function redact(result: CaseResult, secrets: readonly Secret[]): CaseResult {
  const all = [...secrets, ...credentials(result)].filter(({ value }) => value !== '');
  if (all.length === 0) return result;
  const replacements = all.flatMap(({ name, value }) => spellings(value).map((text) => [text, `[${name}]`] as const));
  replacements.sort(([a], [b]) => b.length - a.length);
  return replaceIn(result, replacements);
}

function credentials({ request }: CaseResult): readonly Secret[] {
  return request.headers
    .filter(([name]) => credentialHeaders.includes(name.toLowerCase()))
    .map(([name, value]) => ({ name, value: value.replace(/^\S+ +/, '') }));
}

function spellings(value: string): readonly string[] {
  const encoded = encodeURIComponent(value.toWellFormed());
  const json = JSON.stringify(value).slice(1, -1);
  const forms = [value, encoded, encoded.replaceAll('%20', '+'), json, Buffer.from(value).toString('base64')];
  return [...new Set(forms)];
}

/** Texts that are ours and never hold what was sent. */
const structural = new Set(['id', 'kind', 'suite', 'file', 'intent', 'collection', 'severity', 'variableSource']);

/** The same value with every text in it replaced that may hold what was sent; the shape stays as it is. */
function replaceIn<T>(value: T, replacements: readonly (readonly [string, string])[]): T {
  const replaced: unknown = JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
    typeof inner === 'string' && !structural.has(key)
      ? replacements.reduce((text, [from, to]) => text.replaceAll(from, to), inner)
      : inner,
  );
  return replaced as T;
}
