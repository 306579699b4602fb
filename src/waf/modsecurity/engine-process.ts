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
  const { status } = engine.evaluate(rules, request, id);
  return { id, status, durationMs: performance.now() - started, entry: log.take() };
}

function runJobs(running: Running, jobs: readonly Job[]): readonly JobResult[] {
  return jobs.map((job) => runJob(running, job));
}

function send(message: FromEngine): void {
  process.send?.(message);
}

function setUp(setup: EngineSetup): Running | undefined {
  try {
    const running = start(setup);
    send({ kind: 'ready', version: running.engine.version });
    return running;
  } catch (error) {
    if (error instanceof RuleError) send({ kind: 'rules-invalid', part: error.part, error: error.message });
    else send({ kind: 'start-failed', error: String(error) });
    return undefined;
  }
}

let running: Running | undefined;

process.on('message', (message: ToEngine) => {
  if (message.kind === 'setup') running = setUp(message.setup);
  else if (running !== undefined) send({ kind: 'results', results: runJobs(running, message.jobs) });
});
process.on('disconnect', () => process.exit());
process.on('SIGINT', () => undefined);
