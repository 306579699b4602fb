/**
 * How many questions it takes to find the smallest text on which a rule still fires, for Wafproof and for plainer
 * searches, and how long what they find is. The texts are false positives of the suites that ship, evenly chosen, and
 * of the suite that MINIMIZE_SUITE names. A search is charged for each text that it has not asked about before; the
 * text as it is costs nothing.
 *
 * Fewer questions are better, and so is a shorter result, but one that is cut between characters can hardly be read.
 * The ratio compares the mean number of questions with Wafproof's. A hint is where the engine says that it matched,
 * which not every rule tells. The last line of a table is about whole requests as `tune` minimizes them: which fields
 * matter is asked too, and the result confirmed on all rules.
 */
import type { TextRange } from '../../src/minimize/pieces.js';
import { formatVariable } from '../../src/model/evidence.js';
import type { Minimal } from '../../src/model/minimal.js';
import type { CaseResult, Finding, RunReport } from '../../src/model/report.js';
import { defaultTuneSettings } from '../../src/model/tune-options.js';
import { check } from '../../src/pipeline/check.js';
import { minimizeFindings } from '../../src/pipeline/tune/minimize-findings.js';
import { type ProbeEngine, probeEngine } from '../../src/pipeline/tune/probe-engine.js';
import { sameField } from '../../src/request/field-paths.js';
import { type RequestField, requestFields } from '../../src/request/request-fields.js';
import { mapConcurrently } from '../../src/util/concurrency.js';
import { matchFinder } from '../../src/util/find-match.js';
import { groupBy } from '../../src/util/group-by.js';
import { packageRoot } from '../../src/util/package-root.js';
import { using } from '../../src/util/using.js';
import { type EngineProver, openProver } from '../../src/waf/modsecurity/prover/prover.js';
import { medianOf } from './support/figures.js';
import { isQuick } from './support/machine.js';
import { type Minimizer, minimizers } from './support/minimizers.js';
import { printTable, printTarget, whole } from './support/print.js';

const sampled = isQuick ? 60 : 300;
/** On a busy machine fewer texts are searched. */
const limitSeconds = isQuick ? 20 : 60;
const atOnce = 16;
const engine = { rulesBefore: [], rulesAfter: [], paranoia: 1 };
const settings = {
  attacks: [],
  dialects: [],
  engines: [],
  endpoints: [],
  servers: [],
  firstId: defaultTuneSettings.firstId,
};
const progress = { stage() {}, start() {}, done() {}, warn() {}, end() {} };
const world = { cwd: packageRoot, env: {}, signal: new AbortController().signal, progress };

/** A text on which a rule fires. */
interface Subject {
  readonly minimal: Minimal;
  readonly finding: Finding;
  readonly text: string;
  readonly hint: TextRange | undefined;
}

/** What a search took, and what it came to. */
interface Outcome {
  readonly subject: Subject;
  readonly questions: number;
  readonly length: number;
}

type Outcomes = ReadonlyMap<string, readonly Outcome[]>;

await measure('suites');
const named = process.env['MINIMIZE_SUITE'];
if (named !== undefined) await measure(named);

async function measure(suite: string): Promise<void> {
  const report = await check({ suites: [suite], select: { tags: [] }, engine, timeoutMs: 60_000 }, world);
  const findings = evenly(report.findings);
  const wanted = new Set(findings.flatMap(({ cases }) => cases.slice(0, 1)));
  const results = report.results.filter(({ id }) => wanted.has(id));
  await using(openProver({ engine, settings }, report), async (prover) => {
    const minimized = await minimizeFindings({ results, findings }, prover, world);
    const subjects = minimized.findings.flatMap((finding) => toSubject(finding, results));
    print(suite, report, await searchAll(subjects, prover));
  });
}

function evenly<T>(items: readonly T[]): readonly T[] {
  const step = Math.max(1, items.length / sampled);
  return Array.from({ length: Math.min(items.length, sampled) }, (_, i) => items.slice(Math.floor(i * step))[0]).filter(
    (item) => item !== undefined,
  );
}

/** The text from which the minimal of a finding was taken, and where the engine said that it matched. */
function toSubject(finding: Finding, results: readonly CaseResult[]): readonly Subject[] {
  const { minimal, ruleId, variable, cases } = finding;
  const result = results.find(({ id }) => id === cases[0]);
  const text = result && minimal && requestFields(result.request).fields.find((one) => isOf(minimal, one))?.value;
  if (minimal === undefined || text === undefined) return [];
  const hit = result?.hits.find(
    (one) => one.ruleId === ruleId && formatVariable(one.variable) === formatVariable(variable),
  );
  const found = hit?.matched === undefined ? undefined : matchFinder(text)(hit.matched);
  return [{ minimal, finding, text, hint: found && [found.start, found.end] }];
}

/** One engine for each rule file, and each text through all searches on it. */
async function searchAll(subjects: readonly Subject[], prover: EngineProver): Promise<Outcomes> {
  const outcomes = new Map<string, Outcome[]>(minimizers.map(({ name }) => [name, []]));
  const groups = [...groupBy(subjects, ({ finding }) => prover.ruleGroup(finding.ruleId)).values()];
  const end = performance.now() + limitSeconds * 1000;
  for (const [index, group] of groups.entries()) {
    const share = Math.round((end - performance.now()) / (groups.length - index));
    const signal = AbortSignal.timeout(Math.max(1, share));
    await using(prover.openFor([...new Set(group.map(({ finding }) => finding.ruleId))]), async (bench) => {
      const small = probeEngine(bench);
      for await (const searched of mapConcurrently(group, atOnce, (one) => searchEach(one, small), signal)) {
        for (const [name, outcome] of searched) outcomes.get(name)?.push(outcome);
      }
    });
  }
  return outcomes;
}

/** Nothing for a text on which the rule does not fire by itself. */
async function searchEach(subject: Subject, small: ProbeEngine): Promise<readonly (readonly [string, Outcome])[]> {
  const answers = new Map<string, boolean>();
  const fires = async (text: string) => {
    const known = answers.get(text) ?? (await firesOn(text, subject, small));
    answers.set(text, known);
    return known;
  };
  if (!(await fires(subject.text))) return [];
  const outcomes: [string, Outcome][] = [];
  for (const minimizer of minimizers) outcomes.push([minimizer.name, await run(minimizer, subject, fires)]);
  return outcomes;
}

function isOf({ field: wanted }: Minimal, { field }: RequestField): boolean {
  return wanted !== undefined && sameField(wanted, field);
}

async function firesOn(text: string, { minimal, finding }: Subject, small: ProbeEngine): Promise<boolean> {
  const { fields, keep } = requestFields(minimal.request);
  const field = fields.findIndex((one) => isOf(minimal, one));
  const hits = await small.hits(keep([...fields.keys()], { field, text }));
  return hits.some(
    ({ ruleId, variable }) =>
      ruleId === finding.ruleId && formatVariable(variable) === formatVariable(finding.variable),
  );
}

async function run(
  minimizer: Minimizer,
  subject: Subject,
  fires: (text: string) => Promise<boolean>,
): Promise<Outcome> {
  const asked = new Set([subject.text]);
  const search = minimizer.search(subject.text, subject.hint);
  let step = search.next();
  while (step.done !== true) {
    asked.add(step.value.value);
    step = search.next(await fires(step.value.value));
  }
  return { subject, questions: asked.size - 1, length: step.value.value.length };
}

function print(suite: string, report: RunReport, outcomes: Outcomes): void {
  const all = outcomes.get('Wafproof') ?? [];
  const hinted = all.filter(({ subject }) => isUseful(subject));
  const length = whole(medianOf(all, ({ subject }) => subject.text.length));
  console.log(`  ${suite}: ${report.findings.length} findings at level 1, ${all.length} texts of them taken`);
  console.log(`  median length ${length} characters; ${hinted.length} with a hint`);
  const rows = [...outcomes].map(([name, found]) => row(name, found));
  const probes = all.map(({ subject }) => ({
    questions: subject.minimal.probes,
    length: subject.minimal.value.length,
  }));
  printTable(
    ['questions', 'median', 'mean', 'max', 'ratio', 'length'],
    [...rows, row('Wafproof, whole request', probes)],
  );
  const without = medianOf(outcomes.get('Wafproof, without hint') ?? [], ({ questions }) => questions);
  const withHint = medianOf(hinted, ({ questions }) => questions);
  printTarget('median questions without hint <= 24', whole(without), without <= 24);
  printTarget('median questions with a hint <= 15', whole(withHint), withHint <= 15);

  function row(name: string, found: readonly Pick<Outcome, 'questions' | 'length'>[]): readonly string[] {
    const questions = found.map((one) => one.questions);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const own = mean(all.map((one) => one.questions));
    return [
      name,
      whole(medianOf(found, (one) => one.questions)),
      mean(questions).toFixed(1),
      whole(Math.max(...questions)),
      (mean(questions) / own).toFixed(1),
      whole(medianOf(found, (one) => one.length)),
    ];
  }
}

function isUseful({ hint, text }: Subject): boolean {
  return hint !== undefined && hint[1] - hint[0] < text.length;
}
