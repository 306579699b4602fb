import type { ProgressListener } from '../../../src/contract/progress.js';
import { childPids, cpuMicros } from './processes.js';

/** Looks at clocks when `check` begins with the first case and when it is done with the last. */
export class CheckTimer implements ProgressListener {
  #before = clocks();
  #after = this.#before;

  stage(): void {}
  warn(): void {}
  done(): void {}

  start(): void {
    this.#before = clocks();
  }

  end(): void {
    this.#after = clocks();
  }

  /** Wall time, and the CPU time of this process and of the processes that it has started. */
  measured() {
    const [before, after] = [this.#before, this.#after];
    return {
      seconds: (after.now - before.now) / 1000,
      parentMicros: after.parent - before.parent,
      engineMicros: after.children - before.children,
    };
  }
}

function clocks() {
  const { user, system } = process.cpuUsage();
  const children = childPids().reduce((sum, pid) => sum + cpuMicros(pid), 0);
  return { now: performance.now(), parent: user + system, children };
}
