/** The 97.5th percentile of the normal distribution: 95 % lie within it on both sides. */
const z = 1.959964;

/**
 * Where the true share lies with a confidence of 95 %, when `hits` of `tries` were seen: Wilson's score interval, which
 * holds for few tries and for shares of 0 and 1 too (Wilson, 1927, Journal of the American Statistical Association 22).
 */
export function wilsonInterval(hits: number, tries: number): { readonly low: number; readonly high: number } {
  if (tries === 0) return { low: 0, high: 1 };
  const share = hits / tries;
  const scale = 1 + z ** 2 / tries;
  const centre = (share + z ** 2 / (2 * tries)) / scale;
  const half = (z * Math.sqrt((share * (1 - share)) / tries + z ** 2 / (4 * tries ** 2))) / scale;
  return { low: hits === 0 ? 0 : centre - half, high: hits === tries ? 1 : centre + half };
}
