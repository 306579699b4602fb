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
 * The files of configuration, as they were written or for the exclusions that are accepted.
 * @typedef {object} Configurations
 * @property {(files: ReadonlyMap<string, string> | undefined) => void} show files by name in the place of those that were written
 * @property {() => readonly { readonly name: string, readonly text: string }[]} texts what is shown now
 */

/**
 * Shows a whole file when it is opened; the button copies it as it was written.
 * @param {readonly string[]} written
 * @param {import('./visible-text.js').ShowText} showText
 * @returns {Configurations}
 */
export function createConfigurations(written, showText) {
  const hint = document.getElementById('configuration-hint');
  const usual = hint?.textContent ?? '';
  const files = [...document.querySelectorAll('pre[data-file]')].flatMap((shown) =>
    shown instanceof HTMLElement ? [createFile(shown, written[Number(shown.dataset['file'])] ?? '', showText)] : [],
  );
  return {
    show: (chosen) => {
      for (const file of files) file.show(chosen?.get(file.name));
      if (hint !== null)
        hint.textContent = chosen === undefined ? usual : 'For the exclusions that you accept, and for no others.';
    },
    texts: () => files.map(({ name, text }) => ({ name, text: text() })),
  };
}

/**
 * @param {HTMLElement} shown
 * @param {string} written
 * @param {import('./visible-text.js').ShowText} showText
 */
function createFile(shown, written, showText) {
  let text = written;
  let isFilled = false;
  const fold = shown.closest('details');
  const extent = fold?.querySelector('.count') ?? null;
  const fill = () => {
    isFilled = true;
    shown.replaceChildren(...showText(text.slice(0, shownLength), { lines: true }));
  };
  shown.after(copyButton(shown, () => text));
  if (fold === null || fold.open) fill();
  else fold.addEventListener('toggle', fill, { once: true });
  return {
    name: shown.getAttribute('aria-label') ?? '',
    text: () => text,
    /** @param {string | undefined} chosen */
    show: (chosen) => {
      text = chosen ?? written;
      if (isFilled) fill();
      if (extent !== null) extent.textContent = lineCount(text);
    },
  };
}

/** @param {string} text */
function lineCount(text) {
  const lines = text.replace(/\n$/, '').split('\n').length;
  return `${lines.toLocaleString('en-US')} ${lines === 1 ? 'line' : 'lines'}`;
}
