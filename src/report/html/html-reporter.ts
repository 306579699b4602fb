import { createHash } from 'node:crypto';
import type { Reporter } from '../../contract/reporter.js';
import type { StreamedReport } from '../../model/report.js';
import { embedTexts } from './embedded-data.js';
import { htmlFile } from './html-file.js';
import { renderCards } from './page-cards.js';
import { pageScript } from './page-script.js';
import { pageStyle } from './page-style.js';
import { pageTemplates } from './page-templates.js';
import { viewPage } from './page-view.js';
import { type DataPart, writeReportData } from './report-data.js';

const styles = [
  'base',
  'page',
  'summary',
  'pictures',
  'findings',
  'refusals',
  'exclusions',
  'choice',
  'working',
  'configurations',
  'case-filters',
  'case-list',
  'case-detail',
  'print',
];

/** One page that holds all it needs, loads nothing and runs no script but its own. */
export function createHtmlReporter(): Reporter {
  let page: Promise<RenderPage> | undefined;
  return {
    name: 'html',
    render: async (report) => {
      page ??= preparePage();
      return { files: [{ name: htmlFile, content: (await page)(report) }] };
    },
  };
}

type RenderPage = (report: StreamedReport) => AsyncIterable<string>;

async function preparePage(): Promise<RenderPage> {
  const style = await pageStyle(styles);
  const script = await pageScript();
  const templates = await pageTemplates();
  const assets = { style, script, policy: contentPolicy(script, style) };
  return async function* (report) {
    const view = viewPage(report);
    yield templates.beforeData({ ...view, ...assets });
    const parts = writeReportData(report, () => renderCards(report, view, templates));
    for await (const part of embedTexts(parts)) yield dataElement(part);
    yield templates.afterData(assets);
  };
}

function dataElement({ kind, text }: DataPart): string {
  return `<script class="data-${kind}" type="application/gzip">${text}</script>\n`;
}

/**
 * Nothing loads, and only the page's own script and style count: text from payloads cannot become either. Markup is made
 * from text by one policy only, which the script has for what the templates rendered.
 */
function contentPolicy(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src '${sourceHash(script)}'`,
    `style-src '${sourceHash(style)}'`,
    "img-src 'none'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types wafproof-templates',
  ].join('; ');
}

function sourceHash(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}
