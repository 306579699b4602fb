import type { CapturedRequest } from '../../record/captured-request.js';
import { nameOfTest } from '../../record/name-cases.js';
import { isAsset } from '../../record/recorded-traffic.js';
import { addressForPeople, titleForPeople } from '../../record/without-secrets.js';
import { reasonOf } from '../../util/reason-of.js';
import type { LiveCheck } from './live-check.js';

/** Tells of requests as they go by what a WAF would refuse, of the same kind once. */
export class LiveWatch {
  readonly #live: LiveCheck;
  readonly #tell: (line: string) => void;
  readonly #told = new Set<string>();
  #work: Promise<void> = Promise.resolve();

  constructor(live: LiveCheck, tell: (line: string) => void) {
    this.#live = live;
    this.#tell = tell;
  }

  look(request: CapturedRequest): void {
    if (!isAsset(request)) this.#work = this.#work.then(() => this.#ask(request));
  }

  /** Waits until all have been looked at. */
  end(): Promise<void> {
    return this.#work;
  }

  async #ask(request: CapturedRequest): Promise<void> {
    const { method, url, title = nameOfTest(request) } = request;
    const refusal = await this.#live
      .refusalOf(request)
      .catch((error: unknown) => `no WAF could be asked: ${reasonOf(error)}`);
    if (refusal === undefined) return;
    const shown = titleForPeople(title);
    const of = shown === undefined ? '' : `  ${shown}`;
    const line = `${method} ${addressForPeople(new URL(url).pathname)}${of}: ${refusal}`;
    if (!this.#told.has(line)) this.#tell(line);
    this.#told.add(line);
  }
}
