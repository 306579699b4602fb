/** An option of a command line, or a word that is none. */
export interface GivenOption {
  /** Its long name; empty for a word that is no option. */
  readonly name: string;
  readonly value: string;
}

/** The options of a program. */
export interface OptionTable {
  /** Long names of those that take a value. */
  readonly valued: ReadonlySet<string>;
  /** The long names of letters. */
  readonly short: Readonly<Record<string, string>>;
}

/** Reads words as getopt of GNU and argparse do: `--name=value`, `--name value`, `-n value`, `-nvalue`, letters stuck together. */
export function givenOptions(words: readonly string[], { valued, short }: OptionTable): readonly GivenOption[] {
  const options: GivenOption[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '--') return [...options, ...words.slice(i + 1).map((value) => ({ name: '', value }))];
    const [, long, inline] = /^--([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (long !== undefined) options.push({ name: long, value: inline ?? (valued.has(long) ? (words[++i] ?? '') : '') });
    else if (!/^-./s.test(word)) options.push({ name: '', value: word });
    else options.push(...letters(word.slice(1), () => words[++i] ?? ''));
  }
  return options;

  function letters(all: string, next: () => string): readonly GivenOption[] {
    const found: GivenOption[] = [];
    for (let i = 0; i < all.length; i++) {
      const name = short[all[i] ?? ''] ?? all[i] ?? '';
      if (valued.has(name)) return [...found, { name, value: i + 1 < all.length ? all.slice(i + 1) : next() }];
      found.push({ name, value: '' });
    }
    return found;
  }
}
