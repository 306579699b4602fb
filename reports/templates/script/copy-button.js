import { button } from './dom.js';

/**
 * A button that copies the text of an element.
 * @param {HTMLElement} source
 * @param {() => string} textOf
 * @param {string} label
 * @returns {HTMLElement}
 */
export function copyButton(source, textOf, label = 'Copy') {
  const node = button(label, async () => {
    const done = (await writeClipboard(textOf())) || copySelection(source);
    node.textContent = done ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => {
      node.textContent = label;
    }, 2000);
  });
  node.setAttribute('aria-live', 'polite');
  return node;
}

/**
 * @param {string} text
 * @returns {Promise<boolean>}
 */
async function writeClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Pages that came over plain HTTP have no clipboard: select the text, so that it can be copied.
 * @param {HTMLElement} source
 * @returns {boolean}
 */
function copySelection(source) {
  getSelection()?.selectAllChildren(source);
  return document.execCommand('copy');
}
