import type { CaseResult } from '../model/report.js';
import type { Content, Pair, RequestBody } from '../model/request.js';

/** How much of one value a page holds, largest first. Whole values are in `report.json`. */
const limits = [1_048_576, 65_536, 8192, 1024] as const;

/** What all values of a page may add up to, in characters: compressed, browsers open that without trouble. */
const maxTotal = 120_000_000;

/** Adds up what a page would hold of the values of results, under each limit. */
export class ValueMeter {
  readonly #totals = limits.map(() => 0);
  #short = 0;

  note(result: CaseResult): void {
    const most = lengthWithin(result, limits[0]);
    // What is no longer than the smallest limit as a whole is the same under each.
    if (most <= limits[3]) {
      this.#short += most;
      return;
    }
    for (const [index, limit] of limits.entries()) {
      this.#totals[index] = (this.#totals[index] ?? 0) + lengthWithin(result, limit);
    }
  }

  /** The most of each value that a page can hold: 1 MiB, and less only where a report has very many large values. */
  limit(): number {
    return limits.find((_, index) => this.#short + (this.#totals[index] ?? 0) <= maxTotal) ?? limits[3];
  }
}

function lengthWithin({ request, hits }: CaseResult, limit: number): number {
  const { path, query, headers, cookies, body } = request;
  let length = Math.min(path.length, limit) + bodyLength(body, limit);
  for (const pairs of [query, headers, cookies]) length += pairsLength(pairs, limit);
  for (const { matched } of hits) length += Math.min(matched?.length ?? 0, limit);
  return length;
}

function pairsLength(pairs: readonly Pair[], limit: number): number {
  let length = 0;
  for (const [name, value] of pairs) length += Math.min(name.length, limit) + Math.min(value.length, limit);
  return length;
}

function bodyLength(body: RequestBody, limit: number): number {
  switch (body.kind) {
    case 'none':
      return 0;
    case 'form':
      return pairsLength(body.fields, limit);
    case 'json':
      return Math.min(JSON.stringify(body.value).length, limit);
    case 'multipart':
      return body.parts.reduce((sum, { content }) => sum + Math.min(contentLength(content), limit), 0);
    case 'raw':
      return Math.min(contentLength(body.content), limit);
  }
}

function contentLength(content: Content): number {
  return 'text' in content ? content.text.length : content.base64.length;
}
