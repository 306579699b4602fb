import { element } from './dom.js';

/**
 * Makes text safe to look at: control characters, bidirectional overrides and the like become visible labels.
 * @typedef {(text: string, options?: { readonly lines?: boolean }) => Node[]} ShowText
 */

/**
 * @param {string} pattern source of a regular expression for one character to make visible
 * @returns {ShowText}
 */
export function createShowText(pattern) {
  const inLine = new RegExp(`(${pattern})`, 'u');
  const inLines = new RegExp(`((?![\\n\\t])${pattern})`, 'u');
  return (text, { lines = false } = {}) =>
    text
      .split(lines ? inLines : inLine)
      .map((piece, index) => (index % 2 === 0 ? document.createTextNode(piece) : controlLabel(piece)))
      .filter((node) => node.textContent !== '');
}

const names = new Map([
  ['\0', 'NUL'],
  ['\t', 'TAB'],
  ['\n', 'LF'],
  ['\r', 'CR'],
  ['\u001b', 'ESC'],
  ['\u007f', 'DEL'],
]);

/**
 * @param {string} char
 * @returns {HTMLElement}
 */
function controlLabel(char) {
  const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return element('span', { class: 'control', title: `U+${code}` }, [names.get(char) ?? `U+${code}`]);
}
