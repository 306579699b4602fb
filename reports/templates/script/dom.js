// The only place that makes elements. Data becomes text nodes and plain attributes, never markup.

/**
 * @param {string} tag
 * @param {Readonly<Record<string, string>>} attributes
 * @param {readonly (Node | string)[]} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, children = []) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/**
 * An element of the template, by its id.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function byId(id, type) {
  const node = document.getElementById(id);
  if (node instanceof type) return node;
  throw new Error(`The page has no ${type.name} "${id}"`);
}

/**
 * @param {string} label
 * @param {() => void} action
 * @returns {HTMLElement}
 */
export function button(label, action) {
  const node = element('button', { type: 'button', class: 'button' }, [label]);
  node.addEventListener('click', action);
  return node;
}
