import { createHash } from 'node:crypto';
import type { Pair, Part } from '../model/request.js';
import { contentBytes } from './encode-request.js';

/**
 * The boundary between parts: the one in the Content-Type that the case gives, else one in the style of browsers, made
 * from the parts, so that it is the same in every run and occurs in none of them.
 */
export function boundaryFor(parts: readonly Part[], headers: readonly Pair[]): string {
  return givenBoundary(headers) ?? ownBoundary(parts);
}

/** RFC 2046 section 5.1.1: at most 70 of these characters; quotes are needed around some of them. */
const parameter = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i;

function givenBoundary(headers: readonly Pair[]): string | undefined {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const match = type === undefined ? null : parameter.exec(type);
  return match?.[1] ?? match?.[2];
}

function ownBoundary(parts: readonly Part[]): string {
  const hash = createHash('sha256');
  const contents = parts.map(({ content }) => Buffer.from(contentBytes(content)));
  for (const [index, content] of contents.entries())
    hash.update(`${parts[index]?.name}\0${content.length}\0`).update(content);
  const digest = hash.digest();
  for (let attempt = 0; ; attempt++) {
    const boundary = boundaryOf(createHash('sha256').update(digest).update(`${attempt}`).digest('hex'));
    if (!contents.some((content) => content.includes(boundary))) return boundary;
  }
}

function boundaryOf(digest: string): string {
  return `----WafproofFormBoundary${digest.slice(0, 16)}`;
}
