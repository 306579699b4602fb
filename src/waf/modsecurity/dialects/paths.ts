import { isTemplate, templatePattern } from '../../../model/path-template.js';
import { bytePattern, characterPattern } from './patterns.js';
import type { EngineName } from './rule-dialect.js';

/** A path of which every engine sees the same and no configuration reads anything else. */
const plainPath = /^[\w/.~-]+$/;

/** The condition on `REQUEST_FILENAME` that only a path, or the paths of a template, fulfil. */
export function pathCondition(path: string, engines: readonly EngineName[]): string {
  if (plainPath.test(path)) return `@streq ${path}`;
  const spelled = [...new Set(engines.map((engine) => enginePattern(path, engine)))];
  return spelled.length === 1 ? `@rx \\A${spelled[0]}\\z` : `@rx \\A(?:${spelled.join('|')})\\z`;
}

/** `REQUEST_FILENAME` is percent-decoded in libmodsecurity 3 and Coraza, and as it was sent in mod_security2. */
function enginePattern(path: string, engine: EngineName): string {
  if (engine === 'modsecurity2') return pathPattern(path, toBytes);
  if (engine === 'modsecurity3') return pathPattern(untilQuestion(path), decodePath);
  return patternOf(path, (literal) => {
    const text = utf8Text(decodePath(literal));
    return text === undefined
      ? bytePattern(decodePath(literal))
      : characterPattern(text, /[\w/~-]/).replaceAll('\\x2e', '\\.');
  });
}

/** libmodsecurity 3 decodes the target before it looks for the query, so `%3f` ends the path as `?` does. */
function untilQuestion(path: string): string {
  const at = path.search(/%3f/i);
  return at < 0 ? path : path.slice(0, at);
}

/**
 * A path or template as a regular expression without anchors.
 * @param bytesOf what a literal part of it is when it is compared, one character a byte
 */
export function pathPattern(path: string, bytesOf: (literal: string) => string): string {
  return patternOf(path, (literal) => bytePattern(bytesOf(literal)));
}

function patternOf(path: string, spell: (literal: string) => string): string {
  return isTemplate(path) ? templatePattern(path, spell) : spell(path);
}

/** The bytes of a path, one a character, with `%41` as `A`. */
export function decodePath(path: string): string {
  return toBytes(path).replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function toBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** The text that bytes are; nothing where they are none. */
export function utf8Text(bytes: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return undefined;
  }
}

/** Whether a server that joins slashes and resolves dots, before it looks for a location, leaves a path as it is. */
export function isNormalised(bytes: string): boolean {
  return bytes.startsWith('/') && !/\/\/|\/\.{1,2}(?:\/|$)|\0/.test(bytes);
}
