import { copyButton } from './copy-button.js';

/**
 * Gives each text of configuration a button that copies it.
 * @param {ParentNode} parent
 */
export function addCopyButtons(parent) {
  for (const shown of parent.querySelectorAll('pre[data-copy="shown"]')) {
    if (!(shown instanceof HTMLElement)) continue;
    shown.removeAttribute('data-copy');
    shown.after(copyButton(shown, () => shown.textContent ?? ''));
  }
}

const shownLength = 400_000;

/**
 * Shows a whole file when it is opened; the button copies it as it was written.
 * @param {readonly string[]} files
 * @param {import('./visible-text.js').ShowText} showText
 */
export function fillConfigurations(files, showText) {
  for (const shown of document.querySelectorAll('pre[data-file]')) {
    if (!(shown instanceof HTMLElement)) continue;
    const text = files[Number(shown.dataset['file'])] ?? '';
    shown.after(copyButton(shown, () => text));
    const fill = () => shown.replaceChildren(...showText(text.slice(0, shownLength), { lines: true }));
    const fold = shown.closest('details');
    if (fold === null || fold.open) fill();
    else fold.addEventListener('toggle', fill, { once: true });
  }
}
