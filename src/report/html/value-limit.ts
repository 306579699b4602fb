import type { CaseResult } from '../../model/report.js';
import type { Content, Pair, RequestBody } from '../../model/request.js';

/** How much of one value a page holds, largest first. Whole values are in `report.json`. */
const limits = [1_048_576, 65_536, 8192, 1024] as const;

/** What all values of a page may add up to, in characters: browsers open that without trouble. */
const maxTotal = 40_000_000;

/** The most of each value that a page can hold: 1 MiB, and less only where a report has very many large values. */
export function chooseValueLimit(results: readonly CaseResult[]): number {
  const totals = limits.map(() => 0);
  for (const result of results) {
    for (const length of valueLengths(result)) addTo(totals, length);
  }
  return limits.find((_, index) => (totals[index] ?? 0) <= maxTotal) ?? limits[3];
}

/** Adds what each limit leaves of a value. */
function addTo(totals: number[], length: number): void {
  for (const [index, limit] of limits.entries()) totals[index] = (totals[index] ?? 0) + Math.min(length, limit);
}

function* valueLengths({ request, hits }: CaseResult): Generator<number> {
  yield request.path.length;
  for (const pairs of [request.query, request.headers, request.cookies]) yield* pairLengths(pairs);
  yield* bodyLengths(request.body);
  for (const { matched } of hits) yield matched?.length ?? 0;
}

function* pairLengths(pairs: readonly Pair[]): Generator<number> {
  for (const [name, value] of pairs) {
    yield name.length;
    yield value.length;
  }
}

function* bodyLengths(body: RequestBody): Generator<number> {
  switch (body.kind) {
    case 'none':
      return;
    case 'form':
      return yield* pairLengths(body.fields);
    case 'json':
      return yield JSON.stringify(body.value).length;
    case 'multipart':
      for (const { content } of body.parts) yield contentLength(content);
      return;
    case 'raw':
      yield contentLength(body.content);
  }
}

function contentLength(content: Content): number {
  return 'text' in content ? content.text.length : content.base64.length;
}
