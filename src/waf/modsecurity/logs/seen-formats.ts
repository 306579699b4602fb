import { at } from '../../../util/json-tree.js';
import type { NativeEngine } from './boundary.js';
import { parseJsonLine } from './json-value.js';

/** How an engine is called in the name of a log. */
const engines: Readonly<Record<NativeEngine, string>> = {
  v2: 'ModSecurity 2',
  v3: 'ModSecurity 3',
  coraza: 'Coraza',
};

/** Whose error log has an engine's words. */
const errorLogs: Readonly<Record<NativeEngine, string>> = {
  v2: "Apache's error log",
  v3: "nginx's error log",
  coraza: 'error log of Coraza',
};

/** Which formats a stream has shown so far, in words for people. */
export class SeenFormats {
  readonly #formats = new Set<string>();
  #hasJson = false;
  #native: NativeEngine | undefined;

  get names(): readonly string[] {
    return [...this.#formats];
  }

  native(engine: NativeEngine): void {
    if (engine === this.#native) return;
    this.#native = engine;
    this.#formats.add(`${engines[engine]} native audit log`);
  }

  errors(engine: NativeEngine): void {
    this.#formats.add(errorLogs[engine]);
  }

  index(): void {
    this.#formats.add('index of audit log entries');
  }

  /** The line of a JSON audit log from `start` up to `end`. Whose it is, the first one tells. */
  json(bytes: Buffer, start: number, end: number): void {
    if (this.#hasJson) return;
    const engine = engineOfJson(parseJsonLine(bytes.subarray(start, end)));
    if (engine === undefined) return;
    this.#hasJson = true;
    this.#formats.add(`${engines[engine]} JSON audit log`);
  }
}

/** Each engine's entries have keys that the others lack. */
function engineOfJson(value: unknown): NativeEngine | undefined {
  const transaction = at(value, 'transaction');
  if (Array.isArray(at(transaction, 'messages'))) return 'v3';
  if (typeof at(value, 'audit_data') === 'object') return 'v2';
  return typeof at(transaction, 'is_interrupted') === 'boolean' ? 'coraza' : undefined;
}
