import { type ChildProcess, fork } from 'node:child_process';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { packageRoot } from '../../util/package-root.js';
import { reasonOf } from '../../util/reason-of.js';
import { emptyEngineFolder } from './engine-folder.js';
import {
  type EngineSetup,
  type FromEngine,
  firstRuleSet,
  type Job,
  type JobResult,
  type RulePart,
  type RuleSetPlan,
  type ToEngine,
} from './engine-protocol.js';

/** The batch that a process works on, and one that waits, so that it never waits for the parent. */
const openBatches = 2;
const keptStderr = 2000;

export type EngineOutcome =
  | { readonly kind: 'done'; readonly result: JobResult }
  /** The process died, or was ended because it took too long, while it worked on the job. */
  | { readonly kind: 'crashed'; readonly reason: string }
  | { readonly kind: 'timeout'; readonly afterMs: number }
  | RulesInvalid;

/** The engine refuses the rules. */
export interface RulesInvalid {
  readonly kind: 'rules-invalid';
  readonly part: RulePart;
  readonly error: string;
}

export type StartFailure = RulesInvalid | { readonly kind: 'start-failed'; readonly error: string };

export type Started = StartFailure | { readonly kind: 'ready'; readonly version: string };

export interface Task {
  readonly job: Job;
  /** Nothing where it is for the rule set that processes start with. */
  readonly ruleSet: RuleSetPlan | undefined;
  readonly settle: (outcome: EngineOutcome) => void;
  readonly refuse: (reason: unknown) => void;
  /** A process died while it worked on this task or on one beside it: it is tried again with no other beside it. */
  readonly isAlone: boolean;
}

/** One engine process. It answers in order, so the oldest open batch is the one that it works on. */
export class EngineWorker {
  private child: ChildProcess | undefined;
  private readonly open: (readonly Task[])[] = [];
  private stderr = '';
  private timer: NodeJS.Timeout | undefined;
  private timedOut = false;
  private isSpoilt = false;
  /** The rule sets that the process has. */
  private readonly ruleSets = new Set<number>();
  private isStopped = false;
  private readonly setup: EngineSetup;
  private readonly timeoutMs: number;
  private readonly onRoom: () => void;
  private readonly onDeath: (worker: EngineWorker, undone: readonly Task[]) => void;

  /**
   * @param timeoutMs how long one job may take before the process is ended; a batch that takes longer is tried again
   * job by job
   * @param onRoom called whenever the worker can take a batch
   * @param onDeath called with the tasks of a dead process that are to be done elsewhere
   */
  constructor(
    setup: EngineSetup,
    timeoutMs: number,
    onRoom: () => void,
    onDeath: (worker: EngineWorker, undone: readonly Task[]) => void,
  ) {
    this.setup = setup;
    this.timeoutMs = timeoutMs;
    this.onRoom = onRoom;
    this.onDeath = onDeath;
  }

  /** How many batches it can take. */
  get room(): number {
    return this.child === undefined ? 0 : openBatches - this.open.length;
  }

  /** Starts the process, in a folder that holds nothing of an earlier one, and loads the rules. */
  async start(): Promise<Started> {
    this.stderr = '';
    try {
      await emptyEngineFolder(this.setup.folder);
      return await this.launch();
    } catch (error) {
      return { kind: 'start-failed', error: reasonOf(error) };
    }
  }

  private launch(): Promise<Started> {
    const child = fork(join(packageRoot, 'dist/waf/modsecurity/engine-process.js'), {
      cwd: this.setup.folder,
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    // What it says at its death is in there by then: it is read while its exit is waited for.
    if (child.stderr instanceof Socket) child.stderr.unref();
    child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr = (this.stderr + chunk.toString('latin1')).slice(-keptStderr);
    });
    return new Promise((resolve) => {
      const failed = (error: string) => resolve({ kind: 'start-failed', error });
      child.once('error', (error) => failed(reasonOf(error)));
      child.once('exit', (code, signal) => failed(this.describeExit(code, signal)));
      child.once('message', (message: FromEngine) => {
        if (message.kind === 'results') return;
        if (message.kind === 'ready' && !this.isStopped) this.adopt(child);
        else child.kill('SIGKILL');
        resolve(message);
      });
      this.post(child, { kind: 'setup', setup: this.setup });
    });
  }

  /** @param batch tasks for one rule set, which the process loads now where it does not have it */
  give(batch: readonly Task[]): void {
    if (this.child === undefined) throw new TypeError('give() needs a started worker');
    this.open.push(batch);
    this.holdOn(this.child);
    const { id = firstRuleSet, parts = [] } = batch[0]?.ruleSet ?? {};
    const jobs = batch.map(({ job }) => job);
    const isNew = !this.ruleSets.has(id);
    this.ruleSets.add(id);
    this.post(this.child, { kind: 'evaluate', ruleSet: id, jobs, ...(isNew && { parts }) });
    if (this.open.length === 1) this.restartTimer();
  }

  /** Tells the process that a rule set is not needed any more. */
  drop(ruleSet: number): void {
    if (this.ruleSets.delete(ruleSet) && this.child !== undefined) this.post(this.child, { kind: 'drop', ruleSet });
  }

  stop(): Promise<void> {
    const { child } = this;
    this.isStopped = true;
    this.child = undefined;
    clearTimeout(this.timer);
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    this.holdOn(child);
    return new Promise((resolve) => {
      child.removeAllListeners('exit').once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  }

  /** The parent waits for the process as long as there is something to do. */
  private holdOn(child: ChildProcess): void {
    child.ref();
    child.channel?.ref();
  }

  /** A process with nothing to do keeps its parent no longer than that has something else to do. */
  private letGo(): void {
    this.child?.unref();
    this.child?.channel?.unref();
  }

  private adopt(child: ChildProcess): void {
    this.child = child;
    this.letGo();
    this.ruleSets.clear();
    this.ruleSets.add(firstRuleSet);
    child.removeAllListeners('exit');
    child.on('message', (message: FromEngine) => {
      if (message.kind === 'results') this.finish(message.results);
      if (message.kind === 'rules-invalid') this.refuse(message);
    });
    child.once('exit', (code, signal) => this.died(this.describeExit(code, signal)));
  }

  private post(child: ChildProcess, message: ToEngine): void {
    // A process that is gone reports it through `exit`, where its tasks are settled.
    child.send(message, () => undefined);
  }

  private finish(results: readonly JobResult[]): void {
    const batch = this.open.shift() ?? [];
    this.restartTimer();
    this.onRoom();
    for (const [index, result] of results.entries()) batch[index]?.settle({ kind: 'done', result });
  }

  /** After an error libmodsecurity's parser may refuse the next rules too, so the process is of no more use. */
  private refuse(refusal: RulesInvalid): void {
    for (const { settle } of this.open.shift() ?? []) settle(refusal);
    this.isSpoilt = true;
    this.child?.kill('SIGKILL');
  }

  private restartTimer(): void {
    clearTimeout(this.timer);
    if (this.open.length === 0) {
      this.letGo();
      return;
    }
    this.timer = setTimeout(() => {
      this.timedOut = true;
      this.child?.kill('SIGKILL');
    }, this.timeoutMs);
  }

  private died(reason: string): void {
    clearTimeout(this.timer);
    if (this.child === undefined) return;
    this.child = undefined;
    if (this.isSpoilt) {
      this.isSpoilt = false;
      this.onDeath(this, this.open.splice(0).flat());
      return;
    }
    const [begun = [], ...unbegun] = this.open.splice(0);
    const outcome: EngineOutcome = this.timedOut
      ? { kind: 'timeout', afterMs: this.timeoutMs }
      : { kind: 'crashed', reason };
    this.timedOut = false;
    const [only, ...others] = begun;
    const isKnown = only !== undefined && others.length === 0;
    if (isKnown) only.settle(outcome);
    const suspects = isKnown ? [] : begun.map((task) => ({ ...task, isAlone: true }));
    this.onDeath(this, [...suspects, ...unbegun.flat()]);
  }

  private describeExit(code: number | null, signal: NodeJS.Signals | null): string {
    const how = signal === null ? `the engine process ended with code ${code}` : `the engine process got ${signal}`;
    const last = this.stderr.trim().split('\n').at(-1) ?? '';
    return last === '' ? how : `${how}: ${last}`;
  }
}
