import type { Secret } from '../../model/case.js';
import type { Pair } from '../../model/request.js';
import type { SessionOptions, SessionPair, SessionPart, SessionText } from '../../model/session-options.js';

/** The values of a session that are known so far. */
export type KnownValues = ReadonlyMap<string, string>;

/** The text that is sent; `undefined` where a value of the session is not known. */
function sentText(text: SessionText, values: KnownValues): string | undefined {
  const parts = partsOf(text).map((part) => partText(part, values));
  return parts.some((part) => part === undefined) ? undefined : parts.join(' ');
}

/** Such pairs as they are sent, and the values that are not known. */
export function sentPairs(pairs: readonly SessionPair[], values: KnownValues) {
  const known = pairs.map(([name, text]): Pair => [name, sentText(text, values) ?? '']);
  return { known, unknown: pairs.flatMap(([, text]) => sessionNamesIn(text)).filter((name) => !values.has(name)) };
}

/** The values of the session that a text has in it. */
export function sessionNamesIn(text: SessionText): readonly string[] {
  return partsOf(text).flatMap((part) => (typeof part === 'object' && 'session' in part ? [part.session] : []));
}

/** What a session is opened with and must not leave the process. */
export function openingSecrets({ steps = [], headers = [] }: SessionOptions): readonly Secret[] {
  const texts = steps.flatMap((step) => [
    ...(step.headers ?? []).map(([, text]) => text),
    ...('fill' in step ? step.fill.map(([, text]) => text) : []),
    ...('form' in step ? (step.form ?? []).map(([, text]) => text) : []),
    ...('jsonValues' in step ? (step.jsonValues ?? []).map(({ value }) => value) : []),
  ]);
  return [...texts, ...headers.map(([, text]) => text)].flatMap(partsOf).filter(isSecret);
}

function isSecret(part: SessionPart): part is Secret {
  return typeof part === 'object' && 'value' in part;
}

function partsOf(text: SessionText): readonly SessionPart[] {
  return Array.isArray(text) ? text : [text as SessionPart];
}

function partText(part: SessionPart, values: KnownValues): string | undefined {
  if (typeof part === 'string') return part;
  return 'session' in part ? values.get(part.session) : part.value;
}
