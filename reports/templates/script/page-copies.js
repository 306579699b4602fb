import { copyButton } from './copy-button.js';

/**
 * Gives each text of configuration a button that copies it: the shown text, or the whole file as it was written.
 * @param {readonly string[]} files
 */
export function addCopyButtons(files) {
  for (const shown of document.querySelectorAll('pre[data-copy]')) {
    if (!(shown instanceof HTMLElement)) continue;
    const text = files[Number(shown.dataset['copy'])] ?? shown.textContent ?? '';
    shown.after(copyButton(shown, text));
  }
}
