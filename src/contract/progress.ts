import type { CaseResult } from '../model/report.js';

/** Told how many steps there are, and of each. */
export interface StepProgress {
  begin(total: number): void;
  step(): void;
}

/** Told how a job gets on. Everything here is for the eyes of a person; nothing depends on it. */
export interface ProgressListener {
  /**
   * What is worked on now, as the begin of a sentence.
   * @param total how many steps it takes, where that is known; each is told with `step`. Where it is known later, the same stage is
   * told again.
   */
  stage(text: string, total?: number): void;
  /** One step of the stage is done. */
  step?(): void;
  start(total: number): void;
  done(result: CaseResult): void;
  warn(text: string): void;
  end(): void;
}
