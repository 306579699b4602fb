import type { SweepReport } from '../model/sweep.js';
import { writeReport } from '../report/report-writer.js';
import { sweepMarkdown } from '../report/sweep/sweep-markdown.js';
import { sweepText } from '../report/sweep/sweep-terminal.js';
import { colourStyle, plainStyle } from '../report/terminal/style.js';
import { safeJson } from '../util/safe-json.js';

/** How a sweep is shown. */
export interface SweepPublication {
  /** `terminal`, `json`, `html`, `markdown`. */
  readonly reporters: readonly string[];
  readonly out: string;
  readonly colours?: boolean;
}

/**
 * Writes what a sweep has found out.
 * @returns the text for the terminal, and the paths of the files
 * @throws WafproofError `OUTPUT_UNWRITABLE`
 */
export async function publishSweep(report: SweepReport, { reporters, out, colours = false }: SweepPublication) {
  // The pictures of the page are made with a library that only pages load.
  const html = reporters.includes('html')
    ? await (await import('../report/sweep/sweep-html.js')).sweepPage(report)
    : '';
  const files = [
    { reporter: 'json', name: 'sweep.json', content: `${safeJson(report)}\n` },
    { reporter: 'html', name: 'sweep.html', content: html },
    { reporter: 'markdown', name: 'sweep.md', content: sweepMarkdown(report) },
  ].filter(({ reporter }) => reporters.includes(reporter));
  return {
    terminal: reporters.includes('terminal') ? sweepText(report, colours ? colourStyle : plainStyle) : '',
    files: await writeReport({ files }, out),
  };
}
