import { createHash } from 'node:crypto';
import type { Case, Secret } from '../model/case.js';
import { fail } from '../model/error.js';
import type { SkippedCase } from '../model/report.js';
import { ProblemList, type Report } from '../yaml/problem-list.js';
import { CaseChecker, type RunnableCase } from './check-case.js';
import { checkEnvironment } from './check-environment.js';
import { Corpora } from './corpora.js';
import { findSuites } from './find-suites.js';
import { checkIds } from './plan-suite.js';
import { readSuite } from './read-suite.js';
import { hasRandomValues, renderCases, secretsOf } from './render-case.js';
import type { CasePlan } from './request-plan.js';
import { type CaseSelection, describeSelection, idsOf, isMeant, onlyCases, shardDealer } from './select-cases.js';

/** Which suites are loaded, and what they may refer to. */
export interface SuiteRequest {
  /** Files, folders or globs, relative to `cwd`. */
  readonly patterns: readonly string[];
  /** Where patterns start, and what places are relative to. */
  readonly cwd: string;
  /** For `!env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether `only` is an error. Default: whether `env` has `CI`, as all CI services set it. */
  readonly ci?: boolean;
  readonly select?: CaseSelection;
  /** Why a case is not to be sent, where it is not; its `skip` aside. */
  readonly withhold?: Withhold;
}

type Withhold = (plan: Pick<CasePlan, 'intent'>) => string | undefined;

/** Suites in which nothing is wrong. */
export interface LoadedSuites {
  /** How many cases `cases()` yields. */
  readonly total: number;
  /** A digest of the ids of all cases of which these are a shard; absent where they are no shard. */
  readonly partOf?: string;
  /** Cases that are left out by `skip` or withheld, of those that are selected. */
  readonly skipped: readonly SkippedCase[];
  /** What `!env` put into the selected cases; must never leave the process. */
  readonly secrets: readonly Secret[];
  /** Whether a selected case has a value of `!random`. */
  readonly random: boolean;
  /** Whether a browser sends a selected case. */
  readonly browser: boolean;
  /** Every file that was read: suites, corpora, and what `!file` names. */
  readonly files: readonly string[];
  /**
   * The selected cases in the order of the files. Corpora are streamed, so a corpus of any size takes little memory.
   * Each call begins anew.
   * @throws WafproofError when a file or corpus changed after it was checked
   */
  cases(): AsyncIterable<Case>;
}

/**
 * Loads suites and checks all that they refer to, before the first case is given out.
 * @throws WafproofError with everything that is wrong in any of the files
 */
export async function loadSuites(request: SuiteRequest): Promise<LoadedSuites> {
  const { patterns, cwd, env, ci = isCi(env), select = {}, withhold = () => undefined } = request;
  const whyNot = (plan: CasePlan) => plan.skip ?? withhold(plan);
  const problems = new ProblemList();
  const { plans, files } = await readSuites(patterns, cwd, problems.report);
  checkIds(plans, problems.report);
  const only = new Set(onlyCases(plans, ci, problems.report));
  const checked = await checkCases(plans, cwd, problems.report);
  const chosen = choose(
    checked.filter(({ plan }) => only.has(plan)),
    select,
    whyNot,
  );
  const sent = chosen.cases.filter(({ plan }) => whyNot(plan) === undefined);
  checkEnvironment(chosen.cases, env, problems.report);
  problems.throwIfAny();
  if (chosen.cases.length === 0) throw fail('SUITE_NO_CASES', { filter: describeSelection(select) });
  const secrets = sent.flatMap((one) => secretsOf(one, env));
  return {
    total: chosen.total,
    ...(chosen.partOf !== undefined && { partOf: chosen.partOf }),
    skipped: chosen.skipped,
    secrets: [...new Map(secrets.map((secret) => [secret.name, secret])).values()],
    files: [...new Set([...files, ...checked.flatMap(filesOf)])],
    random: sent.some(hasRandomValues),
    browser: sent.some(({ plan }) => plan.browser === true),
    cases: () => renderAll(sent, env, select),
  };
}

function isCi({ CI }: SuiteRequest['env']): boolean {
  return CI !== undefined && !['', '0', 'false'].includes(CI);
}

async function readSuites(patterns: readonly string[], cwd: string, report: Report) {
  const plans: CasePlan[] = [];
  const suites = await findSuites(patterns, cwd, report);
  for (const suite of suites) {
    for (const plan of await readSuite(suite, report)) plans.push(plan);
  }
  return { plans, files: suites.map(({ path }) => path) };
}

async function checkCases(plans: readonly CasePlan[], cwd: string, report: Report): Promise<readonly RunnableCase[]> {
  const checker = new CaseChecker(new Corpora(cwd), report);
  const cases: RunnableCase[] = [];
  for (const plan of plans) cases.push(await checker.check(plan));
  return cases;
}

function filesOf({ corpus, tagged }: RunnableCase): readonly string[] {
  const sent = tagged.flatMap(({ source }) => (source.kind === 'file' ? [source.path] : []));
  return [...(corpus?.files ?? []).map(({ path }) => path), ...sent];
}

/** The cases that are selected: `cases` in any shard, `total` and `skipped` in this one. What is skipped is dealt by itself. */
function choose(cases: readonly RunnableCase[], select: CaseSelection, whyNot: (plan: CasePlan) => string | undefined) {
  const [isDealt, isSkippedDealt] = [shardDealer(select), shardDealer(select)];
  const meant = new Set<RunnableCase>();
  const skipped: SkippedCase[] = [];
  const ids = createHash('sha256');
  let total = 0;
  for (const one of cases) {
    const reason = whyNot(one.plan);
    for (const id of idsOf(one)) {
      if (!isMeant(one.plan, id, select)) continue;
      meant.add(one);
      ids.update(`${JSON.stringify(id)}\n`);
      if (reason === undefined) total += Number(isDealt());
      else if (isSkippedDealt()) skipped.push({ id, suite: one.plan.suite, at: one.plan.at, reason });
    }
  }
  const isShard = select.shard !== undefined && select.shard.total > 1;
  return { cases: [...meant], skipped, total, ...(isShard && { partOf: ids.digest('hex').slice(0, 16) }) };
}

/** Deals the cases out anew, in the order in which `choose` counted them. */
async function* renderAll(
  cases: readonly RunnableCase[],
  env: SuiteRequest['env'],
  select: CaseSelection,
): AsyncGenerator<Case> {
  const isDealt = shardDealer(select);
  for (const one of cases) yield* renderCases(one, env, (id) => isMeant(one.plan, id, select) && isDealt());
}
