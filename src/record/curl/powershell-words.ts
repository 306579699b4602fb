import { PowerShellReader } from './powershell-reader.js';
import { escaped, expanded, readString } from './powershell-string.js';
import { type Variables, valueText, variableValue } from './powershell-value.js';

/** The words behind a program. */
export interface ProgramWords {
  readonly words: readonly string[];
  /** Why they are not known. */
  readonly unknown?: string;
  readonly end: number;
}

/** Backticks at the ends of lines, and the prompt of a console that goes on. */
export const goesOn = /(?:[ \t]|`\r?\n(?:>>[ \t]?)?)*/y;

/** Reads the words of a command that is a program, such as `curl.exe`, up to the end of its statement. */
export function programWords(text: string, from: number, variables: Variables): ProgramWords {
  const words: string[] = [];
  let unknown: string | undefined;
  let at = from;
  for (;;) {
    goesOn.lastIndex = at;
    at += goesOn.exec(text)?.[0].length ?? 0;
    if (at >= text.length || /[\r\n;|&)}>]/.test(text[at] ?? '') || /^(?:[12*]>|#)/.test(text.slice(at, at + 2))) break;
    const word = splatted(text, at, variables) ?? oneWord(text, at, variables);
    at = Math.max(word.end, at + 1);
    if (word.texts === undefined) unknown ??= `a program would have to run to tell what is sent (PowerShell)`;
    else words.push(...word.texts.map(asProgram));
  }
  return { words, ...(unknown !== undefined && { unknown }), end: at };
}

interface Word {
  /** Nothing where a program would have to run to tell. */
  readonly texts?: readonly string[];
  readonly end: number;
}

/** `@words` stands for the elements of `$words`. */
function splatted(text: string, at: number, variables: Variables): Word | undefined {
  const name = /^@([A-Za-z_]\w*)(?=[\s;|)]|$)/.exec(text.slice(at, at + 100));
  const list = name === null ? undefined : variableValue(name[1] ?? '', variables);
  return name === null || list?.kind !== 'list' ? undefined : ofTexts(list.items.map(valueText), at + name[0].length);
}

function oneWord(text: string, at: number, variables: Variables): Word {
  const reader = new PowerShellReader(text, at, variables);
  if (/^["'$(]|^@["'({]/.test(text.slice(at, at + 2)) && !/^\$\w+[\w$/.:-]*[^\s;|\w]/.test(text.slice(at, at + 100))) {
    const value = reader.argument();
    return ofTexts(value.kind === 'list' ? value.items.map(valueText) : [valueText(value)], reader.at);
  }
  return bareWord(text, at, variables);
}

function ofTexts(texts: readonly (string | undefined)[], end: number): Word {
  const known = texts.filter((one) => one !== undefined);
  return known.length === texts.length ? { texts: known, end } : { end };
}

/** Characters up to a blank; strings and variables in it are what they stand for. */
function bareWord(text: string, from: number, variables: Variables): Word {
  let word: string | undefined = '';
  let at = from;
  while (at < text.length && !/[\s;|)}]/.test(text[at] ?? '')) {
    const char = text[at] ?? '';
    const piece =
      char === '`'
        ? escaped(text, at)
        : char === '$'
          ? expanded(text, at, variables)
          : (readString(text, at, variables) ?? { text: char, end: at + 1 });
    word = word === undefined || piece.text === undefined ? undefined : word + piece.text;
    at = piece.end;
  }
  return word === undefined ? { end: at } : { texts: [word], end: at };
}

/**
 * Windows PowerShell hands words to programs without escaping their quotes, so that people write `\"`; programs read that
 * as a quote. A word without it is one of newer versions, which hand on what stands there.
 */
function asProgram(word: string): string {
  if (!word.includes('\\"')) return word;
  return word.replace(/(\\*)"/g, (_, { length }: string) => '\\'.repeat(length >> 1) + (length % 2 === 1 ? '"' : ''));
}
