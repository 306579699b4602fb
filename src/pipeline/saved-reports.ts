import { relative, resolve } from 'node:path';
import { isShard, type MergedShards, mergeShards } from '../compare/merge-shards.js';
import type { FieldNames } from '../contract/field-names.js';
import { fail, WafproofError } from '../model/error.js';
import type { CaseResult, ReportHead, RunReport, StreamedReport } from '../model/report.js';
import type { RuleExplanation } from '../model/rule-explanation.js';
import { compareIds } from '../util/compare-ids.js';
import { reasonOf } from '../util/reason-of.js';
import { assembleReport } from './assemble-report.js';
import { described, findWaf, wafsOf } from './find-waf.js';
import { readReportFile } from './read-report-file.js';
import { withFields, withFieldsInStream } from './report-fields.js';
import type { ResultStore } from './result-store.js';
import type { World } from './world.js';

/**
 * Reads saved reports back, from paths relative to `cwd`. Several are the shards of one run and become one report: that of a run
 * of all cases, in the same order.
 * @throws WafproofError `REPORT_INVALID`, `REPORT_SHARDS` where one of the shards is missing
 */
export async function readReports(paths: readonly string[], world: Pick<World, 'cwd' | 'wafs'>): Promise<RunReport> {
  const { cwd } = world;
  const reports = await Promise.all(paths.map((path) => readReport(resolve(cwd, path), cwd)));
  const [first, ...others] = reports;
  if (first === undefined) throw fail('USAGE', { message: 'no report to read', command: 'report' });
  return completed<RunReport>(
    others.length === 0 ? alone(first) : merge([first, ...others], findWaf(first.target.waf.kind, world).fields),
    world,
    withFields,
  );
}

/**
 * `readReports` for a report of any size: its results go into a store. Shards that are merged have to fit into memory.
 * @throws WafproofError `REPORT_INVALID`, `OUTPUT_UNWRITABLE`
 */
export async function readReportsInto(
  store: ResultStore,
  paths: readonly string[],
  world: Pick<World, 'cwd' | 'wafs'>,
): Promise<StreamedReport> {
  const [path, ...others] = paths;
  if (path === undefined || others.length > 0) return readReports(paths, world);
  const head = await readInto(resolve(world.cwd, path), world.cwd, (result) => store.add(result));
  return completed<StreamedReport>({ ...alone(head), results: store }, world, withFieldsInStream);
}

/** Reports of earlier versions tell what was measured in the words of the WAF only. */
function completed<R extends StreamedReport>(
  report: R,
  world: Pick<World, 'wafs'>,
  locate: (report: R, names: FieldNames) => R,
): R {
  const { waf: info } = report.target;
  const waf = wafsOf(world).find(({ kind }) => kind === info.kind);
  if (waf === undefined) return report;
  const located = locate(report, waf.fields);
  return info.facts === undefined ? { ...located, target: { ...report.target, waf: described(waf, info) } } : located;
}

async function readReport(path: string, cwd: string): Promise<RunReport> {
  const results: CaseResult[] = [];
  return { ...(await readInto(path, cwd, (result) => results.push(result))), results };
}

async function readInto(path: string, cwd: string, take: (result: CaseResult) => unknown): Promise<ReportHead> {
  const place = { file: relative(cwd, path) || path };
  const invalid = (reason: string) => fail('REPORT_INVALID', { reason }, { place });
  const content = await readReportFile(path, take).catch((error: unknown) => {
    if (error instanceof WafproofError) throw error;
    throw isAbsent(error) ? fail('REPORT_INVALID', { missing: true }, { place }) : invalid(reasonOf(error));
  });
  if (content.kind === 'invalid') throw invalid(content.reason);
  return content.head;
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code));
}

/** Shards ran at the same time, so the longest one tells how long it took. */
function merge(reports: readonly [RunReport, ...RunReport[]], names: FieldNames): RunReport {
  const [first] = reports;
  const stranger = reports.find(({ target }) => target.name !== first.target.name);
  if (stranger !== undefined) {
    const reason = `one of another target: ${stranger.target.name}, not ${first.target.name}`;
    throw fail('REPORT_INVALID', { reason });
  }
  const { shard: _, ...select } = first.selection ?? {};
  const forged = reports.reduce((sum, report) => sum + (report.forged ?? 0), 0);
  const interrupted = reports.find((report) => report.interrupted !== undefined)?.interrupted;
  const merged = assembleReport({
    target: first.target,
    names,
    startedAt: new Date(Math.min(...reports.map(({ startedAt }) => Date.parse(startedAt)))),
    durationMs: Math.max(...reports.map(({ durationMs }) => durationMs)),
    select,
    forged,
    ...(reports.some(isShard) ? mergeShards(reports) : together(reports)),
    ...(first.seed !== undefined && { seed: first.seed }),
    ...(interrupted !== undefined && { interrupted }),
  });
  const rules = explainedIn(reports);
  return rules.length === 0 ? merged : { ...merged, rules };
}

/** What the parts say of rules, in the order of one report. */
function explainedIn(reports: readonly RunReport[]): readonly RuleExplanation[] {
  const all = new Map(reports.flatMap(({ rules = [] }) => rules.map((rule) => [rule.ruleId, rule] as const)));
  return [...all.values()].sort((a, b) => compareIds(a.ruleId, b.ruleId));
}

/** A report that is given by itself; one of a shard would be a smaller report than that of the run. */
function alone<R extends ReportHead>(report: R): R {
  if (isShard(report)) mergeShards([{ ...report, results: [] }]);
  return report;
}

/** Reports of parts that somebody chose by hand. */
function together(reports: readonly RunReport[]): MergedShards {
  return {
    results: unique(reports.flatMap(({ results }) => results)),
    skipped: unique(reports.flatMap(({ skipped }) => skipped)),
  };
}

function unique<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}
