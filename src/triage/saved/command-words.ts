/** The words of a command line, as a shell splits it; by white space alone where its quotes do not close. */
export function wordsOfCommand(text: string): readonly string[] {
  const joined = text.replace(/[\\^`]\r?\n/g, ' ');
  return (isLoose(joined) ? undefined : shellWords(joined)) ?? looseWords(joined);
}

/** A header or a JSON body that begins outside of quotes: they were lost. */
function isLoose(text: string): boolean {
  return / (?:-H|--header) [A-Za-z][\w-]{0,60}:(?: |$)| (?:-d|--data\S{0,12}) [{[]/.test(text);
}

const longestCommand = 200_000;

/** Nothing where a quote does not close, or stands inside a word as it does in prose. */
function shellWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  const piece = /\s+|'([^']*)'|\$'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|\\(.)|[^\s'"\\$]+|\$|(['"])/gsu;
  let word: string | undefined;
  let hasQuotes = false;
  for (const [all, single, ansi, double, escaped, open] of text.slice(0, longestCommand).matchAll(piece)) {
    if (open !== undefined) return undefined;
    if (/^\s/.test(all)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    hasQuotes ||= single !== undefined || ansi !== undefined || double !== undefined;
    word = `${word ?? ''}${single ?? unescaped(ansi) ?? unescaped(double) ?? escaped ?? all}`;
  }
  if (word !== undefined) words.push(word);
  return hasQuotes || !/ -(?:H|d|A|-data\S*|-header) \S+ [^-\s]/.test(text) ? words : undefined;
}

function unescaped(text: string | undefined): string | undefined {
  return text?.replace(/\\(.)/gs, (_, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char);
}

/** A command that has lost its quotes: the value of an option goes on until the next option, or the address at the end. */
function looseWords(text: string): readonly string[] {
  const words: string[] = [];
  for (const word of text.slice(0, longestCommand).trim().split(/\s+/)) {
    const last = words.at(-1);
    const goesOn =
      last !== undefined && words.length > 2 && isOption(words.at(-2)) && !isOption(word) && !/^https?:\/\//.test(word);
    if (goesOn) words[words.length - 1] = `${last} ${word}`;
    else words.push(word);
  }
  return words;
}

function isOption(word: string | undefined): boolean {
  return word !== undefined && /^(?:-[A-Za-z]|--[a-z][a-z\d.-]{1,30})$/.test(word);
}
