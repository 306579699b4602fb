import { join, resolve } from 'node:path';
import { type RecordingProxy, startRecordingProxy } from '../../lab/recording-proxy.js';
import { fail } from '../../model/error.js';
import type { EngineOptions } from '../../model/options.js';
import type { StreamedReport } from '../../model/report.js';
import type { CapturedRequest } from '../../record/captured-request.js';
import type { LeftOut, NeededValue } from '../../record/import-format.js';
import { countsByReason } from '../../record/left-out.js';
import { isAsset, RecordedTraffic, type TrafficItem } from '../../record/recorded-traffic.js';
import { attributeTests } from '../../record/results/attribute-tests.js';
import type { RecordedSpan } from '../../record/results/runner-result.js';
import { toSuite } from '../../record/to-suite.js';
import { requestWithoutSecrets } from '../../record/without-secrets.js';
import { trustIn } from '../../replay/trust.js';
import { checkInto } from '../check.js';
import type { ResultStore } from '../result-store.js';
import { runCommandToEnd } from '../run-command.js';
import type { World } from '../world.js';
import { writeSuiteFile } from '../write-suite-file.js';
import { assertFree } from './assert-free.js';
import { openLiveCheck } from './live-check.js';
import { LiveWatch } from './live-watch.js';
import { outcomesOf, type TestOutcome } from './test-outcomes.js';
import { UnansweredCount } from './unanswered.js';

/** What is recorded, and where it goes. */
export interface RecordCommandOptions {
  /** The application: `http://localhost:3000`. */
  readonly upstream: string;
  /** What is run against it. */
  readonly command: readonly string[];
  /** The folder that the suite is written into, relative to the world's `cwd`. */
  readonly out: string;
  /** The name of the suite's file, without `.yaml`. */
  readonly name: string;
  /** A suite that is there is overwritten. */
  readonly force: boolean;
  /** A file of certificates to trust beside those that Node trusts, relative to the world's `cwd`. */
  readonly ca?: string;
  /** Port of 127.0.0.1 that the command talks to; default: a free one. */
  readonly port?: number;
  readonly engine?: Partial<EngineOptions>;
  /** What the command writes of its tests, relative to the world's `cwd`: files of JUnit, Playwright, newman and others, or folders. */
  readonly results?: readonly string[];
  /** The command's standard output goes to standard error. */
  readonly asideOutput?: boolean;
  /** Hears, while the command runs, of each kind of request that a WAF would refuse. */
  readonly tell: (line: string) => void;
}

/** What a recording came to. */
export interface RecordedCommand {
  readonly report: StreamedReport;
  /** The command's own exit code. */
  readonly commandCode: number;
  /** Below the world's `cwd`. */
  readonly file: string;
  readonly cases: number;
  /** Requests that went by. */
  readonly found: number;
  readonly leftOut: readonly LeftOut[];
  readonly notes: readonly string[];
  readonly needed: readonly NeededValue[];
  /** The tests that sent something, by their names, and what of it a WAF would refuse. Empty where none is known. */
  readonly tests: readonly TestOutcome[];
  /** Requests of which no test is known. */
  readonly ofNoTest: number;
}

/** Runners may say in it which test a request is of. */
const testHeader = 'X-Wafproof-Test';
/** As much of a body as an engine takes with the recommended configuration, in bytes. */
const requestBytes = 13_107_200;
const answerBytes = 512 * 1024;

/**
 * Runs a command, such as a team's tests, against an application by way of a proxy that lets everything pass. What was sent
 * becomes a suite, and the suite is evaluated on an engine on this machine: the report tells what a WAF that blocks would
 * have refused.
 * @throws WafproofError `OUTPUT_EXISTS`, `OUTPUT_UNWRITABLE`, `COMMAND_START`, `RECORD_NOTHING`, `RECORD_UNREACHABLE`, `LAB_PORT`, `CA_UNREADABLE`, and those of `check`
 */
export async function recordRun(
  results: ResultStore,
  options: RecordCommandOptions,
  world: World,
): Promise<RecordedCommand> {
  const { out, name, force, engine, command } = options;
  const file = join(out, `${name}.yaml`);
  if (!force) await assertFree([file], world.cwd);
  const { traffic, code, span, unanswered } = await recordTraffic(options, world);
  const { requests, notes: onResults } = await withTests(traffic.requests(), options, span, world);
  const wanted = requests.filter((one) => !isAsset(one));
  const assets = requests.filter(isAsset).map((one): LeftOut => ({ name: requestWithoutSecrets(one), reason: ofPage }));
  const made = toSuite(wanted, { source: nameOf(command), stem: name, isRecorded: true, keepGet: true });
  const [suite] = made.suites;
  const allLeftOut = [...made.leftOut, ...assets];
  if (suite === undefined)
    throw fail('RECORD_NOTHING', { found: requests.length, leftOut: countsByReason(allLeftOut), code });
  await writeSuiteFile(suite, resolve(world.cwd, out), true);
  const env = { ...world.env, ...Object.fromEntries(made.secretValues ?? []) };
  // The end of a recording is no reason to leave its check undone.
  const { signal } = world.signal.aborted ? new AbortController() : world;
  const report = await checkInto(
    results,
    { suites: [file], ...(engine !== undefined && { engine }) },
    { ...world, env, signal },
  );
  const { notes, needed = [] } = made;
  const tests = outcomesOf(suite.cases, name, report.results);
  const ofNoTest = wanted.filter(({ test }) => test === undefined).length;
  const told = { notes: [...onResults, ...notes, ...unanswered.notes()], needed, leftOut: allLeftOut, tests, ofNoTest };
  return { report, commandCode: code, file, cases: suite.cases.length, found: requests.length, ...told };
}

async function withTests(
  requests: readonly CapturedRequest[],
  { results: paths = [] }: RecordCommandOptions,
  span: RecordedSpan,
  { cwd }: World,
) {
  if (paths.length === 0) return { requests, notes: [] };
  const { readResults } = await import('../../record/results/read-results.js');
  const { results, notes } = await readResults(paths, cwd, span);
  return { requests: attributeTests(requests, results), notes };
}

const ofPage = 'a part of a page: a picture, a font, a style or a script';

async function recordTraffic(options: RecordCommandOptions, world: World) {
  const { upstream, command, port = 0, asideOutput = false, engine } = options;
  const live = await openLiveCheck({ ...(engine && { engine }) }, world);
  const watch = new LiveWatch(live, options.tell);
  const application = new URL(upstream);
  const trust = options.ca === undefined ? undefined : trustIn(resolve(world.cwd, options.ca));
  const traffic = new RecordedTraffic({ origin: application.origin, sender: nameOf(command), testHeader });
  const keep = { requestBytes, answerBytes, ownHeader: testHeader };
  const unanswered = new UnansweredCount(application.origin);
  const onPassed = (passed: TrafficItem) => {
    unanswered.look(passed);
    watch.look(traffic.add(passed));
  };
  const began = Date.now();
  try {
    const proxy = await startRecordingProxy({ upstream: application, port, trust, ...keep, onPassed });
    const code = await runBefore(proxy, application, { command, asideOutput }, world);
    const span = { began, ended: Date.now() };
    await watch.end();
    unanswered.assertSome();
    return { traffic, code, span, unanswered };
  } finally {
    await live.close();
  }
}

async function runBefore(
  proxy: RecordingProxy,
  application: URL,
  { command, asideOutput }: Required<Pick<RecordCommandOptions, 'command' | 'asideOutput'>>,
  world: World,
): Promise<number> {
  try {
    const url = `${proxy.url}${application.pathname.replace(/\/+$/, '')}`;
    const given = world.env['BASE_URL'] ?? '';
    const env = { WAFPROOF_URL: url, ...(given === '' && { BASE_URL: url }) };
    world.progress.stage(`recording at ${url} what is sent to ${application.origin}`);
    return await runCommandToEnd(command, { env, asideOutput }, world);
  } finally {
    await proxy.close();
  }
}

/** What is run, without its options: passwords may be among them. */
function nameOf(command: readonly string[]): string {
  const end = command.findIndex((word) => !/^[\w@./:][\w@./:-]{0,40}$/.test(word));
  const name = command.slice(0, Math.min(end === -1 ? mostWords : end, mostWords)).join(' ');
  return name === '' ? 'the command' : name;
}

const mostWords = 4;
