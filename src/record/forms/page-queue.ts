import { pageShape } from './page-shape.js';

/** So many pages wait at most. */
const longest = 10_000;

/**
 * Pages to be opened, one of each shape. Those of a part of the site of which fewer were opened come first, so that a calendar
 * without an end leaves room for the others.
 */
export class PageQueue {
  #waiting: readonly string[] = [];
  readonly #seen = new Set<string>();
  readonly #opened = new Map<string, number>();

  get length(): number {
    return this.#waiting.length;
  }

  add(urls: readonly string[]): void {
    const fresh = urls.filter((url) => {
      const shape = pageShape(url);
      return !this.#seen.has(shape) && this.#seen.add(shape);
    });
    this.#waiting = [...this.#waiting, ...fresh].slice(0, longest);
  }

  /** A page that was opened by another address. */
  know(url: string): void {
    this.#seen.add(pageShape(url));
  }

  next(): string | undefined {
    const weights = this.#waiting.map((url) => partsOf(url).map((part) => this.#opened.get(part) ?? 0));
    const at = weights.reduce((best, weight, i) => (isLess(weight, weights[best] ?? weight) ? i : best), 0);
    const url = this.#waiting[at];
    if (url === undefined) return undefined;
    this.#waiting = this.#waiting.toSpliced(at, 1);
    for (const part of partsOf(url)) this.#opened.set(part, (this.#opened.get(part) ?? 0) + 1);
    return url;
  }
}

/** `/shop/` and `/shop/orders/` of an address below them. */
function partsOf(url: string): readonly [string, string] {
  const [, first = '', second = ''] = new URL(url).pathname.split('/');
  return [`/${first}/`, `/${first}/${second}/`];
}

function isLess(one: readonly number[], other: readonly number[]): boolean {
  const [first = 0, second = 0] = one;
  const [most = 0, more = 0] = other;
  return first < most || (first === most && second < more);
}
