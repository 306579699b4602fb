import { type Certainty, type NamePart, templateOf } from './generated-parts.js';

/** How many values of a part that may be generated prove that it is: two may be two names by chance. */
const proof = 3;

/** What a name or path came to. */
export interface Recognised {
  /** With a placeholder for each part that is generated; the name itself where none is. */
  readonly template: string;
  /** Another part may be generated as well, but too few names are known to tell. */
  readonly isDoubtful: boolean;
}

const doubts: readonly Certainty[] = ['silent', 'several'];

/** Tells what is generated in names of which others are known. */
export function recogniser(known: Iterable<readonly NamePart[]>): (parts: readonly NamePart[]) => Recognised {
  const values = new Map<string, Set<string>>();
  for (const parts of known) {
    for (const most of doubts) note(templateOf(parts, most), doubtfulValues(parts, most), values);
  }
  const isProved = (template: string) => (values.get(template)?.size ?? 0) >= proof;
  return (parts) => {
    const plain = templateOf(parts, 'one');
    const proved = doubts.map((most) => templateOf(parts, most)).find((one) => one !== plain && isProved(one));
    if (proved !== undefined) return { template: proved, isDoubtful: false };
    return { template: plain, isDoubtful: templateOf(parts, 'several') !== plain };
  };
}

function note(template: string, value: string, values: Map<string, Set<string>>): void {
  const seen = values.get(template);
  if (seen === undefined) values.set(template, new Set([value]));
  else if (seen.size < proof) seen.add(value);
}

/** What stands in the parts that are in doubt: others differ from case to case and prove nothing of these. */
function doubtfulValues(parts: readonly NamePart[], most: Certainty): string {
  const inDoubt = parts.filter(({ needs }) => needs === 'several' || (most === 'silent' && needs === 'silent'));
  return JSON.stringify(inDoubt.map(({ text }) => text));
}
