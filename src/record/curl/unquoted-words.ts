const longestCommand = 200_000;

/** The words of a command that has lost its quotes, as those of logs and tables have; nothing where it has them. */
export function unquotedWords(text: string): readonly string[] | undefined {
  const joined = text.replace(/[\\^`]\r?\n/g, ' ');
  return isUnquoted(joined) ? looseWords(joined) : undefined;
}

/** A header or a JSON body begins outside of quotes, a value goes on after a blank, or a quote stands inside a word. */
function isUnquoted(text: string): boolean {
  if (/ (?:-H|--header) [A-Za-z][\w-]{0,60}:(?: |$)| (?:-d|--data\S{0,12}) [{[]/.test(text)) return true;
  if (!/['"]/.test(text))
    return / -(?:H|d|A|-data\S{0,12}|-header) \S+ [^-\s]/.test(text.replace(/ https?:\/\/\S+\s*$/, ''));
  return !closes(text);
}

/** Whether each quote has its other half, as a shell reads them. */
function closes(text: string): boolean {
  const rest = text.slice(0, longestCommand).replace(/\\.|'[^']*'|"(?:[^"\\]|\\.)*"/gs, '');
  return !/['"]/.test(rest);
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
