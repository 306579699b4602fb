import type { SentByPage } from '../contract/browser.js';
import type { Case, Secret } from '../model/case.js';
import type { Pair, RequestSpec } from '../model/request.js';
import { cleanRequest } from '../record/clean.js';
import { meantRequest } from '../record/meant-request.js';
import { isSecretField } from '../record/secret-values.js';
import { opensSomething } from '../replay/session/secret-fields.js';
import { readBody } from '../request/read-body.js';

/** What a page sent, as a suite would mean it, and the tokens in it that the page made. */
export function pageRequest(
  sent: SentByPage,
  { request, at }: Case,
  basePath: string,
): { readonly request: RequestSpec; readonly tokens: readonly Secret[] } {
  const { method, headers, body } = sent.request;
  const target = sent.request.target.slice(basePath.length);
  const captured = {
    method,
    url: target === '' ? '/' : target,
    headers,
    body: { kind: 'bytes', bytes: body },
    place: at,
  } as const;
  const meant = meantRequest(cleanRequest(captured));
  const typed = new Set(pairsIn(request).map(([, value]) => value));
  const made = pairsIn(meant).filter(([name, value]) => !typed.has(value) && isToken(name, value));
  return { request: meant, tokens: made.map(([name, value]) => ({ name, value })) };
}

/** What the case has not entered is taken for what a hidden field holds. */
function isToken(name: string, value: string): boolean {
  return opensSomething({ name, value, kind: 'hidden', isSent: true }) || isSecretField(name, value);
}

/** The fields of a body, and header fields that scripts may have put a token into. */
function pairsIn(spec: RequestSpec): readonly Pair[] {
  const own = spec.headers.filter(([name]) => /^x-/i.test(name));
  return [...own, ...spec.query, ...fieldsIn(spec)];
}

function fieldsIn(spec: RequestSpec): readonly Pair[] {
  const body = readBody(spec);
  switch (body.kind) {
    case 'form':
      return body.fields;
    case 'multipart':
      return body.parts.flatMap(({ name, content }) => ('text' in content ? [[name, content.text] as const] : []));
    case 'json':
      return textsIn(body.value, '');
    default:
      return [];
  }
}

function textsIn(value: unknown, name: string): readonly Pair[] {
  if (typeof value === 'string') return [[name, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, Array.isArray(value) ? name : key));
}
