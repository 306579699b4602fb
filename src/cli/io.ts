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
  /** Columns of the terminal; absent where it is none. */
  readonly columns?: number;
}
