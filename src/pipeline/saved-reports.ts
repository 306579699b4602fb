import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { FieldNames } from '../contract/field-names.js';
import { fail } from '../model/error.js';
import type { RunReport } from '../model/report.js';
import { assembleReport } from './assemble-report.js';
import { described, findWaf, wafsOf } from './find-waf.js';
import { withFields } from './report-fields.js';
import type { World } from './world.js';

/**
 * Reads saved reports back, from paths relative to `cwd`. Several are the shards of one run and become one report.
 * @throws WafproofError `REPORT_INVALID`
 */
export async function readReports(paths: readonly string[], world: Pick<World, 'cwd' | 'wafs'>): Promise<RunReport> {
  const { cwd } = world;
  const reports = await Promise.all(paths.map((path) => readReport(resolve(cwd, path), cwd)));
  const [first, ...others] = reports;
  if (first === undefined) throw fail('USAGE', { message: 'no report to read', command: 'report' });
  return completed(
    others.length === 0 ? first : merge([first, ...others], findWaf(first.target.waf.kind, world).fields),
    world,
  );
}

/** Reports of earlier versions tell what was measured in the words of the WAF only. */
function completed(report: RunReport, world: Pick<World, 'wafs'>): RunReport {
  const { waf: info } = report.target;
  const waf = wafsOf(world).find(({ kind }) => kind === info.kind);
  if (waf === undefined) return report;
  const located = withFields(report, waf.fields);
  return info.facts === undefined ? { ...located, target: { ...report.target, waf: described(waf, info) } } : located;
}

async function readReport(path: string, cwd: string): Promise<RunReport> {
  const place = { file: relative(cwd, path) || path };
  const invalid = (reason: string) => fail('REPORT_INVALID', { reason }, { place });
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw invalid(error instanceof Error && 'code' in error ? `${error.code}` : String(error));
  });
  const value = parse(text);
  if (!isReport(value)) throw invalid('it has no results and summary');
  if (value.schemaVersion !== 1) throw invalid(`its schema version is ${value.schemaVersion}, not 1`);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Enough to tell a report from another file; who edits one by hand answers for the rest. */
function isReport(value: unknown): value is RunReport {
  const has = (key: string) => typeof value === 'object' && value !== null && key in value;
  return ['schemaVersion', 'tool', 'target', 'results', 'findings', 'summary'].every(has);
}

/** Shards ran at the same time, so the longest one tells how long it took. */
function merge(reports: readonly [RunReport, ...RunReport[]], names: FieldNames): RunReport {
  const [first] = reports;
  const stranger = reports.find(({ target }) => target.name !== first.target.name);
  if (stranger !== undefined) {
    const reason = `one of another target: ${stranger.target.name}, not ${first.target.name}`;
    throw fail('REPORT_INVALID', { reason });
  }
  const interrupted = reports.find((report) => report.interrupted !== undefined)?.interrupted;
  return assembleReport({
    target: first.target,
    names,
    startedAt: new Date(Math.min(...reports.map(({ startedAt }) => Date.parse(startedAt)))),
    durationMs: Math.max(...reports.map(({ durationMs }) => durationMs)),
    results: unique(reports.flatMap(({ results }) => results)),
    skipped: unique(reports.flatMap(({ skipped }) => skipped)),
    ...(first.seed !== undefined && { seed: first.seed }),
    ...(interrupted !== undefined && { interrupted }),
  });
}

function unique<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}
