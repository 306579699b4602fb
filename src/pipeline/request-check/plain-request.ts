import { fail } from '../../model/error.js';

/** Keys of names and values, which take what fetch has for them too. */
const pairKeys: readonly string[] = ['query', 'headers', 'cookies', 'form'];
const pairKinds: readonly string[] = ['URLSearchParams', 'Headers', 'FormData', 'Map'];
/** What fetch takes as a body beside text. */
const bodyKinds: readonly string[] = ['URLSearchParams', 'FormData', 'Blob', 'File', 'ReadableStream', 'ArrayBuffer'];

/** Bodies that fetch encodes. */
export type EncodableBody = URLSearchParams | FormData | Blob | ReadableStream | ArrayBuffer;

/** Whether a body is one that fetch encodes. */
export function isEncodable(body: unknown): body is EncodableBody {
  return bodyKinds.includes(kindOf(body));
}

/**
 * The keys of a request as a suite may have them. What would be lost on the way, such as the pairs of an object of a class, is
 * refused: a request without it would pass.
 * @throws WafproofError `SUITE_INVALID`
 */
export function plainRequest(request: unknown): Readonly<Record<string, unknown>> {
  if (!isPlain(request)) {
    const known = 'a Request of fetch, an object with the keys that a suite gives a case, or a case';
    throw invalid(`a request is ${known}, not ${kindOf(request)}; new Request(url) makes one of a URL`);
  }
  return Object.fromEntries(Object.entries(request).map(([key, value]) => [key, taken(key, value)]));
}

function taken(key: string, value: unknown): unknown {
  if (key === 'body' && (isEncodable(value) || value instanceof Uint8Array)) return value;
  if (pairKeys.includes(key) && pairKinds.includes(kindOf(value))) return pairsOf(key, value as Iterable<unknown>);
  refuseClasses(key, value);
  return value;
}

function pairsOf(key: string, pairs: Iterable<unknown>): readonly unknown[] {
  const list = [...pairs];
  for (const pair of list) refuseClasses(key, pair);
  return list;
}

function refuseClasses(key: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return;
  if (!Array.isArray(value) && !isPlain(value))
    throw invalid(`"${key}" holds ${kindOf(value)}, of which a suite can have nothing; write its values down`);
  for (const one of Object.values(value)) refuseClasses(key, one);
}

/** An object of no class, of whatever realm: test runners have some. */
function isPlain(value: unknown): value is object {
  if (kindOf(value) !== 'Object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** `URLSearchParams`, `Map`, `Null`. */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

function invalid(message: string): Error {
  return fail('SUITE_INVALID', { message });
}
