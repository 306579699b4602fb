import type { Reporter } from '../../contract/reporter.js';
import type { StreamedReport } from '../../model/report.js';
import { markdownText } from './markdown-report.js';

/** Name of the file for pull requests and summaries of jobs. */
export const markdownFile = 'report.md';

/** The answer, the decision and the configuration, as the text of a pull request or a comment to one. */
export function createMarkdownReporter(): Reporter {
  return {
    name: 'markdown',
    render: async (report: StreamedReport) => ({ files: [{ name: markdownFile, content: markdownText(report) }] }),
  };
}
