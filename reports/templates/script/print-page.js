import { element } from './dom.js';

const mostCharacters = 30_000;

/**
 * What paper has instead of lists that fold and scroll: all exclusions in a table, and the text of the configuration.
 * @param {import('./page-copies.js').Configurations} configurations
 * @param {import('./visible-text.js').ShowText} showText
 */
export function preparePrint(configurations, showText) {
  const template = document.getElementById('printed');
  if (!(template instanceof HTMLTemplateElement)) return;
  /** @type {readonly Element[]} */
  let shown = [];
  addEventListener('beforeprint', () => {
    const table = [...document.importNode(template.content, true).children];
    shown = [...table, ...configuration(configurations, showText)];
    template.after(...shown);
  });
  addEventListener('afterprint', () => {
    for (const one of shown) one.remove();
  });
}

/**
 * @param {import('./page-copies.js').Configurations} configurations
 * @param {import('./visible-text.js').ShowText} showText
 * @returns {readonly Element[]}
 */
function configuration(configurations, showText) {
  return configurations.texts().flatMap(({ name, text }) => {
    if (text.trim() === '') return [];
    const rest = text.length > mostCharacters ? [element('p', {}, ['The rest is in the file.'])] : [];
    return [
      element('section', { class: 'printed' }, [
        element('h2', {}, [name]),
        element('pre', {}, showText(text.slice(0, mostCharacters), { lines: true })),
        ...rest,
      ]),
    ];
  });
}
