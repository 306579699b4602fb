/** A text as it was meant, and a note where it was changed. */
export interface Pasted {
  readonly text: string;
  readonly note?: string;
}

/** Lines of a command of curl without a quote in ASCII. */
const bareCurl = /^(?=[^\n]*\bcurl\b)[^\n'"]*$/m;
const quoteEntity = /[ \t=]&(?:quot|apos|#0?39|#x27|#34);/i;
/** `“` and `‘`, `”` and `’` in the bytes of UTF-8. */
const roundQuote = /[ \t=]\xe2\x80[\x98\x9c]/;
const entities: Readonly<Record<string, string>> = {
  quot: '"',
  '#34': '"',
  apos: "'",
  '#39': "'",
  '#039': "'",
  '#x27': "'",
  lt: '<',
  gt: '>',
  amp: '&',
  nbsp: ' ',
};

/**
 * Takes out what pages and word processors put into commands: entities of HTML and round quotes. Both count only where a
 * command has them in the place of all its quotes, since they may be what is sent.
 * @param text bytes, one character a byte
 */
export function asMeant(text: string): Pasted {
  const bare = bareCurl.exec(text)?.[0] ?? '';
  if (quoteEntity.test(bare))
    return { text: withoutEntities(text), note: 'entities of HTML (&quot;) are read as the characters that they are' };
  if (roundQuote.test(bare))
    return { text: withPlainQuotes(text), note: 'round quotes and dashes of a word processor are read as plain ones' };
  return { text };
}

function withoutEntities(text: string): string {
  return text.replace(
    /&(quot|apos|#0?39|#x27|#34|lt|gt|amp|nbsp);/gi,
    (all, name: string) => entities[name.toLowerCase()] ?? all,
  );
}

function withPlainQuotes(text: string): string {
  return text
    .replace(/\xe2\x80[\x9c-\x9f]/g, '"')
    .replace(/\xe2\x80[\x98-\x9b]/g, "'")
    .replace(
      /(^|[ \t])\xe2\x80[\x93\x94](?=[A-Za-z](\w?))/g,
      (_, blank: string, second: string) => `${blank}${second === '' ? '-' : '--'}`,
    )
    .replaceAll('\xc2\xa0', ' ');
}
