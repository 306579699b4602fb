/** A test of a runner, and when it ran. Times are in milliseconds since 1970. */
export interface TestRun {
  /** What it is called, with what it is in. */
  readonly name: string;
  /** Where it stands, for tests of the same name. */
  readonly file: string;
  /** All of it lies between these two. */
  readonly earliest: number;
  readonly latest: number;
  /** Until then it surely ran; absent: that is known only about. */
  readonly surely?: number;
}

/** What the result of a runner tells of its tests. */
export interface RunnerResult {
  readonly runs: readonly TestRun[];
  /** It tells when a row of tests began and how long each took: where one of them lies is known only about. */
  readonly isAbout: boolean;
  /** Names of tests by an id that the runner put into the request that it sent for each. */
  readonly sent: ReadonlyMap<string, string>;
  /** What it does not tell, a sentence part each. */
  readonly lacks: readonly string[];
}

/** When the requests of a recording were sent, in milliseconds since 1970. */
export interface RecordedSpan {
  readonly began: number;
  readonly ended: number;
}

/** So many tests of a result are read. */
export const mostTests = 20_000;

/** Tests by their names, with their files where several have the same name. */
export function withOwnNames(runs: readonly TestRun[]): readonly TestRun[] {
  const files = new Map<string, string | undefined>();
  for (const { name, file } of runs) files.set(name, files.has(name) && files.get(name) !== file ? undefined : file);
  return runs.map((run) => (files.get(run.name) === undefined ? { ...run, name: `${run.file} › ${run.name}` } : run));
}
