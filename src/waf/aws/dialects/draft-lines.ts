import type { Draft } from '../../../model/draft.js';
import { type ApiDraft, draftChoice, isChoice } from './api-draft.js';

/** A line of a file; or some of them, each ended, that depend on the choice. */
export type DraftLine = string | Exclude<Draft, string>;

/** Lines as text, each ended. */
export function textOfLines(lines: readonly DraftLine[]): Draft {
  return lines.map((line) => (typeof line === 'string' ? `${line}\n` : line));
}

/** The lines of a value, whichever it is. */
export function chosenLines(value: ApiDraft, linesOf: (value: ApiDraft) => readonly DraftLine[]): readonly DraftLine[] {
  if (!isChoice(value)) return linesOf(value);
  return [[draftChoice(value, (one) => textOfLines(chosenLines(one, linesOf)))]];
}
