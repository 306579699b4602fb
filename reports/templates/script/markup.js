/** @typedef {{ readonly createHTML: (text: string) => string }} MarkupPolicy */
/** @typedef {{ readonly createPolicy: (name: string, rules: MarkupPolicy) => MarkupPolicy }} PolicyFactory */

/** @type {PolicyFactory | undefined} */
const factory = Reflect.get(globalThis, 'trustedTypes');
const policy = factory?.createPolicy('wafproof-templates', { createHTML: (text) => text });

/**
 * What the templates rendered when the page was written, as nodes. No other text becomes markup anywhere in this script,
 * and the page's policy lets none of it run.
 * @param {string} rendered
 * @returns {DocumentFragment}
 */
export function fromTemplate(rendered) {
  const parsed = new DOMParser().parseFromString(policy?.createHTML(rendered) ?? rendered, 'text/html');
  const fragment = document.createDocumentFragment();
  fragment.append(...parsed.body.childNodes);
  return fragment;
}

/**
 * Puts what is folded away into the page when it is opened first.
 * @param {(added: ParentNode) => void} onAdd
 */
export function unfoldOnDemand(onAdd) {
  document.addEventListener(
    'toggle',
    ({ target }) => {
      if (!(target instanceof HTMLDetailsElement) || !target.open) return;
      unfold(target);
      onAdd(target);
    },
    { capture: true },
  );
}

/**
 * @param {Element} fold
 */
function unfold(fold) {
  for (const child of fold.children) {
    if (!(child instanceof HTMLTemplateElement)) continue;
    child.replaceWith(child.content);
    return;
  }
}

/**
 * Opens what an element is folded away in.
 * @param {Element} target
 */
export function openAround(target) {
  for (let fold = target.closest('details'); fold !== null; fold = fold.parentElement?.closest('details') ?? null) {
    fold.open = true;
    unfold(fold);
  }
}
