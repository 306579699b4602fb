/** What a command may do to the outside; tests hand in their own. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly signal: AbortSignal;
  /** Asks a person, and waits for the line that is typed; absent where nobody sits at a terminal. */
  readonly ask?: (question: string) => Promise<string>;
}

export interface Output {
  write(text: string): void;
  /** Writes what a program reads, as it is; absent where `write` changes nothing. */
  writeAsIs?(text: string): void;
  /** Waits until what was written is on its way, where much of it is waiting; absent where nothing ever waits. */
  drained?(): Promise<void> | undefined;
  /** Columns of the terminal; absent where it is none. */
  readonly columns?: number;
}
