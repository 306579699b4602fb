import { resolve, sep } from 'node:path';
import { resultChanges } from '../../compare/result-changes.js';
import { WafproofError } from '../../model/error.js';
import type { CheckOptions } from '../../model/options.js';
import type { CaseResult, RunReport } from '../../model/report.js';
import type { ResultChanges } from '../../model/result-changes.js';
import { type CheckEngine, checkOn, loadCheckedSuites, openCheckEngine } from '../check.js';
import { arrayStore } from '../result-store.js';
import type { World } from '../world.js';
import { watchFiles } from './file-watcher.js';
import { type RememberingEngine, rememberingEngine } from './remembering-engine.js';

/** What a check came to, after files were saved. */
export type Turn =
  | {
      readonly kind: 'checked';
      /** The files that were saved; none at first. */
      readonly saved: readonly string[];
      readonly report: RunReport;
      /** Against the last turn that could be checked; at first against nothing. */
      readonly changes: ResultChanges;
    }
  | { readonly kind: 'failed'; readonly saved: readonly string[]; readonly error: WafproofError };

/**
 * Checks suites, and again whenever a suite, what it refers to or a rule file is saved, until the world's signal. Only
 * requests that are new are evaluated; after a change of rules, all are.
 * @throws WafproofError where nothing can be watched, such as `WAF_UNKNOWN`; what is wrong with files is told as a turn
 */
export async function watchCheck(options: CheckOptions, world: World, heard: (turn: Turn) => void): Promise<void> {
  const rules = rulePaths(options);
  const suites = options.suites.map((pattern) => resolve(world.cwd, withoutGlob(pattern)));
  const watcher = await watchFiles([...suites, ...rules]);
  const checked = new WatchedCheck(options, world, (files) => watcher.add(files));
  try {
    let saved: readonly string[] = [];
    do {
      if (saved.some((path) => rules.some((rule) => isIn(path, rule)))) await checked.dropEngine();
      heard(await checked.turn(saved));
      saved = await watcher.changed(world.signal);
    } while (!world.signal.aborted);
  } finally {
    await checked.dropEngine();
    await watcher.close();
  }
}

/** What is kept from one turn to the next. */
class WatchedCheck {
  readonly #options: CheckOptions;
  readonly #world: World;
  readonly #watch: (files: readonly string[]) => void;
  #engine: { readonly opened: CheckEngine; readonly remembering: RememberingEngine } | undefined;
  #last: readonly CaseResult[] = [];

  constructor(options: CheckOptions, world: World, watch: (files: readonly string[]) => void) {
    this.#options = options;
    this.#world = world;
    this.#watch = watch;
  }

  async turn(saved: readonly string[]): Promise<Turn> {
    try {
      const report = await this.#check();
      const before = this.#last;
      this.#last = report.results;
      return { kind: 'checked', saved, report, changes: resultChanges(before, report.results) };
    } catch (error) {
      if (!(error instanceof WafproofError)) throw error;
      return { kind: 'failed', saved, error };
    }
  }

  async #check(): Promise<RunReport> {
    const suites = await loadCheckedSuites(this.#options, this.#world);
    this.#watch(suites.files);
    const { opened, remembering } = await this.#open();
    const results: CaseResult[] = [];
    const on = { waf: opened.waf, engine: remembering };
    const report = await checkOn(on, suites, arrayStore(results), this.#options, this.#world);
    remembering.forgetUnused();
    return { ...report, results };
  }

  async #open() {
    if (this.#engine !== undefined) return this.#engine;
    const opened = await openCheckEngine(this.#options, this.#world);
    this.#engine = { opened, remembering: rememberingEngine(opened.engine) };
    return this.#engine;
  }

  async dropEngine(): Promise<void> {
    const engine = this.#engine;
    this.#engine = undefined;
    await engine?.opened.close();
  }
}

function rulePaths({ engine = {} }: CheckOptions): readonly string[] {
  const { crs, crsSetup, rulesBefore = [], rulesAfter = [], acl = [] } = engine;
  const paths = [...rulesBefore, ...rulesAfter, ...acl, crs, crsSetup].filter((path) => path !== undefined);
  return paths.map((path) => resolve(path));
}

/** A pattern up to the first part that has a sign of a glob. */
function withoutGlob(pattern: string): string {
  const parts = pattern.split('/');
  const glob = parts.findIndex((part) => /[*?[\]{}()!]/.test(part));
  return glob === -1 ? pattern : parts.slice(0, glob).join('/') || '.';
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}${sep}`);
}
