import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Case } from '../../model/case.js';
import type { EngineOptions } from '../../model/options.js';
import type { CaseResult, RunReport, WafKind } from '../../model/report.js';
import type { LoadedSuites } from '../../suite/load-suites.js';
import { type CheckEngine, checkOn, openCheckEngine } from '../check.js';
import { arrayStore } from '../result-store.js';
import { tuneReport } from '../tune/tune.js';
import { type World, worldOf } from '../world.js';
import { type Checkable, caseOf } from './checkable.js';
import { refusalText } from './refusal-text.js';

/** Which WAF requests are checked by. */
export interface WafproofOptions extends Partial<EngineOptions> {
  /** Whose engine evaluates; default: the first that there is. */
  readonly waf?: WafKind;
  /** What files of requests are relative to; default: the working directory. */
  readonly cwd?: string;
}

/** What a WAF does with one request. */
export interface RequestCheck {
  /** It is not refused. */
  readonly passes: boolean;
  readonly result: CaseResult;
  /** Why it is refused: the rules, the trigger, and the narrowest exclusion that the engine has proved. */
  explain(): Promise<string>;
}

/** A WAF that requests are checked by one after the other. Its engine starts with the first. */
export interface WafChecker {
  /** @throws WafproofError where the request is wrong, or no engine can be had: `ENGINE_MISSING`, `CRS_MISSING`, … */
  check(request: Checkable): Promise<RequestCheck>;
  close(): Promise<void>;
}

const timeoutMs = 60_000;

/** A WAF for tests and programs: whether it lets a request through, and what to do where it does not. */
export function wafproof(options: WafproofOptions = {}): WafChecker {
  const { waf, cwd = '.', ...engine } = options;
  const world = worldOf({ cwd });
  const checked = { suites: [], engine: { workers: 1, ...engine }, timeoutMs, ...(waf !== undefined && { waf }) };
  let opened: Promise<CheckEngine> | undefined;
  return {
    async check(request) {
      const one = await caseOf(request, cwd);
      opened ??= openCheckEngine(checked, world);
      const results: CaseResult[] = [];
      const report = await checkOn(await opened, suiteOf(one), arrayStore(results), checked, world);
      const [result] = results;
      if (result === undefined) throw new TypeError(`a request has no result: ${report.interrupted}`);
      const passes = result.verdict.kind === 'let-through';
      return { passes, result, explain: () => explain({ ...report, results }, checked.engine, world) };
    },
    async close() {
      const closing = opened;
      opened = undefined;
      await (await closing?.catch(() => undefined))?.close();
    },
  };
}

function suiteOf(one: Case): LoadedSuites {
  return {
    total: 1,
    skipped: [],
    secrets: [],
    random: false,
    browser: false,
    files: [],
    async *cases() {
      yield one;
    },
  };
}

async function explain(report: RunReport, engine: Partial<EngineOptions>, world: World): Promise<string> {
  if (report.findings.length === 0) return refusalText(report);
  const out = await mkdtemp(join(tmpdir(), 'wafproof-explain-'));
  try {
    return refusalText((await tuneReport(report, { engine, attacks: [], out }, world)).report);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
