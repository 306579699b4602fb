import type { RunReport } from '../../../src/model/report.js';
import { createHtmlReporter } from '../../../src/report/html/html-reporter.js';
import { wholeText } from '../rendered-text.js';
import { dataOf } from './page-data.js';

const reporter = createHtmlReporter();

/** The page as Handlebars made it, without its script and its style, and with all that its script puts into it in place. */
export async function markup(report: RunReport): Promise<string> {
  const { files } = await reporter.render(report);
  return markupOf(await wholeText(files[0]));
}

/** The same of a page that was rendered. */
export function markupOf(html: string): string {
  const { cards } = dataOf(html);
  const all = (list: readonly { readonly html: string }[]) => list.map((card) => card.html).join('\n');
  return html
    .replace(/<(script|style|noscript)\b[\s\S]*?<\/\1>/g, '')
    .replace(/(id="finding-list">)/, (start) => `${start}${all(cards.findings)}`)
    .replace(/(id="exclusion-list">)/, (start) => `${start}${all(cards.exclusions)}`)
    .replace(/<\/?template>/g, '');
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
