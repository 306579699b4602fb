import type { Reporter } from '../../contract/reporter.js';
import type { StreamedReport } from '../../model/report.js';
import { safeJson } from '../../util/safe-json.js';
import { type Alert, alertsOf } from '../alerts.js';
import { formatCount, plural } from '../run-texts.js';
import { fixesOf } from './sarif-fixes.js';
import { locationOf, messageOf } from './sarif-locations.js';
import { rulesOf } from './sarif-rules.js';
import { fitting, type ResultText } from './sarif-size.js';

/** Name of the file for code scanning. */
export const sarifFile = 'report.sarif';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const information = 'https://github.com/wafproof/wafproof';

/** GitHub refuses a run of more results (code scanning, "SARIF results exceed one or more limits"). */
const maxResults = 25_000;

/**
 * SARIF 2.1.0 (OASIS): a result for each finding, at the lines of its cases, and one for each case that did not come out as
 * expected and has no finding. Exclusions are fixes: what is inserted into which file of configuration. There are as many
 * results as GitHub takes.
 */
export function createSarifReporter(): Reporter {
  return { name: 'sarif', render: async (report) => ({ files: [{ name: sarifFile, content: writeLog(report) }] }) };
}

type Rules = ReturnType<typeof rulesOf>;

/** What stands behind the results in the text of a log. */
const end = ']}]}';

function* writeLog(report: StreamedReport): Generator<string> {
  const alerts = alertsOf(report);
  const most = alerts.slice(0, maxResults);
  const rules = rulesOf(report, most);
  const results = fitting(resultTexts(most, rules, report));
  const used = new Set(most.slice(0, results.length).map(({ kind }) => kind));
  const log = logOf(report, rules.slice(0, used.size), alerts.length - results.length);
  yield safeJson(log).slice(0, -end.length);
  for (const [index, text] of results.entries()) yield `${index === 0 ? '' : ','}${text}`;
  yield `${end}\n`;
}

/** Results name the rules in their order. */
function* resultTexts(alerts: readonly Alert[], rules: Rules, report: StreamedReport): Generator<ResultText> {
  const places = new Map(rules.map(({ id }, index) => [id, index]));
  let named = 0;
  for (const alert of alerts) {
    const isFirst = places.get(alert.kind) === named;
    const rule = isFirst ? safeJson(rules[named++]) : '';
    yield { result: safeJson(resultOf(alert, places, report)), rule };
  }
}

/** The log without its results. */
function logOf(report: StreamedReport, rules: Rules, left: number) {
  const { tool, target } = report;
  return {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, informationUri: information, rules } },
        automationDetails: { id: `${tool.name}/${target.name}/` },
        originalUriBaseIds: { SRCROOT: { description: { text: 'The folder in which the command was called.' } } },
        invocations: [invocationOf(report, left)],
        columnKind: 'utf16CodeUnits',
        results: [],
      },
    ],
  };
}

function invocationOf({ startedAt, durationMs, interrupted }: StreamedReport, left: number) {
  const limits = `GitHub takes ${formatCount(maxResults)} of a run, and 10 MB.`;
  const text = `${plural(left, 'result')} more ${left === 1 ? 'is' : 'are'} in report.json: ${limits}`;
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
