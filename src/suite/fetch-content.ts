import { type Problem, problem } from '../model/error.js';
import type { Content } from '../model/request.js';
import { contentOf } from '../request/content-of.js';
import { readBytes } from '../util/read-file.js';
import { fitsHeader } from './header-text.js';
import type { ValueSource } from './request-plan.js';
import type { Slot } from './source-uses.js';

/** The largest file that a request may carry. */
const maxFile = 64 * 1024 * 1024;

export type FileSource = Extract<ValueSource, { readonly kind: 'file' }>;

/** What a file holds, or why it cannot be sent. */
export type FetchedFile =
  | { readonly kind: 'content'; readonly content: Content }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Reads a file that a request carries. */
export async function fetchFile({ path, shown, at }: FileSource): Promise<FetchedFile> {
  const file = await readBytes(path, maxFile);
  switch (file.kind) {
    case 'read':
      return { kind: 'content', content: contentOf(file.bytes) };
    case 'missing':
      return { kind: 'problem', problem: problem('FILE_MISSING', { path: shown }, at) };
    case 'too-large':
      return {
        kind: 'problem',
        problem: problem('FILE_TOO_LARGE', { path: shown, bytes: file.bytes, limit: maxFile }, at),
      };
    case 'unreadable':
      return { kind: 'problem', problem: problem('FILE_UNREADABLE', { path: shown, reason: file.reason }, at) };
  }
}

/** Why content cannot stand where a request has it; nothing where it can. */
export function misfit(content: Content, slot: Slot, source: ValueSource): readonly Problem[] {
  if (slot === 'bytes') return [];
  if (!('text' in content)) return [notText(source)];
  return slot === 'text' || fitsHeader(content.text)
    ? []
    : [problem('SUITE_INVALID', { message: headerAdvice }, source.at)];
}

/** The problem of bytes that stand where only text can be sent. */
export function notText(source: ValueSource): Problem {
  if (source.kind === 'file') return problem('FILE_NOT_TEXT', { path: source.shown }, source.at);
  const message =
    'the bytes after !base64 are not UTF-8 text, and only a body or a part of a multipart body can carry bytes';
  return problem('SUITE_INVALID', { message }, source.at);
}

const headerAdvice = 'the value of a header or cookie cannot hold a line break or a NUL; send it in a body';
