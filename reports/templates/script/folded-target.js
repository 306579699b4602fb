/**
 * Opens what the target of the address is folded away in, and goes there: not all browsers do that by themselves. An
 * address with `=` in it is about the list of cases.
 */
export function revealTarget() {
  const id = location.hash.slice(1);
  const target = id === '' || id.includes('=') ? null : document.getElementById(id);
  const folds = target === null ? [] : foldsAround(target);
  for (const fold of folds) fold.open = true;
  if (folds.length > 0) target?.scrollIntoView();
}

/**
 * @param {Element} target
 * @returns {readonly HTMLDetailsElement[]}
 */
function foldsAround(target) {
  const fold = target.closest('details:not([open])');
  if (!(fold instanceof HTMLDetailsElement)) return [];
  return [fold, ...(fold.parentElement === null ? [] : foldsAround(fold.parentElement))];
}
