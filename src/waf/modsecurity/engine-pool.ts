import type { EngineSetup, Job } from './engine-protocol.js';
import { EngineWorker, type JobOutcome, type StartFailure, type Task } from './engine-worker.js';

export interface EnginePool {
  readonly version: string;
  readonly size: number;
  run(job: Job): Promise<JobOutcome>;
  close(): Promise<void>;
}

/**
 * Engine processes that share a queue. A process that dies is replaced; the job that it worked on is settled as
 * crashed, and the jobs behind it go to the others, so one request can never take others with it.
 */
export async function startPool(setups: readonly EngineSetup[], timeoutMs: number): Promise<EnginePool | StartFailure> {
  const queue: Task[] = [];
  const feed = (worker: EngineWorker) => {
    while (worker.hasRoom) {
      const task = queue.shift();
      if (task === undefined) return;
      worker.give(task);
    }
  };
  const revive = async (worker: EngineWorker, unbegun: readonly Task[]) => {
    queue.unshift(...unbegun);
    const started = await worker.start();
    if (started.kind === 'ready') return feed(worker);
    for (const task of queue.splice(0)) task.settle({ kind: 'crashed', reason: started.error });
  };
  const workers = setups.map((setup) => new EngineWorker(setup, timeoutMs, feed, revive));
  const close = async () => void (await Promise.all(workers.map((worker) => worker.stop())));
  const starts = await Promise.all(workers.map((worker) => worker.start()));
  const versions: string[] = [];
  for (const started of starts) {
    if (started.kind === 'ready') versions.push(started.version);
    else {
      await close();
      return started;
    }
  }
  return {
    version: versions[0] ?? 'unknown',
    size: workers.length,
    run: (job) =>
      new Promise((settle) => {
        queue.push({ job, settle });
        workers.forEach(feed);
      }),
    close,
  };
}
