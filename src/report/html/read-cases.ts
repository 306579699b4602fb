import { type BriefCase, type BriefTables, unfoldCase } from './brief-case.js';
import type { PackedCase } from './packed-case.js';
import { sharedPieces, unshare } from './shared-texts.js';

/** What the cases of a page share. */
export interface SharedByCases {
  readonly tables: BriefTables;
  readonly pieces: readonly string[];
}

/** A case as a page has it: brief, or what is shown of one that is too long. */
type WrittenCase = BriefCase | Extract<PackedCase, { readonly kind: 'viewed' }>;

/** Reads what `CasePacker.shared` wrote. */
export function openShared(text: string): SharedByCases {
  const end = text.indexOf('\n');
  return { tables: JSON.parse(text.slice(0, end)), pieces: sharedPieces(text.slice(end + 1)) };
}

/** Reads a chunk of cases. */
export function readChunk(text: string, { tables, pieces }: SharedByCases): readonly PackedCase[] {
  const written: readonly WrittenCase[] = JSON.parse(unshare(text, pieces));
  return written.map((one) => ('kind' in one ? one : unfoldCase(one, tables)));
}
