import { WafproofError } from '../model/error.js';
import type { Content, JsonValue, Pair, Part, RequestBody, RequestSpec } from '../model/request.js';
import { boundaryFor } from '../request/multipart-boundary.js';
import { usualHeaders } from '../request/usual-headers.js';
import { notText } from './fetch-content.js';
import type { JsonPlan, PairPlan, PartPlan, RequestPlan, ValueSource } from './request-plan.js';

type Read = (source: ValueSource) => Content;

/** Puts values into a request; `read` tells what each stands for. */
export function renderRequest(plan: RequestPlan, read: Read): RequestSpec {
  const named = plan.headers.map(({ name }) => name.toLowerCase());
  const missing = usualHeaders.filter(([name]) => !named.includes(name.toLowerCase()));
  const headers = [...missing, ...renderPairs(plan.headers, read)];
  return {
    method: plan.method ?? (plan.body.kind === 'none' ? 'GET' : 'POST'),
    path: plan.path ?? '/',
    query: renderPairs(plan.query, read),
    headers,
    cookies: renderPairs(plan.cookies, read),
    body: renderBody(plan.body, headers, read),
    omittedHeaders: omittedHeaders(plan.headers),
  };
}

function omittedHeaders(headers: readonly PairPlan[]): readonly string[] {
  const dropped = headers.filter(({ value }) => value === undefined).map(({ name }) => name.toLowerCase());
  if (dropped.length === 0) return dropped;
  const sent = new Set(headers.flatMap(({ name, value }) => (value === undefined ? [] : [name.toLowerCase()])));
  return [...new Set(dropped)].filter((name) => !sent.has(name));
}

function renderPairs(pairs: readonly PairPlan[], read: Read): readonly Pair[] {
  const rendered: Pair[] = [];
  for (const { name, value } of pairs) if (value !== undefined) rendered.push([name, textOf(value, read)]);
  return rendered;
}

function renderBody(body: RequestPlan['body'], headers: readonly Pair[], read: Read): RequestBody {
  switch (body.kind) {
    case 'none':
      return body;
    case 'form':
      return { kind: 'form', fields: renderPairs(body.fields, read) };
    case 'json':
      return { kind: 'json', value: renderJson(body.value, read) };
    case 'multipart': {
      const parts = body.parts.map((part) => renderPart(part, read));
      return { kind: 'multipart', boundary: boundaryFor(parts, headers), parts };
    }
    case 'raw':
      return { kind: 'raw', content: read(body.content) };
  }
}

function renderPart({ name, filename, type, content }: PartPlan, read: Read): Part {
  return {
    name,
    ...(filename !== undefined && { filename: textOf(filename, read) }),
    ...(type !== undefined && { type }),
    content: read(content),
  };
}

function renderJson(json: JsonPlan, read: Read): JsonValue {
  switch (json.kind) {
    case 'scalar':
      return json.value;
    case 'value':
      return textOf(json.source, read);
    case 'list':
      return json.items.map((item) => renderJson(item, read));
    case 'object':
      return Object.fromEntries(json.entries.map(([key, value]) => [key, renderJson(value, read)]));
  }
}

function textOf(source: ValueSource, read: Read): string {
  const content = read(source);
  if (!('text' in content)) throw new WafproofError([notText(source)]);
  return content.text;
}
