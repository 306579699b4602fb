import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { fail } from '../model/error.js';
import type { RunReport } from '../model/report.js';
import { writeReport } from '../report/report-writer.js';
import { reporters } from '../report/reporters.js';
import { wafsOf } from './find-waf.js';
import type { World } from './world.js';

/** How and where a report is shown. */
export interface Publication {
  readonly reporters: readonly string[];
  readonly out: string;
  readonly colours: boolean;
  readonly width?: number;
  /** The job itself writes the configurations of its report to `out`. */
  readonly hasConfigurations?: boolean;
}

/** What a report became. */
export interface Published {
  readonly files: readonly string[];
  /** Text for the terminal, where the `terminal` reporter was asked for. */
  readonly terminal: string;
}

/**
 * Checks before a job begins that its report can be written.
 * @throws WafproofError `REPORTER_UNKNOWN`, `OUTPUT_UNWRITABLE`
 */
export async function preparePublication({ reporters: names, out }: Publication): Promise<void> {
  for (const name of names) {
    if (!reporters.has(name)) throw fail('REPORTER_UNKNOWN', { name, known: [...reporters.keys()] });
  }
  try {
    await mkdir(out, { recursive: true });
    await access(out, constants.W_OK);
  } catch (cause) {
    throw fail(
      'OUTPUT_UNWRITABLE',
      { reason: cause instanceof Error ? cause.message : String(cause) },
      { place: { file: out } },
    );
  }
}

/** Renders a report with each reporter and writes the files. */
export async function publish(
  report: RunReport,
  publication: Publication,
  world: Pick<World, 'wafs'> = {},
): Promise<Published> {
  const waf = wafsOf(world).find(({ kind }) => kind === report.target.waf.kind);
  const { colours, width, out, hasConfigurations = false } = publication;
  const files: string[] = [];
  let terminal = '';
  for (const name of publication.reporters) {
    const reporter = await reporters.get(name)?.({
      colours,
      outDir: out,
      hasConfigurations,
      canTune: waf?.openProver !== undefined,
      nextSteps: waf?.nextSteps(report) ?? [],
      ...(width !== undefined && { width }),
    });
    const rendered = await reporter?.render(report);
    if (rendered === undefined) continue;
    files.push(...(await writeReport(rendered, out)));
    terminal += rendered.terminal ?? '';
  }
  return { files, terminal };
}
