import type { EachSource, JsonPlan, RequestPlan, ValueSource } from './request-plan.js';

/** What a place in a request can hold: any bytes, any text, or a text that fits in a header. */
export type Slot = 'bytes' | 'text' | 'header';

/** A value of a request, and the place that it is for. */
export interface SourceUse {
  readonly source: ValueSource;
  readonly slot: Slot;
}

/** All values of a request, in order. */
export function usesOf({ headers, query, cookies, body }: RequestPlan): readonly SourceUse[] {
  const inHeader = [...headers, ...cookies].map(({ value }) => use(value, 'header'));
  return [...inHeader, ...query.map(({ value }) => use(value, 'text')), bodyUses(body)].flat();
}

/** The `!each` of a request, once each: an alias of one stands for the same value, and shares its place. */
export function eachOf(request: RequestPlan): readonly EachSource[] {
  const all = usesOf(request).flatMap(({ source }) => (source.kind === 'each' ? [source] : []));
  return [...new Map(all.map((source) => [source.at, source])).values()];
}

function bodyUses(body: RequestPlan['body']): readonly SourceUse[] {
  switch (body.kind) {
    case 'none':
      return [];
    case 'form':
      return body.fields.flatMap(({ value }) => use(value, 'text'));
    case 'json':
      return jsonUses(body.value);
    case 'multipart':
      return body.parts.flatMap(({ filename, content }) => [...use(filename, 'text'), ...use(content, 'bytes')]);
    case 'raw':
      return use(body.content, 'bytes');
  }
}

function jsonUses(json: JsonPlan): readonly SourceUse[] {
  switch (json.kind) {
    case 'scalar':
      return [];
    case 'value':
      return use(json.source, 'text');
    case 'list':
      return json.items.flatMap(jsonUses);
    case 'object':
      return json.entries.flatMap(([, value]) => jsonUses(value));
  }
}

function use(source: ValueSource | undefined, slot: Slot): readonly SourceUse[] {
  return source === undefined ? [] : [{ source, slot }];
}
