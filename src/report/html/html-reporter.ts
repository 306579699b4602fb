import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import type { Reporter } from '../../contract/reporter.js';
import type { RunReport } from '../../model/report.js';
import { packageRoot } from '../../util/package-root.js';
import { embedJson } from './embedded-data.js';
import { htmlFile } from './html-file.js';
import { type PageView, viewPage } from './page-view.js';
import { writeReportData } from './report-data.js';
import { bundleScript, readScript } from './script-bundle.js';

const folder = join(packageRoot, 'reports', 'templates');
const partials = [
  'page-header',
  'summary',
  'findings',
  'finding',
  'trigger',
  'clearing',
  'before-after',
  'ladder',
  'price-classes',
  'exclusions',
  'exclusion-group',
  'exclusion',
  'proof',
  'servers',
  'link-list',
  'spared',
  'configurations',
  'cases',
  'skipped',
];
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
      return { files: [{ name: htmlFile, content: await (await page)(report) }] };
    },
  };
}

type RenderPage = (report: RunReport) => Promise<string>;

async function preparePage(): Promise<RenderPage> {
  const style = (await Promise.all(styles.map((name) => readScript(join(folder, 'style', `${name}.css`))))).join('\n');
  const script = await bundleScript(join(folder, 'script'), 'main.js');
  const template = await compileTemplates();
  const assets = { style, script, policy: contentPolicy(script, style) };
  return async (report) => template({ ...viewPage(report), ...assets, data: await embedJson(writeReportData(report)) });
}

async function compileTemplates() {
  const handlebars = Handlebars.create();
  for (const name of partials) handlebars.registerPartial(name, await readScript(join(folder, `${name}.hbs`)));
  const source = await readScript(join(folder, 'report.hbs'));
  return handlebars.compile<PageView & PageAssets>(source, { strict: true });
}

interface PageAssets {
  readonly style: string;
  readonly script: string;
  readonly policy: string;
  readonly data: { readonly type: string; readonly text: string };
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
