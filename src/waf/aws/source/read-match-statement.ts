import type { AclStatement, ComparisonOperator, ForwardedIp, PositionalConstraint } from '../acl/statement.js';
import {
  complete,
  each,
  listIn,
  memberText,
  numberIn,
  optionalObjectIn,
  optionalWordIn,
  quoted,
  textIn,
  wholeNumber,
  wordIn,
} from './parts.js';
import { fallbacks } from './read-field.js';
import { inspectionKeys, readInspection } from './read-inspection.js';
import { type SearchEncoding, searchBytes } from './search-string.js';
import { memberOf, type SourceObject, Unresolved } from './source-value.js';

const positions: readonly PositionalConstraint[] = ['EXACTLY', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'CONTAINS_WORD'];
const comparisons: readonly ComparisonOperator[] = ['EQ', 'NE', 'LE', 'LT', 'GE', 'GT'];

interface MatchReader {
  /** All that may be in the statement: with anything else it means something that is not known here. */
  readonly keys: readonly string[];
  readonly read: (body: SourceObject, encoding: SearchEncoding) => AclStatement | Unresolved;
}

/** The statements that hold no others, by their keys. */
export const matchReaders: Readonly<Record<string, MatchReader>> = {
  ByteMatchStatement: {
    keys: [...inspectionKeys, 'SearchString', 'SearchStringBase64', 'PositionalConstraint'],
    read: (body, encoding) =>
      complete({
        kind: 'byte-match' as const,
        search: readSearch(body, encoding),
        position: wordIn(body, 'PositionalConstraint', positions),
        inspect: readInspection(body),
      }),
  },
  RegexMatchStatement: {
    keys: [...inspectionKeys, 'RegexString'],
    read: (body) =>
      complete({ kind: 'regex-match' as const, pattern: textIn(body, 'RegexString'), inspect: readInspection(body) }),
  },
  RegexPatternSetReferenceStatement: {
    keys: [...inspectionKeys, 'ARN'],
    read: (body) => complete({ kind: 'regex-set' as const, ref: readRef(body), inspect: readInspection(body) }),
  },
  SizeConstraintStatement: {
    keys: [...inspectionKeys, 'ComparisonOperator', 'Size'],
    read: (body) =>
      complete({
        kind: 'size' as const,
        comparison: wordIn(body, 'ComparisonOperator', comparisons),
        size: numberIn(body, 'Size'),
        inspect: readInspection(body),
      }),
  },
  SqliMatchStatement: {
    keys: [...inspectionKeys, 'SensitivityLevel'],
    read: (body) =>
      complete({
        kind: 'sqli' as const,
        sensitivity: optionalWordIn(body, 'SensitivityLevel', ['LOW', 'HIGH'] as const) ?? ('LOW' as const),
        inspect: readInspection(body),
      }),
  },
  XssMatchStatement: {
    keys: inspectionKeys,
    read: (body) => complete({ kind: 'xss' as const, inspect: readInspection(body) }),
  },
  GeoMatchStatement: {
    keys: ['CountryCodes', 'ForwardedIPConfig'],
    read: (body) =>
      complete({ kind: 'geo' as const, countries: readCountries(body), ...readForwarded(body, 'ForwardedIPConfig') }),
  },
  AsnMatchStatement: {
    keys: ['AsnList', 'ForwardedIPConfig'],
    read: (body) =>
      complete({ kind: 'asn' as const, numbers: readNumbers(body), ...readForwarded(body, 'ForwardedIPConfig') }),
  },
  IPSetReferenceStatement: {
    keys: ['ARN', 'IPSetForwardedIPConfig'],
    read: (body) =>
      complete({ kind: 'ip-set' as const, ref: readRef(body), ...readForwarded(body, 'IPSetForwardedIPConfig') }),
  },
  LabelMatchStatement: {
    keys: ['Scope', 'Key'],
    read: (body) =>
      complete({
        kind: 'label' as const,
        scope: wordIn(body, 'Scope', ['LABEL', 'NAMESPACE'] as const),
        key: textIn(body, 'Key'),
      }),
  },
};

/** The ARN that a statement refers to; where the source has an expression instead, that stands for it. */
export function readRef(body: SourceObject): string | Unresolved {
  const value = memberOf(body, 'ARN');
  return value instanceof Unresolved ? (value.text ?? value) : textIn(body, 'ARN');
}

function readSearch(body: SourceObject, encoding: SearchEncoding): Uint8Array | Unresolved {
  const isBase64 = memberOf(body, 'SearchStringBase64') !== undefined;
  if (isBase64 && memberOf(body, 'SearchString') !== undefined) {
    return new Unresolved('SearchString and SearchStringBase64 are both there, and only one can be');
  }
  const text = textIn(body, isBase64 ? 'SearchStringBase64' : 'SearchString');
  return text instanceof Unresolved ? text : searchBytes(text, isBase64 ? 'base64' : encoding);
}

export function readForwarded(body: SourceObject, key: string): { readonly forwarded?: ForwardedIp | Unresolved } {
  const config = optionalObjectIn(body, key);
  if (config === undefined) return {};
  if (config instanceof Unresolved) return { forwarded: config };
  const position = optionalWordIn(config, 'Position', ['FIRST', 'LAST', 'ANY'] as const);
  return {
    forwarded: complete({
      header: textIn(config, 'HeaderName'),
      fallback: wordIn(config, 'FallbackBehavior', fallbacks),
      ...(position !== undefined && { position }),
    }),
  };
}

function readCountries(body: SourceObject): readonly string[] | Unresolved {
  const list = listIn(body, 'CountryCodes');
  return list instanceof Unresolved ? list : each(list, (item) => memberText(item, 'CountryCodes'));
}

function readNumbers(body: SourceObject): readonly number[] | Unresolved {
  const list = listIn(body, 'AsnList');
  return list instanceof Unresolved
    ? list
    : each(list, (item) => wholeNumber(item, `an entry of ${quoted('AsnList')}`));
}
