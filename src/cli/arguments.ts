import { parseArgs } from 'node:util';
import { fail } from '../model/error.js';
import { closest } from '../util/closest.js';
import { reasonOf } from '../util/reason-of.js';
import type { Flag } from './flags.js';

/** The command line of one command, its values still text. */
export interface Arguments {
  /** The name of the command. */
  readonly command: string;
  readonly positionals: readonly string[];
  /** The options that were given, by their long names. */
  readonly given: readonly string[];
  /** The options that were given, in their order, as often as they were; the value of a switch is absent. */
  readonly inOrder: readonly { readonly long: string; readonly value?: string }[];
  text(flag: string): string | undefined;
  /** The values of a flag that was repeated, with commas and all. */
  all(flag: string): readonly string[];
  list(flag: string): readonly string[];
  on(flag: string): boolean;
  /** @throws WafproofError `USAGE` when it is no whole number of the range */
  number(flag: string, range: { readonly min: number; readonly max?: number }): number | undefined;
}

/**
 * Reads the words after the command's name.
 * @throws WafproofError `USAGE` for an unknown option or a missing value
 */
export function parseArguments(command: string, flags: readonly Flag[], words: readonly string[]): Arguments {
  const { values, positionals, inOrder } = parse(command, flags, spreadFiles(flags, words));
  const texts = (flag: string) => (values[flag] ?? []).filter((value) => typeof value === 'string');
  const usage = (message: string) => fail('USAGE', { message, command });
  return {
    command,
    positionals,
    given: Object.keys(values),
    inOrder,
    text: (flag) => texts(flag).at(-1),
    all: texts,
    list: (flag) => texts(flag).flatMap((value) => value.split(',').filter((part) => part !== '')),
    on: (flag) => values[flag] !== undefined,
    number: (flag, range) => readNumber(flag, texts(flag).at(-1), range, usage),
  };
}

type Values = Readonly<Record<string, readonly (string | boolean)[] | undefined>>;

function parse(command: string, flags: readonly Flag[], words: readonly string[]) {
  const options = Object.fromEntries(flags.map((flag) => [flag.long, toOption(flag)]));
  try {
    const { values, positionals, tokens } = parseArgs({
      args: [...words],
      options,
      allowPositionals: true,
      tokens: true,
    });
    const inOrder = tokens.flatMap((token) =>
      token.kind === 'option' ? [{ long: token.name, ...(token.value !== undefined && { value: token.value }) }] : [],
    );
    return { values: values as Values, positionals, inOrder };
  } catch (error) {
    throw fail('USAGE', { message: explain(error, flags), command });
  }
}

function toOption({ short, argument }: Flag) {
  const type = argument === undefined ? ('boolean' as const) : ('string' as const);
  return { type, multiple: true as const, ...(short !== undefined && { short }) };
}

/** What `parseArgs` of Node complains of, in our words; its sentences are what tells the cases apart. */
function explain(error: unknown, flags: readonly Flag[]): string {
  const message = reasonOf(error);
  const [, option = ''] = /^(?:Unknown option|Option) '(?:-\w, )?(-+[^'\s]+)/.exec(message) ?? [];
  if (message.startsWith('Unknown option')) return `there is no option ${option}${suggestion(option, flags)}`;
  if (message.includes('does not take an argument')) return `${option} takes no value`;
  return option === '' ? 'the options cannot be read' : `${option} takes a value`;
}

function suggestion(option: string, flags: readonly Flag[]): string {
  const near = closest(
    option.replace(/^-+/, ''),
    flags.map(({ long }) => long),
  );
  return near === undefined ? '' : `; did you mean --${near}?`;
}

/**
 * `--rules-before a.conf b.conf` is two files: a word that ends like a file of rules, or of a web ACL, never is a suite. What
 * follows an option with `path…` is its own up to the next option, or `--`.
 */
const endings = /\.(?:conf|json|tf|template)(?:#.*)?$/;

function spreadFiles(flags: readonly Flag[], words: readonly string[]): readonly string[] {
  const many = flags.filter(({ argument }) => argument === 'file…' || argument === 'path…');
  let open: Flag | undefined;
  return words.flatMap((word, i) => {
    if (word.startsWith('-')) open = many.find(({ long }) => word === `--${long}` || word.startsWith(`--${long}=`));
    const option = open === undefined || word.startsWith('-') ? undefined : `--${open.long}`;
    const follows = option !== words[i - 1] && (open?.argument === 'path…' || endings.test(word));
    return follows && option !== undefined ? [option, word] : [word];
  });
}

function readNumber(
  flag: string,
  value: string | undefined,
  { min, max = Number.MAX_SAFE_INTEGER }: { readonly min: number; readonly max?: number },
  usage: (message: string) => Error,
): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= min && number <= max) return number;
  const range = max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`;
  throw usage(`--${flag} takes a whole number ${range}, not "${value}"`);
}
