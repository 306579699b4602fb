import type { Content, JsonValue, Pair, RequestSpec } from '../../model/request.js';
import { encodeRequest } from '../../request/encode-request.js';
import { decodeUtf8 } from '../../util/read-file.js';
import { headerOf } from '../meant-request.js';
import type { NamedDraft } from '../name-cases.js';
import { splitUrl } from '../split-url.js';
import type { DraftBody, DraftJson, DraftReference, DraftRequest, DraftValue } from '../suite-draft.js';

/**
 * Requests as an HTTP archive (HAR 1.2). Where a secret or a token stood there is `{{NAME}}`; cookies and what came back are
 * not in it but for the status and the type.
 */
export function writeHar(
  drafts: readonly NamedDraft[],
  creator: { readonly name: string; readonly version: string },
): string {
  return `${JSON.stringify({ log: { version: '1.2', creator, entries: drafts.map(entryOf) } }, undefined, 2)}\n`;
}

function entryOf({ captured, draft }: NamedDraft) {
  const { at = 0, answer, title } = captured;
  const { method, target, headers, body } = encodeRequest(filled(draft));
  const text = decodeUtf8(body);
  const mimeType = headerOf(headers, 'content-type') ?? '';
  const content = text === undefined ? { text: Buffer.from(body).toString('base64'), encoding: 'base64' } : { text };
  return {
    startedDateTime: new Date(at).toISOString(),
    time: -1,
    ...(title !== undefined && { comment: title }),
    request: {
      method,
      url: `${splitUrl(captured.url).origin}${target}`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: named(headers),
      queryString: [],
      ...(body.length > 0 && { postData: { mimeType, ...content } }),
      headersSize: -1,
      bodySize: body.length,
    },
    response: {
      status: answer?.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [],
      content: { size: -1, mimeType: headerOf(answer?.headers ?? [], 'content-type') ?? '' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: -1, wait: -1, receive: -1 },
  };
}

function named(pairs: readonly Pair[]) {
  return pairs.map(([name, value]) => ({ name, value }));
}

function filled(draft: DraftRequest): RequestSpec {
  const texts = (pairs: readonly (readonly [string, DraftValue])[]) =>
    pairs.map(([name, value]): Pair => [name, textOf(value)]);
  const { query, headers, cookies, body } = draft;
  const pairs = { query: texts(query), headers: texts(headers), cookies: texts(cookies) };
  return { ...draft, ...pairs, body: filledBody(body, headerOf(pairs.headers, 'content-type') ?? '') };
}

function filledBody(body: DraftBody, type: string): RequestSpec['body'] {
  switch (body.kind) {
    case 'none':
    case 'raw':
      return body;
    case 'form':
      return { kind: 'form', fields: body.fields.map(([name, value]): Pair => [name, textOf(value)]) };
    case 'json':
      return { kind: 'json', value: filledJson(body.value) };
    case 'multipart': {
      const parts = body.parts.map((part) => ({ ...part, content: contentOf(part.content) }));
      return { kind: 'multipart', boundary: /boundary="?([^";\s]+)/i.exec(type)?.[1] ?? 'wafproof', parts };
    }
  }
}

function contentOf(content: Content | DraftReference): Content {
  return 'env' in content || 'session' in content ? { text: textOf(content) } : content;
}

function filledJson(value: DraftJson): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: DraftJson) => filledJson(item));
  if ('object' in value) return Object.fromEntries(value.object.map(([key, inner]) => [key, filledJson(inner)]));
  return 'env' in value || 'session' in value ? textOf(value) : null;
}

function textOf(value: DraftValue): string {
  if (typeof value === 'string') return value;
  return `{{${'env' in value ? value.env : value.session}}}`;
}
