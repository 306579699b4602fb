import type { ProbeKnowledge } from '../../contract/probe-knowledge.js';
import type { World } from '../world.js';
import { carefulRate, type ProbeRates } from './probe-pace.js';
import type { ProbedFinding } from './probed-finding.js';
import type { TargetProbe } from './target-probe.js';

type Listener = World['progress'];

/** Says how fast probes are sent, where that is not as the user said. */
export function sayRates(
  { limits }: ProbeRates,
  knowledge: ProbeKnowledge | undefined,
  wanted: number | undefined,
  progress: Listener,
): void {
  for (const { requests, windowSeconds } of limits)
    progress.warn(`at most ${requests} probes are sent in ${windowSeconds} s, under half of what a rule lets through`);
  if (knowledge !== undefined && knowledge.rules === undefined && wanted === undefined)
    progress.warn(
      `${carefulRate} probes are sent a second, since no file tells the limits of the web ACL; --rate sets another pace`,
    );
}

/** Says what probes have not found, and what is not certain of what they have. */
export function sayProbed(
  all: readonly ProbedFinding[],
  { stopped }: TargetProbe,
  hasLog: boolean,
  progress: Listener,
): void {
  if (stopped !== undefined) progress.warn(`no more probes are sent: ${stopped}`);
  for (const { finding, probed } of all)
    if (probed.kind === 'none')
      progress.warn(`no smallest request for ${finding.ruleId} at ${finding.method} ${finding.path}: ${probed.reason}`);
  const found = all.filter(({ probed }) => probed.kind === 'minimal');
  const unsure = found.filter(({ confirmation }) => confirmation?.kind !== 'same-rule').length;
  if (unsure > 0)
    progress.warn(
      `${unsure} smallest requests are known by the answers alone: ${hasLog ? 'the log has no entry of them' : 'the target has no log that names the rule'}`,
    );
}
