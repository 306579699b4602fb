import type { Reporter } from '../contract/reporter.js';
import { printable } from '../util/printable.js';
import { type Alert, alertsOf } from './alerts.js';
import { markdownText } from './markdown/markdown-report.js';
import { formatCount } from './run-texts.js';

/** GitHub shows ten errors and ten warnings of a step. */
const maxOfLevel = 10;
const maxLength = 4000;

/**
 * What GitHub Actions shows: annotations at the lines of suites, as workflow commands on standard output, and the page for the
 * summary of the job.
 */
export function createGithubReporter(): Reporter {
  return {
    name: 'github',
    render: async (report) => ({
      files: [],
      annotations: annotate(alertsOf(report)),
      jobSummary: markdownText(report),
    }),
  };
}

function annotate(alerts: readonly Alert[]): string {
  return (['error', 'warning'] as const)
    .flatMap((level) => ofLevel(alerts.filter((alert) => alert.level === level)))
    .map((line) => `${line}\n`)
    .join('');
}

function ofLevel(alerts: readonly Alert[]): readonly string[] {
  const shown = alerts.length > maxOfLevel ? alerts.slice(0, maxOfLevel - 1) : alerts;
  const more = alerts.length - shown.length;
  return [
    ...shown.map(command),
    ...alerts
      .slice(0, Number(more > 0))
      .map(({ level }) => `::${level} title=WAF::${formatCount(more)} more are in the report`),
  ];
}

function command({ level, title, details, at }: Alert): string {
  const place = { file: at.file, line: at.line, col: at.column, title };
  const properties = Object.entries(place)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${propertyText(`${value}`)}`);
  return `::${level} ${properties.join(',')}::${details.map(messageText).join('%0A')}`;
}

/** As `@actions/core` escapes the message of a command. */
function messageText(text: string): string {
  return printable(text.slice(0, maxLength)).replaceAll('%', '%25');
}

/** The same for a property, where two more marks mean something. */
function propertyText(text: string): string {
  return messageText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
