/** What a command may do to the outside; tests hand in their own. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly signal: AbortSignal;
}

export interface Output {
  write(text: string): void;
  /** Waits until what was written is on its way, where much of it is waiting; absent where nothing ever waits. */
  drained?(): Promise<void> | undefined;
  /** Columns of the terminal; absent where it is none. */
  readonly columns?: number;
}
