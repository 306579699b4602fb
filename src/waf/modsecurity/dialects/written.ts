import type { Written } from '../../../contract/dialect.js';
import { type Drafted, writtenFrom } from '../../../exclude/written-draft.js';
import { keysIn } from './draft-keys.js';
import type { RuleNotes } from './rule-dialect.js';
import { numberingOf } from './rule-id-range.js';

/** The files of all exclusions, in which rules have numbers from the first free one on. */
export function writtenOf(drafted: Omit<Drafted, 'numbers'>, { firstId }: RuleNotes): Written {
  const numbers = numberingOf(keysIn(drafted.files.map(({ text }) => text)), firstId);
  return writtenFrom({ ...drafted, numbers });
}
