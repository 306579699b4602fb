import type {
  FallbackBehavior,
  FieldToMatch,
  MatchPattern,
  MatchScope,
  OversizeHandling,
} from '../acl/field-to-match.js';
import {
  complete,
  each,
  listIn,
  memberText,
  objectIn,
  onlyKeyOf,
  optionalWordIn,
  quoted,
  strangerIn,
  textIn,
  wordIn,
} from './parts.js';
import { isSourceObject, memberOf, type SourceObject, type SourceValue, Unresolved } from './source-value.js';

export const fallbacks: readonly FallbackBehavior[] = ['MATCH', 'NO_MATCH'];
const oversizes: readonly OversizeHandling[] = ['CONTINUE', 'MATCH', 'NO_MATCH'];
const scopes: readonly MatchScope[] = ['ALL', 'KEY', 'VALUE'];

type FieldReader = (settings: SourceObject) => FieldToMatch | Unresolved;

/** By the key in `FieldToMatch`: its settings, and what they mean. */
const readers: Readonly<Record<string, readonly [settings: readonly string[], read: FieldReader]>> = {
  Method: [[], () => ({ kind: 'method' })],
  UriPath: [[], () => ({ kind: 'uri-path' })],
  QueryString: [[], () => ({ kind: 'query-string' })],
  AllQueryArguments: [[], () => ({ kind: 'all-query-arguments' })],
  SingleHeader: [['Name'], (it) => complete({ kind: 'single-header' as const, name: textIn(it, 'Name') })],
  SingleQueryArgument: [
    ['Name'],
    (it) => complete({ kind: 'single-query-argument' as const, name: textIn(it, 'Name') }),
  ],
  Headers: [['MatchPattern', 'MatchScope', 'OversizeHandling'], (it) => readMany(it, 'headers', 'Headers')],
  Cookies: [['MatchPattern', 'MatchScope', 'OversizeHandling'], (it) => readMany(it, 'cookies', 'Cookies')],
  HeaderOrder: [
    ['OversizeHandling'],
    (it) => complete({ kind: 'header-order' as const, oversize: wordIn(it, 'OversizeHandling', oversizes) }),
  ],
  Body: [['OversizeHandling'], (it) => complete({ kind: 'body' as const, oversize: bodyOversize(it) })],
  JsonBody: [['MatchPattern', 'MatchScope', 'InvalidFallbackBehavior', 'OversizeHandling'], readJsonBody],
  JA3Fingerprint: [['FallbackBehavior'], (it) => complete({ kind: 'ja3' as const, fallback: fallbackOf(it) })],
  JA4Fingerprint: [['FallbackBehavior'], (it) => complete({ kind: 'ja4' as const, fallback: fallbackOf(it) })],
  UriFragment: [
    ['FallbackBehavior'],
    (it) =>
      complete({
        kind: 'uri-fragment' as const,
        fallback: optionalWordIn(it, 'FallbackBehavior', fallbacks) ?? 'NO_MATCH',
      }),
  ],
};

/** Reads `FieldToMatch`. What is not understood is a field of its own kind, `unknown`. */
export function readField(value: SourceValue | undefined): FieldToMatch {
  const field = understand(value);
  return field instanceof Unresolved ? { kind: 'unknown', why: field.why } : field;
}

function understand(value: SourceValue | undefined): FieldToMatch | Unresolved {
  if (value instanceof Unresolved) return value;
  if (!isSourceObject(value)) return new Unresolved('FieldToMatch is missing');
  const key = onlyKeyOf(value, 'FieldToMatch');
  return key instanceof Unresolved ? key : readSettings(key, memberOf(value, key));
}

function readSettings(key: string, settings: SourceValue | undefined): FieldToMatch | Unresolved {
  const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
  if (reader === undefined) return new Unresolved(`the field ${quoted(key)} is not known here`);
  if (settings instanceof Unresolved) return settings;
  if (!isSourceObject(settings)) return new Unresolved(`${key} is no mapping`);
  return strangerIn(settings, reader[0], key) ?? reader[1](settings);
}

/** Names of headers are taken in lower case; those of cookies as they are, because they are compared that way. */
function readMany(settings: SourceObject, kind: 'headers' | 'cookies', names: 'Headers' | 'Cookies') {
  return complete({
    kind,
    pattern: readPattern(settings, names),
    scope: wordIn(settings, 'MatchScope', scopes),
    oversize: wordIn(settings, 'OversizeHandling', oversizes),
  });
}

function readPattern(settings: SourceObject, names: 'Headers' | 'Cookies'): MatchPattern | Unresolved {
  const pattern = objectIn(settings, 'MatchPattern');
  if (pattern instanceof Unresolved) return pattern;
  const key = onlyKeyOf(pattern, 'MatchPattern');
  if (key instanceof Unresolved) return key;
  if (key === 'All') return { kind: 'all' };
  const kind = key === `Included${names}` ? 'included' : key === `Excluded${names}` ? 'excluded' : undefined;
  if (kind === undefined) return new Unresolved(`MatchPattern has ${quoted(key)}, which is not known here`);
  const lower = names === 'Headers';
  return complete({ kind, names: eachText(pattern, key, (name) => (lower ? name.toLowerCase() : name)) });
}

function readJsonBody(settings: SourceObject): FieldToMatch | Unresolved {
  const invalid = optionalWordIn(settings, 'InvalidFallbackBehavior', ['EVALUATE_AS_STRING', ...fallbacks] as const);
  return complete({
    kind: 'json-body' as const,
    pointers: readPointers(settings),
    scope: wordIn(settings, 'MatchScope', scopes),
    ...(invalid !== undefined && { invalid }),
    oversize: bodyOversize(settings),
  });
}

function readPointers(settings: SourceObject): readonly string[] | 'all' | Unresolved {
  const pattern = objectIn(settings, 'MatchPattern');
  if (pattern instanceof Unresolved) return pattern;
  const key = onlyKeyOf(pattern, 'MatchPattern');
  if (key instanceof Unresolved) return key;
  if (key === 'All') return 'all';
  return key === 'IncludedPaths'
    ? eachText(pattern, key, (pointer) => pointer)
    : new Unresolved(`MatchPattern has ${quoted(key)}, which is not known here`);
}

function eachText(object: SourceObject, key: string, take: (text: string) => string): readonly string[] | Unresolved {
  const list = listIn(object, key);
  if (list instanceof Unresolved) return list;
  return each(list, (item) => {
    const text = memberText(item, key);
    return text instanceof Unresolved ? text : take(text);
  });
}

/** What the API does with a body where it is not told: it inspects what it can. */
function bodyOversize(settings: SourceObject): OversizeHandling | Unresolved {
  return optionalWordIn(settings, 'OversizeHandling', oversizes) ?? 'CONTINUE';
}

function fallbackOf(settings: SourceObject): FallbackBehavior | Unresolved {
  return wordIn(settings, 'FallbackBehavior', fallbacks);
}
