import type { Reporter } from '../../contract/reporter.js';
import type { StreamedReport } from '../../model/report.js';
import { safeJson } from '../../util/safe-json.js';
import { type Alert, alertsOf } from '../alerts.js';
import { formatCount, plural } from '../run-texts.js';
import { fixesOf } from './sarif-fixes.js';
import { locationOf, messageOf } from './sarif-locations.js';
import { rulesOf } from './sarif-rules.js';

/** Name of the file for code scanning. */
export const sarifFile = 'report.sarif';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const information = 'https://github.com/wafproof/wafproof';

/** GitHub refuses a run of more results (code scanning, "SARIF results exceed one or more limits"). */
const maxResults = 25_000;

/**
 * SARIF 2.1.0 (OASIS): a result for each finding, at the lines of its cases, and one for each case that did not come out as
 * expected and has no finding. Exclusions are fixes: what is inserted into which file of configuration.
 */
export function createSarifReporter(): Reporter {
  return {
    name: 'sarif',
    render: async (report) => ({ files: [{ name: sarifFile, content: `${safeJson(logOf(report))}\n` }] }),
  };
}

function logOf(report: StreamedReport) {
  const all = alertsOf(report);
  const alerts = all.slice(0, maxResults);
  const rules = rulesOf(report, alerts);
  const places = new Map(rules.map(({ id }, index) => [id, index]));
  const { tool, target } = report;
  return {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, informationUri: information, rules } },
        automationDetails: { id: `${tool.name}/${target.name}/` },
        originalUriBaseIds: { SRCROOT: { description: { text: 'The folder in which the command was called.' } } },
        invocations: [invocationOf(report, all.length - alerts.length)],
        columnKind: 'utf16CodeUnits',
        results: alerts.map((alert) => resultOf(alert, places, report)),
      },
    ],
  };
}

function invocationOf({ startedAt, durationMs, interrupted }: StreamedReport, left: number) {
  const text = `${plural(left, 'result')} more ${left === 1 ? 'is' : 'are'} in report.json: GitHub takes ${formatCount(maxResults)} of a run.`;
  return {
    ...(left > 0 && { toolExecutionNotifications: [{ level: 'warning', message: { text } }] }),
    executionSuccessful: interrupted === undefined,
    startTimeUtc: startedAt,
    endTimeUtc: new Date(Date.parse(startedAt) + durationMs).toISOString(),
  };
}

function resultOf(alert: Alert, places: ReadonlyMap<string, number>, report: StreamedReport) {
  const { id, kind, level, title, details, at, others } = alert;
  const index = places.get(kind);
  const fixes = fixesOf(alert, report);
  return {
    ruleId: kind,
    ...(index !== undefined && { ruleIndex: index }),
    kind: 'fail',
    level,
    message: messageOf([title, ...details]),
    locations: [locationOf(at)],
    ...(others.length > 0 && {
      relatedLocations: others.map((place, number) => ({ id: number, ...locationOf(place) })),
    }),
    partialFingerprints: { 'wafproofFinding/v1': id },
    ...(fixes.length > 0 && { fixes }),
  };
}
