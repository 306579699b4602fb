import { escapePattern, hasPlaceholder, placeholderPattern, withOtherParts } from './placeholders.js';

const anySegment = '[^/]+';
const wholeSegment = /^\{[A-Za-z][\w-]{0,40}\}$/;

/** Whether a path has placeholders in it, such as `/tickets/{number}` or `/files/{name}`. */
export function isTemplate(path: string): boolean {
  return path.split('/').some((segment) => wholeSegment.test(segment) || hasPlaceholder(segment));
}

/**
 * A template as the source of a regular expression, without anchors. A placeholder of another name than those of generated
 * parts is one segment of any text.
 * @param literal spells text that is no placeholder
 */
export function templatePattern(path: string, literal: (text: string) => string): string {
  const segmentPattern = (segment: string) =>
    wholeSegment.test(segment) && !hasPlaceholder(segment) ? anySegment : placeholderPattern(segment, literal);
  return path.split('/').map(segmentPattern).join(literal('/'));
}

/** Whether a path, without query, is one that the template or plain path stands for. */
export function matchesPath(template: string, path: string): boolean {
  return pathMatcher(template)(path);
}

/** The same, for a template that many paths are held against. */
export function pathMatcher(template: string): (path: string) => boolean {
  if (!isTemplate(template)) return (path) => template === path;
  const expression = new RegExp(`^${templatePattern(template, escapePattern)}$`, 's');
  return (path) => expression.test(path);
}

/** The path with other generated parts, as far as a template says what is generated in it. */
export function withOtherSegments(template: string, path: string, other: Parameters<typeof withOtherParts>[2]): string {
  const own = path.split('/');
  if (!matchesPath(template, path)) return path;
  return template
    .split('/')
    .map((segment, i) => withOtherParts(segment, own[i] ?? '', other) ?? own[i] ?? '')
    .join('/');
}
