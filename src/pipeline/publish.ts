import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import type { RenderedFile } from '../contract/reporter.js';
import { fail } from '../model/error.js';
import type { StreamedReport } from '../model/report.js';
import { compactJson, jsonFile } from '../report/json-reporter.js';
import { writeReport } from '../report/report-writer.js';
import { reporters } from '../report/reporters.js';
import { reasonOf } from '../util/reason-of.js';
import { wafsOf } from './find-waf.js';
import { placeOfReport, removeInterrupted } from './report-place.js';
import type { World } from './world.js';

/** How and where a report is shown. */
export interface Publication {
  /** `terminal`, `json`, `html`. */
  readonly reporters: readonly string[];
  /** The folder that files are written into. */
  readonly out: string;
  /** Of the text for the terminal; default: it has none. */
  readonly colours?: boolean;
  /** Columns of the terminal; default: as many as texts take. */
  readonly width?: number;
  /** The job itself writes the configurations of its report to `out`. */
  readonly hasConfigurations?: boolean;
}

/** What a report became. */
export interface Published {
  /** The paths of the files that were written. */
  readonly files: readonly string[];
  /** Text for the terminal, where the `terminal` reporter was asked for. */
  readonly terminal: string;
  /** The folder where it is because another has the finished report of an earlier run, which an interrupted one leaves. */
  readonly aside?: string;
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
 * Renders a report with each reporter and writes the files, with a world into a folder relative to its `cwd`. The report of
 * a run that was interrupted goes into the folder `interrupted` in it where that has a finished one.
 * @throws WafproofError `REPORTER_UNKNOWN`, `OUTPUT_UNWRITABLE`
 */
export async function publish(
  report: StreamedReport,
  publication: Publication,
  world: Partial<Pick<World, 'cwd' | 'wafs'>> = {},
): Promise<Published> {
  const waf = wafsOf(world).find(({ kind }) => kind === report.target.waf.kind);
  const { colours = false, width, hasConfigurations = false } = publication;
  const out = world.cwd === undefined ? publication.out : resolve(world.cwd, publication.out);
  const { folder, isAside } = await placeOfReport(report, out);
  const outDir = isAside ? join(publication.out, basename(folder)) : publication.out;
  const creators = publication.reporters.map(reporterOf);
  const rendered: RenderedFile[] = [];
  let terminal = '';
  for (const create of creators) {
    const reporter = await create({
      colours,
      outDir,
      hasConfigurations,
      canTune: waf?.openProver !== undefined,
      ...(waf?.tuneWith !== undefined && { tuneWith: waf.tuneWith }),
      nextSteps: waf?.nextSteps(report) ?? [],
      ...(width !== undefined && { width }),
    });
    const made = await reporter.render(report);
    rendered.push(...made.files);
    terminal += made.terminal ?? '';
  }
  const files = await writeReport({ files: rendered }, folder, jsonFile);
  if (report.interrupted === undefined)
    await removeInterrupted(
      files.map((file) => relative(out, file)),
      out,
    );
  return { files, terminal, ...(isAside && { aside: folder }) };
}

/** A report as JSON on one line, in chunks, for programs that read it from a pipe. */
export function reportJson(report: StreamedReport): Iterable<string> {
  return compactJson(report);
}
