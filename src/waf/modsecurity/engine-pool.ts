import type { EngineSetup, Job } from './engine-protocol.js';
import { type EngineOutcome, EngineWorker, type StartFailure, type Task } from './engine-worker.js';

export interface EnginePool {
  readonly version: string;
  readonly size: number;
  run(job: Job): Promise<EngineOutcome>;
  close(): Promise<void>;
}

/** Starts the processes, all at once. */
export async function startPool(setups: readonly EngineSetup[], timeoutMs: number): Promise<EnginePool | StartFailure> {
  const pool = new WorkerPool(setups, timeoutMs);
  const failure = await pool.start();
  if (failure === undefined) return pool;
  await pool.close();
  return failure;
}

/** Jobs in one message at most. Beyond that the price of a message is next to nothing for each of them. */
const batchLength = 8;
/** Bytes of body in one message at most: long bodies take long, and a job that was handed over stays where it is. */
const batchBytes = 8 * 1024;

/**
 * Engine processes that share a queue. A process that dies is replaced; the job that it worked on is settled as
 * crashed, and the jobs behind it go to the others, so one request can never take others with it.
 */
class WorkerPool implements EnginePool {
  version = 'unknown';
  readonly #workers: readonly EngineWorker[];
  readonly #queue: Task[] = [];
  #isFeeding = false;

  constructor(setups: readonly EngineSetup[], timeoutMs: number) {
    const onRoom = () => this.#feedSoon();
    const onDeath = (worker: EngineWorker, unsettled: readonly Task[]) => this.#revive(worker, unsettled);
    this.#workers = setups.map((setup) => new EngineWorker(setup, timeoutMs, onRoom, onDeath));
  }

  get size(): number {
    return this.#workers.length;
  }

  async start(): Promise<StartFailure | undefined> {
    const starts = await Promise.all(this.#workers.map((worker) => worker.start()));
    for (const started of starts) {
      if (started.kind !== 'ready') return started;
      this.version = started.version;
    }
    return undefined;
  }

  run(job: Job): Promise<EngineOutcome> {
    return new Promise((settle) => {
      this.#queue.push({ job, settle, isAlone: false });
      this.#feedSoon();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.stop()));
  }

  /** Once a turn of the event loop, so that jobs which arrive together travel together. */
  #feedSoon(): void {
    if (this.#isFeeding) return;
    this.#isFeeding = true;
    setImmediate(() => {
      this.#isFeeding = false;
      this.#feed();
    });
  }

  #feed(): void {
    for (let room = this.#room(); room > 0 && this.#queue.length > 0; room--) {
      const [idlest] = this.#workers.filter((worker) => worker.room > 0).sort((a, b) => b.room - a.room);
      idlest?.give(this.#queue.splice(0, batchEnd(this.#queue, Math.ceil(this.#queue.length / room))));
    }
  }

  #room(): number {
    return this.#workers.reduce((sum, worker) => sum + worker.room, 0);
  }

  async #revive(worker: EngineWorker, unsettled: readonly Task[]): Promise<void> {
    this.#queue.unshift(...unsettled);
    const started = await worker.start();
    if (started.kind === 'ready') return this.#feedSoon();
    for (const task of this.#queue.splice(0)) task.settle({ kind: 'crashed', reason: started.error });
  }
}

/** @param share how many jobs at most, so that no worker is left without */
function batchEnd(queue: readonly Task[], share: number): number {
  const most = queue[0]?.isAlone ? 1 : Math.min(share, batchLength);
  let bytes = 0;
  const end = queue.slice(0, most).findIndex(({ job, isAlone }, index) => {
    bytes += job.request.body.length;
    return index > 0 && (isAlone || bytes > batchBytes);
  });
  return end === -1 ? most : end;
}
