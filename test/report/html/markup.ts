import type { RunReport } from '../../../src/model/report.js';
import { createHtmlReporter } from '../../../src/report/html/html-reporter.js';
import { wholeText } from '../rendered-text.js';

const reporter = createHtmlReporter();

/** The page as Handlebars made it: without its script, its style and its data. */
export async function markup(report: RunReport): Promise<string> {
  const { files } = await reporter.render(report);
  return (await wholeText(files[0])).replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '');
}

/** What a reader sees of HTML. */
export function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&#x3D;', '=')
    .replaceAll('&#x60;', '`')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}
