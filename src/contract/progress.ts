import type { CaseResult } from '../model/report.js';

/** Told how a job gets on. Everything here is for the eyes of a person; nothing depends on it. */
export interface ProgressListener {
  stage(text: string): void;
  start(total: number): void;
  done(result: CaseResult): void;
  warn(text: string): void;
  end(): void;
}
