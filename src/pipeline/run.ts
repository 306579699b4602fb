import type { Attributor } from '../contract/attributor.js';
import { comesMinutesLater } from '../evidence/log-delay.js';
import type { Journal } from '../journal/journal.js';
import type { Case } from '../model/case.js';
import type { RunOptions } from '../model/options.js';
import type { CaseResult, RunReport, StreamedReport } from '../model/report.js';
import type { TargetOptions } from '../model/target-options.js';
import { createCorrelationIds } from '../replay/correlation-ids.js';
import { createHttpTransport, type HttpTransportOptions } from '../replay/http-transport.js';
import { Pace } from '../replay/pace.js';
import type { Sessions } from '../replay/session/sessions.js';
import { parseTarget } from '../replay/target.js';
import { defaultSeed } from '../request/random-values.js';
import { loadSuites } from '../suite/load-suites.js';
import { using } from '../util/using.js';
import { patienceWith } from './ask-until-found.js';
import { assembleReport } from './assemble-report.js';
import { Backlog, mostWaiting } from './backlog.js';
import { describeLog } from './describe-log.js';
import { earlierResult } from './earlier-results.js';
import { withExplanations } from './explain-findings.js';
import { findWaf } from './find-waf.js';
import { httpOptions, limited, otherOrigins } from './http-options.js';
import { meetTarget } from './meet-target.js';
import { openJournal } from './open-journal.js';
import { surroundings } from './open-places.js';
import { openSessions } from './open-sessions.js';
import { askPastLog, type PastLog } from './past-log.js';
import { refusalsAt } from './refusals-at.js';
import { arrayStore, type ResultStore } from './result-store.js';
import { seeRefusal } from './see-refusal.js';
import type { Sending } from './sending.js';
import { startJoiner } from './start-joiner.js';
import { targetBrowser } from './target-browser.js';
import { askEndpoints } from './triage/ask-endpoints.js';
import { KeptRefusals } from './triage/kept-refusals.js';
import { Refusals } from './triage/tell-refusals.js';
import { witnessCase } from './witness-case.js';
import { witnessEach } from './witness-each.js';
import type { World } from './world.js';

/**
 * Replays suites against a target over HTTP and joins each answer with the WAF's log.
 * @throws WafproofError `SUITE_…` and its like when a suite is wrong, `TARGET_UNREACHABLE`, `TARGET_SILENT`, `SESSION_FAILED`, `SESSION_BLOCKED`,
 * `LOG_MISSING`, `EVIDENCE_NONE`, `WAF_SILENT`, `WAF_UNKNOWN`, `RESUME_…`, `JOURNAL_INVALID`: nothing could be found out
 */
export async function run(options: RunOptions, world: World): Promise<RunReport> {
  const results: CaseResult[] = [];
  const report = await runInto(arrayStore(results), options, world);
  return { ...report, results: [...report.results] };
}

/**
 * `run` for any number of cases.
 * @returns a report whose results lie in the store
 */
export async function runInto(results: ResultStore, options: RunOptions, world: World): Promise<StreamedReport> {
  const { target, select = {}, repeat = 1, seed = defaultSeed } = options;
  const suites = await loadSuites({
    patterns: options.suites,
    select,
    cwd: world.cwd,
    env: world.env,
    withhold: ({ intent }) => (intent === 'attack' && !target.attacks ? withheldBecause : undefined),
  });
  const waf = findWaf(target.waf.kind, world);
  const http = limited(httpOptions(target, world));
  const browser = targetBrowser(http, world);
  const journal = await openJournal({ ...options, repeat, seed }, suites, world);
  const ids = createCorrelationIds();
  const log = await waf.open(target, surroundings(ids.prefix, options.engine));
  const joiner = startJoiner(log, target, ids);
  let sessions: Sessions | undefined;
  try {
    if (suites.browser || target.session?.browser !== undefined) await browser.ready();
    world.progress.stage(`asking ${target.url}`);
    const meeting = {
      http,
      ids,
      waf,
      joiner,
      answers: log,
      isSlow: comesMinutesLater(log.source.delay),
      describeLog: () => describeLog(waf, target.waf),
      patienceMs: patienceWith(log.source, joiner),
      signal: world.signal,
    };
    const { info, harmless, skewMs } = await meetTarget(meeting);
    const refusal = seeRefusal(meeting, harmless, target.attacks);
    const blockAnswer = meeting.isSlow ? later(refusal) : await refusal;
    const opening = { http, reach: otherOrigins(target, world), ids, joiner, isSlow: meeting.isSlow, browser };
    sessions = await openSessions(opening, target.session);
    world.progress.start(suites.total);
    const attribute: Attributor = (record, request) => log.attribute(record, request);
    const backlog = new Backlog(mostWaiting(log.source.delay));
    const kept = options.triage === undefined ? undefined : new KeptRefusals();
    const sending = {
      http,
      address: parseTarget(http),
      ids,
      joiner,
      attribute,
      ...(log.readAnswer !== undefined && { readAnswer: log.readAnswer }),
      ...(log.requestIdOf !== undefined && { requestIdOf: log.requestIdOf }),
      names: waf.fields,
      blockAnswer,
      isSlow: meeting.isSlow,
      ...(target.attacks && !meeting.isSlow && { refusalsAt: refusalsAt(meeting) }),
      ...(skewMs !== undefined && { skewMs }),
      backlog,
      sessions,
      seed,
      repeat,
      announce: journal.announce,
      ...(kept !== undefined && { refusals: kept }),
    };
    const question = { waf, target, engine: options.engine, since: journal.startedAt };
    const past = await askPastLog(journal.unjudged(), question);
    const ended = await using(Promise.resolve(past), () =>
      replay(suites.cases(), sending, { journal, past, results }, { target, world }),
    );
    const refusals = new Refusals(results);
    const { triage } = options;
    const asked =
      kept === undefined || triage === undefined || ended.interrupted !== undefined
        ? undefined
        : await askEndpoints(kept.all(), refusals, { target, options: triage, http, ids, joiner, world });
    const report = assembleReport({
      target: { name: target.name, url: target.url, waf: await info },
      names: waf.fields,
      startedAt: journal.startedAt,
      durationMs: journal.elapsedMs(),
      skipped: suites.skipped,
      ...(suites.random && { seed }),
      ...(options.select && { select: options.select }),
      partOf: suites.partOf,
      forged: joiner.forged,
      ...ended,
      ...(asked !== undefined && { probing: asked.info }),
      results: refusals.told(asked?.found),
    });
    return await withExplanations(report, waf, options.engine);
  } finally {
    await sessions?.close();
    await browser.close();
    await joiner.close();
    journal.close();
  }
}

/** What is awaited later: what goes wrong is told then. */
function later<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** Attack cases go only where the user allowed them; elsewhere they are left out, and the report says so. */
const withheldBecause = 'the target does not allow attack cases';

/** How much of an answer is kept where a text in it shows that the session is lost, in bytes. */
const searchedBytes = 256 * 1024;

/** What a run has done so far, and where it keeps what comes of it. */
interface Notes {
  readonly journal: Journal;
  readonly past: PastLog;
  readonly results: ResultStore;
}

/**
 * Sends every case that an earlier part of the run has not finished, and writes each result down.
 * @returns why it ended before all were done, if it did
 */
async function replay(
  cases: AsyncIterable<Case>,
  context: Omit<Sending, 'transport'> & { readonly http: HttpTransportOptions; readonly backlog: Backlog },
  { journal, past, results }: Notes,
  { target, world }: { readonly target: TargetOptions; readonly world: World },
): Promise<Pick<StreamedReport, 'interrupted'>> {
  const { http, repeat, joiner, backlog } = context;
  const pace = new Pace(target);
  const excerpt = target.session?.lost?.text === undefined ? {} : { excerptBytes: searchedBytes };
  const transport = createHttpTransport({ ...http, ...excerpt, pace });
  const sending = { ...context, transport };
  const witness = async (one: Case) => {
    const earlier = journal.earlier(one.id);
    if (earlier !== undefined) return earlierResult(one, earlier, past, sending);
    const finished = await witnessCase(one, sending);
    journal.record(finished);
    return finished.result;
  };
  const onEnd = () => joiner.hurry();
  world.signal.addEventListener('abort', onEnd, { once: true });
  try {
    const atOnce = Math.ceil((target.connections + backlog.most) / repeat);
    const ended = await witnessEach(cases, atOnce, witness, world, (result) => results.add(result));
    journal.flush();
    return pace.stopped === undefined ? ended : { interrupted: pace.stopped, ...ended };
  } finally {
    world.signal.removeEventListener('abort', onEnd);
    world.progress.end();
    await transport.close();
  }
}
