/** What standard input of a command is. */
export type ShellInput =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  /** It comes out of a program, which nobody runs here. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** One command of a shell text: its words, as the program would be given them. Texts are bytes, one character a byte. */
export interface ShellCommand {
  readonly words: readonly string[];
  readonly input?: ShellInput;
  /** Why its words are not known: a program would have to run to tell. */
  readonly unknown?: string;
  /** Variables that have no value here, and stand for nothing. */
  readonly unset: readonly string[];
  /** What stands in its `$(…)` and backquotes. */
  readonly programs: readonly string[];
  /** Where it begins, in characters from the start of the text. */
  readonly at: number;
}
