import { constants } from 'node:fs';
import { access, appendFile, mkdir } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import type { RenderedReport } from '../contract/reporter.js';
import { fail, type Problem, problem, WafproofError } from '../model/error.js';
import type { StreamedReport } from '../model/report.js';
import { compactJson } from '../report/json-reporter.js';
import { writeReport } from '../report/report-writer.js';
import type { ReporterOptions } from '../report/reporter-options.js';
import { reporters } from '../report/reporters.js';
import { reasonOf } from '../util/reason-of.js';
import { wafsOf } from './find-waf.js';
import { placeOfReport, removeInterrupted } from './report-place.js';
import type { World } from './world.js';

/** How and where a report is shown. */
export interface Publication {
  /** `terminal`, `json`, `html`, `junit`, `sarif`, `markdown`, `github`, `gitlab`, `csv`. */
  readonly reporters: readonly string[];
  /** The folder that files are written into. */
  readonly out: string;
  /** Of the text for the terminal; default: it has none. */
  readonly colours?: boolean;
  /** Columns of the terminal; default: as many as texts take. */
  readonly width?: number;
  /** The job itself writes the configurations of its report to `out`. */
  readonly hasConfigurations?: boolean;
  /** The file that the summary of a CI job is appended to (`GITHUB_STEP_SUMMARY`); default: it is not written. */
  readonly jobSummary?: string;
}

/** What a report became. */
export interface Published {
  /** The paths of the files that were written. */
  readonly files: readonly string[];
  /** Text for the terminal, where the `terminal` reporter was asked for. */
  readonly terminal: string;
  /** Lines that a CI system reads from what the job prints; empty unless the `github` reporter was asked for. */
  readonly annotations: string;
  /** The folder where it is because another has the finished report of an earlier run, which an interrupted one leaves. */
  readonly aside?: string;
  /** A `REPORTER_FAILED` for each reporter that failed. What the others wrote is whole. */
  readonly failed: readonly Problem[];
}

/**
 * Checks before a job begins that its report can be written.
 * @throws WafproofError `REPORTER_UNKNOWN`, `OUTPUT_UNWRITABLE`
 */
export async function preparePublication({ reporters: names, out }: Publication): Promise<void> {
  names.forEach(reporterOf);
  try {
    await mkdir(out, { recursive: true });
    await access(out, constants.W_OK);
  } catch (cause) {
    throw fail('OUTPUT_UNWRITABLE', { reason: reasonOf(cause) }, { place: { file: out }, cause });
  }
}

function reporterOf(name: string) {
  const create = reporters.get(name);
  if (create === undefined) throw fail('REPORTER_UNKNOWN', { name, known: [...reporters.keys()] });
  return create;
}

/**
 * Renders a report with each reporter and writes the files, with a world into a folder relative to its `cwd`. `report.json` is
 * written first, and each reporter by itself: one that fails is named, and harms no other. The report of a run that was
 * interrupted goes into the folder `interrupted` in it where that has a finished one.
 * @throws WafproofError `REPORTER_UNKNOWN`, and what keeps `report.json` from being written, such as `OUTPUT_UNWRITABLE`
 */
export async function publish(
  report: StreamedReport,
  publication: Publication,
  world: Partial<Pick<World, 'cwd' | 'wafs'>> = {},
): Promise<Published> {
  const names = [...new Set(publication.reporters)].sort((a, b) => Number(b === 'json') - Number(a === 'json'));
  names.forEach(reporterOf);
  const out = world.cwd === undefined ? publication.out : resolve(world.cwd, publication.out);
  const { folder, isAside } = await placeOfReport(report, out);
  const outDir = isAside ? join(publication.out, basename(folder)) : publication.out;
  const options = { ...optionsFor(report, publication, world), outDir };
  const shown: Shown[] = [];
  for (const name of names)
    shown.push(await show(name, report, { options, folder, jobSummary: publication.jobSummary }));
  const lost = shown.find(({ reporter, cause }) => reporter === 'json' && cause !== undefined);
  if (lost !== undefined) throw lost.cause;
  const files = shown.flatMap((one) => one.files);
  if (report.interrupted === undefined)
    await removeInterrupted(
      files.map((file) => relative(out, file)),
      out,
    );
  return {
    files,
    terminal: shown.map(({ terminal = '' }) => terminal).join(''),
    annotations: shown.map(({ annotations = '' }) => annotations).join(''),
    failed: shown.flatMap((one) => failureOf(one, folder)),
    ...(isAside && { aside: folder }),
  };
}

function optionsFor(
  report: StreamedReport,
  { colours = false, width, hasConfigurations = false }: Publication,
  world: Partial<Pick<World, 'wafs'>>,
): ReporterOptions {
  const waf = wafsOf(world).find(({ kind }) => kind === report.target.waf.kind);
  return {
    colours,
    hasConfigurations,
    canTune: waf?.openProver !== undefined,
    ...(waf?.tuneWith !== undefined && { tuneWith: waf.tuneWith }),
    nextSteps: waf?.nextSteps(report) ?? [],
    ...(width !== undefined && { width }),
  };
}

/** What one reporter did, or why it did not. */
interface Shown extends Pick<RenderedReport, 'terminal' | 'annotations'> {
  readonly reporter: string;
  readonly files: readonly string[];
  readonly cause?: unknown;
}

interface Showing {
  readonly options: ReporterOptions;
  readonly folder: string;
  readonly jobSummary: string | undefined;
}

async function show(name: string, report: StreamedReport, { options, folder, jobSummary }: Showing): Promise<Shown> {
  try {
    const reporter = await reporterOf(name)(options);
    const rendered = await reporter.render(report);
    const files = await writeReport(rendered, folder);
    if (jobSummary !== undefined && rendered.jobSummary !== undefined)
      await appendFile(jobSummary, `${rendered.jobSummary}\n`);
    return { ...rendered, reporter: name, files };
  } catch (cause) {
    return { reporter: name, files: [], cause };
  }
}

function failureOf({ reporter, cause }: Shown, folder: string): readonly Problem[] {
  if (cause === undefined) return [];
  const reason = cause instanceof WafproofError ? cause.problems[0].message : reasonOf(cause);
  return [problem('REPORTER_FAILED', { name: reporter, reason }, { file: folder })];
}

/** A report as JSON on one line, in chunks, for programs that read it from a pipe. */
export function reportJson(report: StreamedReport): Iterable<string> {
  return compactJson(report);
}
