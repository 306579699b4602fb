import type { StreamedReport } from '../model/report.js';

/** A file of configuration: its name inside the output folder, and its content. */
export interface ReportFile {
  readonly name: string;
  readonly content: string;
}

/** What a file holds, piece by piece, so that nobody has to hold it whole. Text is written as UTF-8. */
export type Chunks = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** A file of a rendered report. Its chunks can be read once, and what they are made from is read as they are. */
export interface RenderedFile {
  readonly name: string;
  readonly content: string | Chunks;
}

/**
 * Renders a report without touching the disk, the clock or the terminal. One writer puts the files into the output
 * folder; `terminal` is text for the terminal.
 */
export interface Reporter {
  readonly name: string;
  render(report: StreamedReport): Promise<RenderedReport>;
}

/** Something to try after a report, and what it is good for. */
export interface NextStep {
  readonly command: string;
  readonly effect: string;
}

/** What a report looks like. */
export interface RenderedReport {
  readonly files: readonly RenderedFile[];
  readonly terminal?: string;
  /** Lines that a CI system reads from what the job prints, whatever else is printed. */
  readonly annotations?: string;
  /** Markdown for the page on which a CI system sums a job up. */
  readonly jobSummary?: string;
}
