/**
 * The entry of an engine process. Each holds one ModSecurity instance, so the parser's global state, its words on
 * standard output and its crashes stay in here. The parent reads results in the order in which it sent the jobs.
 */
import { ftruncateSync, openSync, readSync } from 'node:fs';
import { engineFiles } from './base-config.js';
import type { EngineSetup, FromEngine, Job, JobResult, ToEngine } from './engine-protocol.js';
import { type ModSecurity, openModSecurity, RuleError, type RuleSet } from './modsecurity.js';

const chunkSize = 64 * 1024;
const truncateAbove = 8 * 1024 * 1024;

/** Reads what the engine appended to its audit log since the last call. The engine opens the log for appending. */
function openAuditLog(path: string) {
  const fd = openSync(path, 'a+');
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
  readonly rules: RuleSet;
  readonly log: ReturnType<typeof openAuditLog>;
}

function start({ library, parts }: EngineSetup): Running {
  const engine = openModSecurity(library);
  const rules = engine.loadRules(parts);
  return { engine, rules, log: openAuditLog(engineFiles.auditLog) };
}

function runJob({ engine, rules, log }: Running, { id, request }: Job): JobResult {
  const started = performance.now();
  const { status, reason } = engine.evaluate(rules, request, id);
  const durationMs = performance.now() - started;
  return { id, status, durationMs, ...(reason !== undefined && { reason }), entry: log.take() };
}

function runJobs(running: Running, jobs: readonly Job[]): readonly JobResult[] {
  return jobs.map((job) => runJob(running, job));
}

let running: Running | undefined;

function setUp(setup: EngineSetup): FromEngine {
  try {
    running = start(setup);
    return { kind: 'ready', version: running.engine.version };
  } catch (error) {
    if (error instanceof RuleError) return { kind: 'rules-invalid', part: error.part, error: error.message };
    return { kind: 'start-failed', error: String(error) };
  }
}

function reply(message: ToEngine): FromEngine {
  if (message.kind === 'setup') return setUp(message.setup);
  return { kind: 'results', results: running === undefined ? [] : runJobs(running, message.jobs) };
}

const inbox: ToEngine[] = [];
let isBusy = false;

/** One message after the other: the answer to one is on its way before the next, which may take long, is begun. */
function work(): void {
  const message = inbox.shift();
  isBusy = message !== undefined;
  if (message !== undefined) process.send?.(reply(message), undefined, undefined, work);
}

process.on('message', (message: ToEngine) => {
  inbox.push(message);
  if (!isBusy) work();
});
process.on('disconnect', () => process.exit());
process.on('SIGINT', () => undefined);
