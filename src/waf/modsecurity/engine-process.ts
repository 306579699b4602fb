/**
 * The entry of an engine process. Each holds one ModSecurity instance, so the parser's global state, its words on
 * standard output and its crashes stay in here. The parent reads results in the order in which it sent the jobs.
 */
import { existsSync, ftruncateSync, openSync, readSync, symlinkSync, unlinkSync } from 'node:fs';
import { reasonOf } from '../../util/reason-of.js';
import { engineFiles } from './base-config.js';
import {
  type EngineSetup,
  type FromEngine,
  firstRuleSet,
  type Job,
  type JobResult,
  type ToEngine,
} from './engine-protocol.js';
import { RuleError, type RuleSet } from './load-rules.js';
import { type ModSecurity, openModSecurity } from './modsecurity.js';

const chunkSize = 64 * 1024;
const truncateAbove = 8 * 1024 * 1024;

/**
 * Opens a file for requests that leaves none behind: it has lost its name before anything is in it, and is gone with this
 * process. Under its name is a link that leads to it, in this process only. Where the system has no such links it keeps its
 * name.
 */
function openNameless(path: string): number {
  const fd = openSync(path, 'a+', 0o600);
  const link = `/proc/self/fd/${fd}`;
  if (existsSync(link)) {
    unlinkSync(path);
    symlinkSync(link, path);
  }
  return fd;
}

/** Reads what the engine appended to its audit log since the last call. The engine opens the log for appending. */
function openAuditLog(path: string) {
  const fd = openNameless(path);
  const chunk = Buffer.alloc(chunkSize);
  let position = 0;
  return {
    take(): Uint8Array | undefined {
      const pieces: Buffer[] = [];
      for (let read = readSync(fd, chunk, 0, chunkSize, position); read > 0; ) {
        pieces.push(Buffer.from(chunk.subarray(0, read)));
        position += read;
        read = read < chunkSize ? 0 : readSync(fd, chunk, 0, chunkSize, position);
      }
      if (position > truncateAbove) {
        ftruncateSync(fd, 0);
        position = 0;
      }
      return pieces.length === 0 ? undefined : Buffer.concat(pieces);
    },
  };
}

interface Running {
  readonly engine: ModSecurity;
  readonly ruleSets: Map<number, RuleSet>;
  readonly log: ReturnType<typeof openAuditLog>;
}

function start({ library, parts }: EngineSetup): Running {
  const engine = openModSecurity(library);
  const log = openAuditLog(engineFiles.auditLog);
  const ruleSets = new Map([[firstRuleSet, engine.loadRules(parts)]]);
  return { engine, ruleSets, log };
}

function runJob({ engine, log }: Running, rules: RuleSet, { id, request }: Job): JobResult {
  const started = performance.now();
  const { status, reason } = engine.evaluate(rules, request, id);
  const durationMs = performance.now() - started;
  return { id, status, durationMs, ...(reason !== undefined && { reason }), entry: log.take() };
}

function runJobs(running: Running, { ruleSet, parts = [], jobs }: Evaluate): readonly JobResult[] {
  const rules = running.ruleSets.get(ruleSet) ?? running.engine.loadRules(parts);
  running.ruleSets.set(ruleSet, rules);
  return jobs.map((job) => runJob(running, rules, job));
}

function drop({ engine, ruleSets }: Running, ruleSet: number): void {
  const rules = ruleSets.get(ruleSet);
  ruleSets.delete(ruleSet);
  if (rules !== undefined) engine.freeRules(rules);
}

let running: Running | undefined;

function setUp(setup: EngineSetup): FromEngine {
  running = start(setup);
  return { kind: 'ready', version: running.engine.version };
}

type Evaluate = Extract<ToEngine, { kind: 'evaluate' }>;

function answer(message: ToEngine): FromEngine | undefined {
  if (message.kind === 'setup') return setUp(message.setup);
  if (running === undefined) return { kind: 'results', results: [] };
  if (message.kind === 'drop') return void drop(running, message.ruleSet);
  return { kind: 'results', results: runJobs(running, message) };
}

function reply(message: ToEngine): FromEngine | undefined {
  try {
    return answer(message);
  } catch (error) {
    if (error instanceof RuleError) return { kind: 'rules-invalid', part: error.part, error: error.message };
    if (message.kind === 'setup') return { kind: 'start-failed', error: reasonOf(error) };
    throw error;
  }
}

const inbox: ToEngine[] = [];
let isBusy = false;

/** One message after the other: the answer to one is on its way before the next, which may take long, is begun. */
function work(): void {
  const message = inbox.shift();
  isBusy = message !== undefined;
  if (message === undefined) return;
  const answered = reply(message);
  if (answered === undefined) work();
  else process.send?.(answered, undefined, undefined, work);
}

process.on('message', (message: ToEngine) => {
  inbox.push(message);
  if (!isBusy) work();
});
process.on('disconnect', () => process.exit());
// Signals to the whole group of processes are for the parent, which ends this one when it has no more questions.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
