import { printable } from '../../util/printable.js';
import { formatCount } from '../run-texts.js';

const maxText = 300;
const maxSentence = 1000;

/** A text and an address within the page. */
export interface PageLink {
  readonly text: string;
  readonly link: string;
}

/** A case and its address within the page. */
export function caseLink(id: string): PageLink {
  return { text: shownText(id), link: pageAddress('case', id) };
}

/** `#case=comments%2Fnames%231`: the script of the page reads the same. */
export function pageAddress(key: 'case' | 'finding' | 'q', value: string): string {
  return `#${new URLSearchParams([[key, value]])}`;
}

/** A text as the page shows it: its beginning, with nothing invisible in it. */
export function shownText(text: string): string {
  return beginning(text, maxText);
}

/** The same of what is written to be read to its end. */
export function shownSentence(text: string): string {
  return beginning(text, maxSentence);
}

function beginning(text: string, most: number): string {
  return printable(text.length > most ? `${text.slice(0, most)}…` : text);
}

/** How many are beyond a limit; nothing where none is. */
export function countOver(length: number, limit: number): string {
  return length > limit ? formatCount(length - limit) : '';
}
