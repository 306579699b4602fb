import { setTimeout as delay } from 'node:timers/promises';
import type { StepProgress } from '../../contract/progress.js';
import { fail, type WafproofError } from '../../model/error.js';
import { unheard } from '../../prove/step-progress.js';
import type { EngineSetup, Job, RuleSetPlan } from './engine-protocol.js';
import { type EngineOutcome, EngineWorker, type StartFailure, type Task } from './engine-worker.js';

export interface EnginePool {
  readonly version: string;
  readonly size: number;
  /**
   * @param ruleSet what to evaluate with instead of the rule set of the setups
   * @throws WafproofError `ENGINE_START` when processes have died and none can be started any more
   */
  run(job: Job, ruleSet?: RuleSetPlan): Promise<EngineOutcome>;
  /** No more jobs come for a rule set. */
  drop(ruleSet: RuleSetPlan): void;
  close(): Promise<void>;
}

/**
 * Starts the processes, all at once.
 * @param loading told how many there are, and of each that has loaded the rules
 */
export async function startPool(
  setups: readonly EngineSetup[],
  timeoutMs: number,
  loading: StepProgress = unheard,
): Promise<EnginePool | StartFailure> {
  const pool = new WorkerPool(setups, timeoutMs);
  const failure = await pool.start(loading);
  if (failure === undefined) return pool;
  await pool.close();
  return failure;
}

/** Jobs in one message at most. Beyond that the price of a message is next to nothing for each of them. */
const batchLength = 8;
/** Bytes of body in one message at most: long bodies take long, and a job that was handed over stays where it is. */
const batchBytes = 8 * 1024;
/** How often a process that died is started again before it is given up, and how long after each failure. */
const restarts = 3;
const restartPauseMs = 500;

/**
 * Engine processes that share a queue. A process that dies is replaced; the job that it worked on is settled as
 * crashed, and the jobs behind it go to the others, so one request can never take others with it. Where none is left and
 * none can be started, jobs are refused.
 */
class WorkerPool implements EnginePool {
  version = 'unknown';
  readonly #workers: readonly EngineWorker[];
  readonly #queue: Task[] = [];
  #isFeeding = false;
  #isClosed = false;
  #lost = 0;
  #refusal: WafproofError | undefined;

  constructor(setups: readonly EngineSetup[], timeoutMs: number) {
    const onRoom = () => this.#feedSoon();
    const onDeath = (worker: EngineWorker, unsettled: readonly Task[]) => this.#revive(worker, unsettled);
    this.#workers = setups.map((setup) => new EngineWorker(setup, timeoutMs, onRoom, onDeath));
  }

  get size(): number {
    return this.#workers.length;
  }

  async start(loading: StepProgress): Promise<StartFailure | undefined> {
    loading.begin(this.#workers.length);
    const start = async (worker: EngineWorker) => {
      const started = await worker.start();
      if (started.kind === 'ready') loading.step();
      return started;
    };
    const starts = await Promise.all(this.#workers.map(start));
    for (const started of starts) {
      if (started.kind !== 'ready') return started;
      this.version = started.version;
    }
    return undefined;
  }

  run(job: Job, ruleSet?: RuleSetPlan): Promise<EngineOutcome> {
    if (this.#refusal !== undefined) return Promise.reject(this.#refusal);
    return new Promise((settle, refuse) => {
      this.#queue.push({ job, ruleSet, settle, refuse, isAlone: false });
      this.#feedSoon();
    });
  }

  drop({ id }: RuleSetPlan): void {
    for (const worker of this.#workers) worker.drop(id);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
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
    this.#feedSoon();
    let reason = '';
    for (let turn = 1; turn <= restarts && !this.#isClosed; turn++) {
      const started = await worker.start();
      if (started.kind === 'ready') return this.#feedSoon();
      reason = started.error;
      await delay(turn * restartPauseMs);
    }
    this.#lost++;
    if (this.#lost === this.#workers.length) this.#giveUp(reason);
  }

  #giveUp(reason: string): void {
    const error = fail('ENGINE_START', { reason: `its processes have ended, and no other starts (${reason})` });
    for (const task of this.#queue.splice(0)) task.refuse(error);
    this.#refusal = error;
  }
}

/** @param share how many jobs at most, so that no worker is left without */
function batchEnd(queue: readonly Task[], share: number): number {
  const most = queue[0]?.isAlone ? 1 : Math.min(share, batchLength);
  const first = queue[0]?.ruleSet;
  let bytes = 0;
  const end = queue.slice(0, most).findIndex(({ job, ruleSet, isAlone }, index) => {
    bytes += job.request.body.length;
    return index > 0 && (isAlone || bytes > batchBytes || ruleSet !== first);
  });
  return end === -1 ? most : end;
}
