import { colours, withoutColours } from './colours.js';
import { possibleStarts } from './log-beginnings.js';
import type { Wrapper } from './wrapper.js';
import { isoDate, monthDate, wrapperTime } from './wrapper-time.js';

/** So much of a line is looked at for what stands before the inner one. */
const longestHead = 512;
const longestPrefix = 200;
/** Whoever writes more words before a line writes sentences, and these may quote what a client sent. */
const mostWords = 6;

/** What names, paths and labels are made of. No quotes: what is quoted came from elsewhere. */
const word = '[\\w./@#+,=~*$-]+';

const time = [
  `(?:[A-Z][a-z]{2} )?${isoDate}`,
  `(?:[A-Z][a-z]{2} )?${monthDate}`,
  '(?:\\d\\d-\\d\\d )?\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?',
  '@[0-9a-f]{24}',
].join('|');
/** `CET`, `PM`, or a year. */
const timeEnd = ' (?!DEBUG|DBG|INF|NOTE|WARN|WRN|ERR|CRIT|FATAL|TRACE)(?:[A-Z]{2,5}|\\d{4})(?= )';

/** What a prefix is made of, and how each piece is recognised in the next line. */
const pieces = {
  colour: '(?:\\x1b\\[[\\d;]*m)+',
  time: `(?:${time})(?:${timeEnd})?`,
  number: '\\d+(?:\\.\\d+)?(?![\\w./@#+,=~*$-])',
  level:
    '(?:[Dd]ebug|DEBUG|DBG|[Ii]nfo|INFO|INF|[Nn]otice|NOTICE|[Ww]arn(?:ing)?|WARN(?:ING)?|WRN|[Ee]rr(?:or)?|ERR(?:OR)?|[Cc]rit(?:ical)?|CRIT(?:ICAL)?|[Ff]atal|FATAL|alert|emerg|trace|TRACE)(?![\\w./@#+,=~*$-])',
  word,
  space: '[ \\t]+',
  mark: '[:|()[\\]{}<>;]|\\xe2\\x80\\xba',
} as const;
type Kind = keyof typeof pieces;

interface Piece {
  readonly kind: Kind;
  readonly text: string;
}

const kinds: readonly Kind[] = ['colour', 'time', 'number', 'level', 'word', 'space', 'mark'];
const piece = new RegExp(kinds.map((kind) => `(?<${kind}>${pieces[kind]})`).join('|'), 'y');

/**
 * Wrappers in which a line may stand whose prefix nobody knows beforehand: `shop_waf.1.w9kq@node-1    | …`. Where the inner line
 * begins, its own beginning tells; the form of what stands before it is that of the next lines.
 */
export function learnedPrefixes(line: Buffer): readonly Wrapper[] {
  const head = line.toString('latin1', 0, longestHead);
  return possibleStarts(head).flatMap((start) => {
    const pattern = start > longestPrefix ? undefined : patternOf(head.slice(0, start));
    return pattern === undefined ? [] : [wrapperOf(pattern)];
  });
}

/** The form of a prefix; nothing where it is made of anything else, or of too much. */
function patternOf(prefix: string): RegExp | undefined {
  const found = piecesOf(prefix);
  if (found === undefined || found.every(({ kind }) => kind === 'space' || kind === 'mark')) return undefined;
  if (isSentence(found)) return undefined;
  const timeAt = found.findIndex(({ kind }) => kind === 'time');
  return new RegExp(`^${found.map((one, i) => nextOf(one, i, { timeAt, last: found.length - 1 })).join('')}`);
}

/**
 * Two words with a blank between them after a level are what a logger was told to say, and a `-` where no time precedes is the user
 * of an access log: what follows may come from a client.
 */
function isSentence(found: readonly Piece[]): boolean {
  const words = found.filter(({ kind }) => kind === 'word');
  const level = found.findIndex(({ kind }) => kind === 'level');
  const hasMessage = level >= 0 && /\w +-? *\w/.test(textOf(found.slice(level + 1)));
  const isAccessLog = words.some(({ text }, i) => text === '-' && i > 0 && /^[\d.a-f:]+$/.test(words[0]?.text ?? ''));
  return words.length > mostWords || hasMessage || isAccessLog;
}

function textOf(found: readonly Piece[]): string {
  return found.map(({ text }) => text).join('');
}

function piecesOf(prefix: string): readonly Piece[] | undefined {
  const found: Piece[] = [];
  for (let at = 0; at < prefix.length; at = piece.lastIndex) {
    piece.lastIndex = at;
    const groups = piece.exec(prefix)?.groups;
    const [kind, text] = Object.entries(groups ?? {}).find(([, value]) => value !== undefined) ?? [];
    if (kind === undefined || text === undefined) return undefined;
    found.push({ kind: kind as Kind, text });
  }
  return found;
}

/** How a piece is recognised in the next line. Names may be padded; what stands right before the inner line is always the same. */
function nextOf(
  { kind, text }: Piece,
  i: number,
  { timeAt, last }: { readonly timeAt: number; readonly last: number },
) {
  switch (kind) {
    case 'colour':
      return colours;
    case 'time':
      return `${i === timeAt ? '(?<time>' : '(?:'}${time})${/ (?:[A-Z]{2,5}|\d{4})$/.test(text) ? timeEnd : ''}`;
    case 'level':
      return '[A-Za-z]{3,8}';
    case 'word':
      return `(${word})`;
    case 'number':
      return pieces.number;
    case 'space':
      return i === last ? text : text.startsWith('\t') ? '\\t' : ' +';
    case 'mark':
      return text.replace(/[|()[\]{}]/g, '\\$&');
  }
}

function wrapperOf(pattern: RegExp): Wrapper {
  return {
    certainty: 'unsure',
    unwrap: (bytes, start, end) => {
      const found = pattern.exec(bytes.toString('latin1', start, Math.min(end, start + longestHead)));
      if (found === null) return undefined;
      const { time } = found.groups ?? {};
      const inner = bytes.subarray(start + found[0].length, end);
      return {
        wrapper: 'lines with a prefix of their own',
        lines: [
          {
            origin: found
              .slice(1)
              .filter((text) => text !== time)
              .join(' '),
            bytes: found[0].includes('\x1b') ? withoutColours(inner) : inner,
            isPart: false,
            at: () => wrapperTime(time),
          },
        ],
      };
    },
  };
}
