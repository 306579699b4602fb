import { mapConcurrently } from '../util/concurrency.js';

const atOnce = 64;

/**
 * What `ask` says of each item, in the order of the items; many are asked at once.
 * @param step called at each answer
 */
export async function evaluateAll<T, R>(
  items: readonly T[],
  ask: (item: T) => Promise<R>,
  step: () => void = () => undefined,
): Promise<readonly R[]> {
  const answers: { readonly index: number; readonly answer: R }[] = [];
  const askOne = async ([index, item]: readonly [number, T]) => ({ index, answer: await ask(item) });
  for await (const answer of mapConcurrently([...items.entries()], atOnce, askOne)) {
    answers.push(answer);
    step();
  }
  return answers.sort((a, b) => a.index - b.index).map(({ answer }) => answer);
}
