import { fail } from '../model/error.js';
import type { ProbeOptions } from '../model/probe-options.js';
import type { StreamedReport } from '../model/report.js';
import type { World } from '../pipeline/world.js';
import type { Arguments } from './arguments.js';
import { engineFlags, type Flag, probeFlags, tuneFlags } from './flags.js';
import type { Io } from './io.js';
import { readChosenEngine } from './read-options.js';
import { readTuneSettings } from './read-tune-settings.js';
import { readOut } from './report-job.js';

const tuneSwitch: Flag = { long: 'tune', help: 'then do what "wafproof tune" does with the report' };

/** Options of a command that can tune straight after. */
export const tuneAfterFlags: readonly Flag[] = [tuneSwitch, ...tuneFlags];

/** Options of the engine that tunes, for a command that has none of its own: level and threshold are the target's. */
export const tuningEngineFlags: readonly Flag[] = engineFlags.filter(
  ({ long }) => !['paranoia', 'threshold'].includes(long),
);

/**
 * The job as it is or, with `--tune`, with the exclusions that clear what it finds, or an audit of the user's own.
 * @param webAcl the one that the target has, where it is behind AWS WAF
 * @throws WafproofError `USAGE` where an option is given that has an effect with `--tune` only
 */
export function tunedAfter(
  args: Arguments,
  io: Io,
  job: (world: World) => Promise<StreamedReport>,
  probing?: ProbeOptions,
  webAcl?: string,
) {
  if (!args.on('tune')) {
    refuseTuneFlags(args);
    return async (world: World) => ({ report: await job(world) });
  }
  const chosen = readChosenEngine(args, io).engine ?? {};
  const engine = chosen.acl === undefined && webAcl !== undefined ? { ...chosen, acl: [webAcl] } : chosen;
  const options = { engine, ...readTuneSettings(args), out: readOut(args) };
  const files = args.list('audit');
  return async (world: World): Promise<{ readonly report: StreamedReport }> => {
    const report = await job(world);
    if (report.interrupted !== undefined) return { report };
    if (files.length === 0 && report.findings.length === 0) return { report };
    const whole = { ...report, results: [...report.results] };
    if (files.length > 0) {
      const { auditReport } = await import('../pipeline/audit.js');
      return { report: await auditReport(whole, { ...options, audit: files }, world) };
    }
    const { tuneReport } = await import('../pipeline/tune/tune.js');
    return tuneReport(whole, { ...options, ...(probing && { probing }) }, world);
  };
}

/** They would be taken without a word, and do nothing. */
function refuseTuneFlags({ given, command }: Arguments): void {
  const idle = [...tuneFlags, ...probeFlags].filter(({ long }) => given.includes(long)).map(({ long }) => `--${long}`);
  if (idle.length === 0) return;
  const verb = idle.length === 1 ? 'has an effect' : 'have an effect';
  throw fail('USAGE', { message: `${idle.join(', ')} ${verb} with --tune only; add --tune, or leave it out`, command });
}
