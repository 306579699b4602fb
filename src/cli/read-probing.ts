import { fail } from '../model/error.js';
import { fewestProbes, type ProbeOptions } from '../model/probe-options.js';
import type { TargetOptions } from '../model/target-options.js';
import type { Arguments } from './arguments.js';

/** How a target is probed, as the flags say. */
export function readProbing(args: Arguments, target: TargetOptions): ProbeOptions {
  const probes = args.number('probes', { min: fewestProbes, max: 1000 });
  return { target, ...(probes !== undefined && { probes }), ...(args.on('probe-here') && { here: true }) };
}

const ofTarget = ['log', 'rate', 'probes', 'probe-here'];

/** @throws WafproofError `USAGE` where an option is given that has an effect with a target only */
export function refuseIdleProbing({ given, command }: Arguments): void {
  const idle = ofTarget.find((long) => given.includes(long));
  if (idle !== undefined)
    throw fail('USAGE', { message: `--${idle} needs --target, which says where shortened requests are sent`, command });
}
