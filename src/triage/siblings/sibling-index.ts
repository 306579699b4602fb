import type { CaseResult } from '../../model/report.js';
import { isCredential } from '../../request/credential-names.js';
import type { EndpointOf } from '../../request/endpoints.js';

/** A request of the same run that was answered with what it asked for. */
export interface PassingSibling {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Names of the header fields and cookies that say who was asking. */
  readonly credentials: string;
}

/** How many requests were refused, and how many passed. */
export interface RefusedAndPassed {
  readonly refused: number;
  readonly passed: number;
}

/** What other requests of the run tell of a refused one. */
export interface Siblings {
  /** The same method and endpoint. */
  readonly same?: PassingSibling;
  /** A GET of the endpoint. */
  readonly get?: PassingSibling;
  readonly atPath: RefusedAndPassed;
  readonly elsewhere: RefusedAndPassed;
  /** Requests that may change something, at whatever path. */
  readonly writing: RefusedAndPassed;
  readonly reading: RefusedAndPassed;
}

interface Counted {
  refused: number;
  passed: number;
}

const safe: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** Remembers of all cases of a run what tells something of those that were refused: counts, and one that passes an endpoint and method. */
export class SiblingIndex {
  readonly #endpointOf: EndpointOf;
  readonly #passing = new Map<string, PassingSibling>();
  readonly #paths = new Map<string, Counted>();
  readonly #all: Counted = { refused: 0, passed: 0 };
  readonly #writing: Counted = { refused: 0, passed: 0 };
  readonly #reading: Counted = { refused: 0, passed: 0 };

  constructor(endpointOf: EndpointOf) {
    this.#endpointOf = endpointOf;
  }

  add(result: CaseResult): void {
    const { id, request, status, triage } = result;
    const passes = status !== undefined && status >= 200 && status < 300 && isPassing(result);
    if (!passes && triage === undefined) return;
    const { method, path } = this.#endpointOf(request);
    const kind = safe.includes(method) ? this.#reading : this.#writing;
    for (const counted of [this.#countedAt(path), this.#all, kind]) counted[passes ? 'passed' : 'refused']++;
    const key = `${method} ${path}`;
    if (passes && !this.#passing.has(key))
      this.#passing.set(key, { id, method, path: request.path, status, credentials: credentialsIn(result) });
  }

  of(result: CaseResult): Siblings {
    const { method, path } = this.#endpointOf(result.request);
    const [same, get] = [this.#passing.get(`${method} ${path}`), this.#passing.get(`GET ${path}`)];
    const atPath = this.#countedAt(path);
    return {
      ...(same !== undefined && { same }),
      ...(get !== undefined && { get }),
      atPath,
      elsewhere: { refused: this.#all.refused - atPath.refused, passed: this.#all.passed - atPath.passed },
      writing: this.#writing,
      reading: this.#reading,
    };
  }

  #countedAt(path: string): Counted {
    const known = this.#paths.get(path) ?? { refused: 0, passed: 0 };
    this.#paths.set(path, known);
    return known;
  }
}

function isPassing({ verdict }: CaseResult): boolean {
  return verdict.kind === 'let-through' || verdict.kind === 'attack-missed';
}

/** By what names a request says who is asking. */
export function credentialsIn({ request }: CaseResult): string {
  const headers = request.headers.filter(
    ([name, value]) => name.toLowerCase() === 'cookie' || isCredential(name, value),
  );
  const names = [...headers, ...request.cookies].map(([name]) => name.toLowerCase());
  return [...new Set(names)].sort().join(' ');
}
