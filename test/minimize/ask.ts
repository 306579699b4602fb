/** Runs a search against a predicate in the same process. */
export function ask<C, R>(
  search: Generator<C, R, boolean>,
  fires: (candidate: C) => boolean,
): { readonly result: R; readonly asked: readonly C[] } {
  const asked: C[] = [];
  let step = search.next();
  while (step.done !== true) {
    asked.push(step.value);
    step = search.next(fires(step.value));
  }
  return { result: step.value, asked };
}
