import type { Reporter } from '../contract/reporter.js';
import type { ReporterOptions } from './reporter-options.js';

/** All reporters by name. Each is loaded when it is asked for, and Handlebars only with `html`. */
export const reporters: ReadonlyMap<string, (options?: ReporterOptions) => Promise<Reporter>> = new Map([
  ['terminal', async (options) => (await import('./terminal/terminal-reporter.js')).createTerminalReporter(options)],
  ['json', async () => (await import('./json-reporter.js')).createJsonReporter()],
  ['html', async () => (await import('./html/html-reporter.js')).createHtmlReporter()],
] satisfies [string, (options?: ReporterOptions) => Promise<Reporter>][]);
