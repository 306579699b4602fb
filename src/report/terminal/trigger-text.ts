import type { ContextPiece, Minimal } from '../../model/minimal.js';
import { displayWidth, fitWidth } from '../../util/display-width.js';
import { printable } from '../../util/printable.js';

const maxPieceLength = 1000;
/** Characters before the trigger that are shown where the line is too narrow for more. */
const shortContext = 8;

/** What makes a rule fire, marked in the text around it: `trigger  …the talk of [[UNION SELECT]] noise…`. */
export function triggerText({ value, context = [{ text: value, isTrigger: true }] }: Minimal, columns: number): string {
  const [first, ...others] = context;
  const text = `trigger  ${context.map(shown).join('')}`;
  if (first === undefined || first.isTrigger || displayWidth(text) <= columns) return fitWidth(text, columns);
  const before = [...first.text].slice(-shortContext).join('');
  const more = before === first.text ? '' : '…';
  return fitWidth(`trigger  ${more}${[{ ...first, text: before }, ...others].map(shown).join('')}`, columns);
}

function shown({ text, isTrigger }: ContextPiece): string {
  const visible = printable(text.slice(0, maxPieceLength));
  return isTrigger ? `[[${visible}]]` : visible;
}
