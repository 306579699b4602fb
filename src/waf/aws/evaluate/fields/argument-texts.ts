import { urlDecode } from '../transform/url.js';
import { type Argument, preParsed, readArguments } from './query-arguments.js';
import { type Inspected, noTexts } from './texts.js';

const encoded = 'AWS does not say whether names of arguments are decoded';
const bare = 'an argument has no "=", and AWS does not say whether it has a value';

/**
 * The values of arguments of the query string; names are not inspected.
 * @param name of the one that is meant, whatever its case
 */
export function argumentTexts(
  query: string | undefined,
  name: string | undefined,
  preParse: readonly string[],
): Inspected {
  if (query === undefined) return noTexts;
  const text = preParsed(query, preParse);
  if (text === undefined) return unknownStep(preParse);
  const read = readArguments(text);
  const wanted = name === undefined ? undefined : Buffer.from(name.toLowerCase()).toString('latin1');
  const named = wanted === undefined ? read : read.filter((one) => one.name.toLowerCase() === wanted);
  const other = wanted === undefined ? [] : read.filter((one) => isEncoded(one, wanted));
  const maybe = [...named.filter(({ isBare }) => isBare), ...other];
  return {
    sure: named.flatMap(({ isBare, value }) => (isBare ? [] : [value])),
    maybe: maybe.map(({ value }) => value),
    why: other.length > 0 ? encoded : bare,
  };
}

function isEncoded({ name }: Argument, wanted: string): boolean {
  return name.toLowerCase() !== wanted && urlDecode(name).toLowerCase() === wanted;
}

function unknownStep(preParse: readonly string[]): Inspected {
  const why = `a transformation before parsing is not known here (${preParse.join(', ')})`;
  return { kind: 'unknown', undecided: { statement: 'the arguments of the query string', why } };
}
