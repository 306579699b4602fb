import type { ContextPiece } from '../model/minimal.js';
import type { TextRange } from './pieces.js';

/** Characters that are shown of the text before and after what matters, and on either side of a gap. */
const aside = 24;

/** What matters of a text, with a little of what stands around it. */
export function showInContext(text: string, ranges: readonly TextRange[]): readonly ContextPiece[] {
  const pieces: ContextPiece[] = [];
  let done = 0;
  for (const [index, [start, end]] of ranges.entries()) {
    const between = text.slice(done, start);
    const trigger = text.slice(start, end);
    // White space that a trigger ends with looks better behind it.
    const marked = trigger.trimEnd() || trigger;
    pieces.push({ text: index === 0 ? endOf(between) : middleOf(between), isTrigger: false });
    pieces.push({ text: marked, isTrigger: true });
    done = start + marked.length;
  }
  pieces.push({ text: startOf(text.slice(done)), isTrigger: false });
  return pieces.filter((piece) => piece.text !== '');
}

function startOf(text: string): string {
  return text.length <= aside ? text : `${whole(text.slice(0, aside))}…`;
}

function endOf(text: string): string {
  return text.length <= aside ? text : `…${whole(text.slice(-aside))}`;
}

function middleOf(text: string): string {
  return text.length <= 2 * aside ? text : `${whole(text.slice(0, aside))}…${whole(text.slice(-aside))}`;
}

/** Without the half of a character that a cut may leave at either end. */
function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
