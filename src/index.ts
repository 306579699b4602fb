/** The public API for Node programs and test files. */

export { WafproofError } from './model/error.js';
export type { CheckOptions, EngineOptions, RunOptions, Selection } from './model/options.js';
export type { CaseResult, Finding, RunReport, Summary, TargetInfo, WafInfo } from './model/report.js';
export type { TargetOptions, WafOptions } from './model/target-options.js';
export type { Verdict } from './model/verdict.js';
export { check } from './pipeline/check.js';
export { run } from './pipeline/run.js';
export type { World } from './pipeline/world.js';
