import { seededRandom } from '../util/random.js';

/**
 * Decides, value after value, which `take` of `total` values are in a sample; the same seed decides the same. Needs no
 * memory and keeps the order (selection sampling, Knuth, TAOCP volume 2, section 3.4.2, algorithm S).
 */
export function sequentialSample(total: number, take: number, seed: number): () => boolean {
  const random = seededRandom(seed);
  let seen = 0;
  let taken = 0;
  return () => {
    const chosen = take >= total || random() * (total - seen) < take - taken;
    seen++;
    if (chosen) taken++;
    return chosen;
  };
}
