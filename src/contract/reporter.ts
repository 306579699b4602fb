import type { RunReport } from '../model/report.js';

/** A file of a rendered report: its name inside the output folder, and its content. */
export interface ReportFile {
  readonly name: string;
  readonly content: string;
}

/**
 * Renders a report, whole, without touching the disk, the clock or the terminal. One writer puts the files into the
 * output folder; `terminal` is text for the terminal.
 */
export interface Reporter {
  readonly name: string;
  render(report: RunReport): Promise<RenderedReport>;
}

/** Something to try after a report, and what it is good for. */
export interface NextStep {
  readonly command: string;
  readonly effect: string;
}

export interface RenderedReport {
  readonly files: readonly ReportFile[];
  readonly terminal?: string;
}
