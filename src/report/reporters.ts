import type { Reporter } from '../contract/reporter.js';
import type { ReporterOptions } from './reporter-options.js';

/** All reporters by name. Each is loaded when it is asked for, and Handlebars only with `html`. */
export const reporters: ReadonlyMap<string, (options?: ReporterOptions) => Promise<Reporter>> = new Map([
  ['terminal', async (options) => (await import('./terminal/terminal-reporter.js')).createTerminalReporter(options)],
  ['json', async () => (await import('./json-reporter.js')).createJsonReporter()],
  ['html', async () => (await import('./html/html-reporter.js')).createHtmlReporter()],
  ['junit', async () => (await import('./junit-reporter.js')).createJunitReporter()],
  ['sarif', async () => (await import('./sarif/sarif-reporter.js')).createSarifReporter()],
  ['markdown', async () => (await import('./markdown/markdown-reporter.js')).createMarkdownReporter()],
  ['github', async () => (await import('./github-reporter.js')).createGithubReporter()],
  ['gitlab', async () => (await import('./gitlab-reporter.js')).createGitlabReporter()],
  ['csv', async () => (await import('./csv-reporter.js')).createCsvReporter()],
] satisfies [string, (options?: ReporterOptions) => Promise<Reporter>][]);
