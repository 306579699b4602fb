import type { Reporter } from '../contract/reporter.js';
import { formatPlace } from '../model/place.js';
import type { CaseResult, SkippedCase, StreamedReport } from '../model/report.js';
import { caseDetails, caseHeadline, maxTextLength } from './case-texts.js';
import { curlCommand } from './curl-command.js';
import { xmlText } from './xml-escape.js';

/** Name of the file with the cases as tests. */
export const junitFile = 'junit.xml';

const maxCurlLength = 10_000;

/**
 * The cases as tests, in the form that CI systems read: a suite is a test suite, a case a test case. One that did not come out
 * as expected is a failure, one without an answer an error. The file is valid against the schemas of Jenkins (`junit-10.xsd`) and
 * of Ant (`JUnit.xsd`), which is stricter.
 */
export function createJunitReporter(): Reporter {
  return { name: 'junit', render: async (report) => ({ files: [{ name: junitFile, content: writeTests(report) }] }) };
}

/** A test suite as it grows. */
interface TestSuite {
  readonly name: string;
  readonly file: string;
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
  ms: number;
  readonly cases: string[];
}

function* writeTests(report: StreamedReport): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n';
  let id = 0;
  for (const suite of gather(report)) {
    yield `${suiteTag(suite, id++, report)}\n    <properties>${properties(report)}\n    </properties>\n`;
    yield* suite.cases;
    yield '    <system-out></system-out>\n    <system-err></system-err>\n  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

function gather({ results, skipped, target, baseline }: StreamedReport): Iterable<TestSuite> {
  const suites = new Map<string, TestSuite>();
  const accepted = new Set(baseline?.cases);
  for (const result of results) {
    const suite = suiteOf(result, suites);
    if (accepted.has(result.id)) addSkipped(suite, { ...result, reason: acceptedText(result) }, result.durationMs);
    else addResult(suite, result, target.url);
  }
  for (const one of skipped) addSkipped(suiteOf(one, suites), one);
  return suites.values();
}

function suiteOf({ suite: name, at: { file } }: CaseResult | SkippedCase, suites: Map<string, TestSuite>): TestSuite {
  const key = JSON.stringify([file, name]);
  const known = suites.get(key) ?? { name, file, tests: 0, failures: 0, errors: 0, skipped: 0, ms: 0, cases: [] };
  suites.set(key, known);
  return known;
}

function addResult(suite: TestSuite, result: CaseResult, url: string | undefined): void {
  const isError = result.verdict.kind === 'inconclusive';
  suite.tests++;
  suite.ms += result.durationMs;
  if (!result.asExpected && isError) suite.errors++;
  if (!result.asExpected && !isError) suite.failures++;
  const tag = testTag(result, result.suite, result.durationMs);
  suite.cases.push(result.asExpected ? `${tag}/>\n` : `${tag}>${failure(result, url)}</testcase>\n`);
}

/** What a baseline accepts fails no build, and does not count as passed either. */
function acceptedText(result: CaseResult): string {
  return `accepted by the baseline: ${caseHeadline(result)}`;
}

function addSkipped(suite: TestSuite, one: SkippedCase, ms = 0): void {
  suite.tests++;
  suite.skipped++;
  suite.ms += ms;
  suite.cases.push(
    `${testTag(one, one.suite, ms)}><skipped message="${xmlText(one.reason.slice(0, maxTextLength))}"/></testcase>\n`,
  );
}

function testTag({ id }: { readonly id: string }, suite: string, ms: number): string {
  return `    <testcase name="${xmlText(id)}" classname="${xmlText(suite)}" time="${seconds(ms)}"`;
}

function failure(result: CaseResult, url: string | undefined): string {
  const tag = result.verdict.kind === 'inconclusive' ? 'error' : 'failure';
  const lines = [...titleLines(result), formatPlace(result.at), ...caseDetails(result), ...curlLines(result, url)];
  const attributes = `type="${result.verdict.kind}" message="${xmlText(caseHeadline(result))}"`;
  return `<${tag} ${attributes}>${lines.map(xmlText).join('\n')}</${tag}>`;
}

function titleLines({ title, because }: CaseResult): readonly string[] {
  const lines = [...(title === undefined ? [] : [title]), ...(because === undefined ? [] : [`Because: ${because}`])];
  return lines.map((text) => text.slice(0, maxTextLength));
}

function curlLines({ request }: CaseResult, url: string | undefined): readonly string[] {
  const command = curlCommand(request, url);
  return command.length > maxCurlLength ? [] : ['', ...command.split('\n')];
}

function suiteTag(suite: TestSuite, id: number, { startedAt, target }: StreamedReport): string {
  const { name, file, tests, failures, errors, skipped, ms } = suite;
  const counts = `tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${seconds(ms)}"`;
  const origin = `package="${xmlText(file)}" timestamp="${startedAt.slice(0, 19)}" hostname="${hostOf(target)}"`;
  return `  <testsuite id="${id}" name="${xmlText(name)}" ${origin} ${counts}>`;
}

function hostOf({ name, url }: StreamedReport['target']): string {
  const host = url !== undefined && URL.canParse(url) ? new URL(url).hostname : '';
  return xmlText(host || name) || 'localhost';
}

function properties({ tool, target }: StreamedReport): string {
  const { waf } = target;
  const known = { tool: `${tool.name} ${tool.version}`, target: target.name, waf: waf.version, ruleset: waf.ruleset };
  return Object.entries(known)
    .filter(([, value]) => value !== undefined)
    .map(([name, value = '']) => `\n      <property name="${name}" value="${xmlText(value)}"/>`)
    .join('');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
