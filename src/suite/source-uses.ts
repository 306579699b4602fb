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
  const uses: SourceUse[] = [];
  const take: Take = (source, slot) => {
    if (source !== undefined) uses.push({ source, slot });
  };
  for (const { value } of headers) take(value, 'header');
  for (const { value } of cookies) take(value, 'header');
  for (const { value } of query) take(value, 'text');
  takeBody(body, take);
  return uses;
}

/** The `!each` among values, once each: an alias of one stands for the same value, and shares its place. */
export function eachOf(uses: readonly SourceUse[]): readonly EachSource[] {
  if (uses.length === 0) return [];
  const all = uses.flatMap(({ source }) => (source.kind === 'each' ? [source] : []));
  return [...new Map(all.map((source) => [source.at, source])).values()];
}

type Take = (source: ValueSource | undefined, slot: Slot) => void;

function takeBody(body: RequestPlan['body'], take: Take): void {
  switch (body.kind) {
    case 'none':
      return;
    case 'form':
      for (const { value } of body.fields) take(value, 'text');
      return;
    case 'json':
      takeJson(body.value, take);
      return;
    case 'multipart':
      for (const { filename, content } of body.parts) {
        take(filename, 'text');
        take(content, 'bytes');
      }
      return;
    case 'raw':
      take(body.content, 'bytes');
  }
}

function takeJson(json: JsonPlan, take: Take): void {
  switch (json.kind) {
    case 'scalar':
      return;
    case 'value':
      take(json.source, 'text');
      return;
    case 'list':
      for (const item of json.items) takeJson(item, take);
      return;
    case 'object':
      for (const [, value] of json.entries) takeJson(value, take);
  }
}
