import { compareReports } from '../compare/compare-reports.js';
import type { ReportComparison } from '../model/comparison.js';
import { fail } from '../model/error.js';
import { isWorse } from '../report/comparison-texts.js';
import { markdownComparison } from '../report/markdown/markdown-comparison.js';
import { writeReport } from '../report/report-writer.js';
import { comparisonText } from '../report/terminal/comparison-text.js';
import { colourStyle, plainStyle } from '../report/terminal/style.js';
import { safeJson } from '../util/safe-json.js';
import { arrayStore } from './result-store.js';
import { readReportsInto } from './saved-reports.js';
import type { World } from './world.js';

/**
 * How the cases of a saved report come out in a later one: before and after an upgrade of the rules, at another paranoia level, at
 * another target.
 * @throws WafproofError `REPORT_INVALID`, `REPORTS_UNRELATED`
 */
export async function compare(
  before: string,
  after: string,
  world: Pick<World, 'cwd' | 'wafs'>,
): Promise<ReportComparison> {
  const read = (path: string) => readReportsInto(arrayStore([]), [path], world);
  const comparison = compareReports(await read(before), await read(after));
  if (comparison.compared === 0) throw fail('REPORTS_UNRELATED', {}, { place: { file: after } });
  return comparison;
}

/** Names of the files of a comparison. */
const files = { json: 'comparison.json', markdown: 'comparison.md' };

/** How a comparison is shown. */
export interface ComparisonPublication {
  /** `terminal`, `json`, `markdown`; others have nothing to say of two runs. */
  readonly reporters: readonly string[];
  readonly out: string;
  readonly colours?: boolean;
  readonly width?: number;
}

/**
 * Writes a comparison.
 * @returns the text for the terminal, the paths of the files, and whether the later run is worse
 */
export async function publishComparison(
  comparison: ReportComparison,
  { reporters, out, colours = false, width = 100 }: ComparisonPublication,
) {
  const wanted = [
    { name: 'json', file: files.json, content: `${safeJson(comparison)}\n` },
    { name: 'markdown', file: files.markdown, content: markdownComparison(comparison) },
  ].filter(({ name }) => reporters.includes(name));
  const canvas = { width: Math.max(40, width), style: colours ? colourStyle : plainStyle };
  return {
    terminal: reporters.includes('terminal') ? comparisonText(comparison, canvas) : '',
    files: await writeReport({ files: wanted.map(({ file, content }) => ({ name: file, content })) }, out),
    isWorse: isWorse(comparison),
  };
}
