import type { ShellCommand, ShellInput } from './shell-command.js';

export function programReason(what: string): string {
  return `a program would have to run to tell what is sent (${what.slice(0, 60)})`;
}

type Writer = (words: readonly string[], input: ShellInput | undefined) => ShellInput | undefined;

const writers: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ['echo', echoed],
  ['printf', printed],
  ['cat', shown],
]);

/** What a command writes to a pipe, where that is plain. */
export function outputOf({ words: [program = '', ...words], input, unknown }: ShellCommand): ShellInput {
  if (unknown !== undefined) return { kind: 'unknown', reason: unknown };
  return writers.get(program)?.(words, input) ?? { kind: 'unknown', reason: programReason(program) };
}

function echoed(words: readonly string[]): ShellInput | undefined {
  const isBare = words[0] === '-n';
  if (/^-[neE]+$/.test(words[0] ?? '') && !isBare) return undefined;
  return { kind: 'text', text: words.slice(isBare ? 1 : 0).join(' ') + (isBare ? '' : '\n') };
}

/** A format that is a text, or `%s` alone. */
function printed([format = '', value = '', ...more]: readonly string[]): ShellInput | undefined {
  if (more.length > 0 || !/^(?:%s(?:\\n)?|[^%\\]*(?:\\n)?)$/.test(format)) return undefined;
  return { kind: 'text', text: format.replace(/\\n$/, '\n').replace('%s', () => value) };
}

function shown([path, ...more]: readonly string[], input: ShellInput | undefined): ShellInput | undefined {
  if (more.length > 0) return undefined;
  return path === undefined || path === '-' ? input : { kind: 'file', path };
}
