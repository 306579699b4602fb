import { fitWidth } from '../../util/display-width.js';
import { printable } from '../../util/printable.js';

const maxTextLength = 1000;

/** The beginning of a text, as far as it fits into so many columns, with nothing invisible in it. */
export function fitText(text: string, columns: number): string {
  return fitWidth(printable(text.slice(0, maxTextLength)), columns);
}
