import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Reporter } from '../../contract/reporter.js';
import type { StreamedReport } from '../../model/report.js';
import { packageRoot } from '../../util/package-root.js';
import { embedJson } from './embedded-data.js';
import { htmlFile } from './html-file.js';
import { pageTemplates } from './page-templates.js';
import { viewPage } from './page-view.js';
import { writeReportData } from './report-data.js';
import { bundleScript, readScript } from './script-bundle.js';

const folder = join(packageRoot, 'reports', 'templates');
const styles = [
  'base',
  'page',
  'summary',
  'findings',
  'exclusions',
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
  const style = (await Promise.all(styles.map((name) => readScript(join(folder, 'style', `${name}.css`))))).join('\n');
  const script = await bundleScript(join(folder, 'script'), 'main.js');
  const { beforeData, afterData } = await pageTemplates();
  const assets = { style, script, policy: contentPolicy(script, style) };
  return async function* (report) {
    const { type, chunks } = embedJson(writeReportData(report));
    yield beforeData({ ...viewPage(report), ...assets, dataType: type });
    yield* chunks;
    yield afterData(assets);
  };
}

/** Nothing loads, and only the page's own script and style count: text from payloads cannot become either. */
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
    "trusted-types 'none'",
  ].join('; ');
}

function sourceHash(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}
