import { fail } from '../model/error.js';
import type { TriageOptions } from '../model/options.js';
import type { RunTriagePlan } from '../pipeline/triage/plan-endpoints.js';
import { printable } from '../util/printable.js';
import type { Arguments } from './arguments.js';
import type { Flag } from './flags.js';

/** Options of a run that asks why it was refused. */
export const triageFlags: readonly Flag[] = [
  {
    long: 'triage',
    help: 'ask each endpoint that refuses cases and does not say why: at most six requests each, one at a time',
  },
  { long: 'triage-endpoints', argument: 'n', help: 'ask so many endpoints at most (default: 20)' },
  {
    long: 'allow-changes',
    help: 'let such requests go to the path of the case with a harmless body, which the application gets',
  },
  { long: 'dry-run', help: 'with --triage: print which endpoints may be asked with which requests, and send nothing' },
];

/** @throws WafproofError `USAGE` where something is said of a triage that is not asked for */
export function readTriage(args: Arguments): { readonly triage?: TriageOptions } {
  const endpoints = args.number('triage-endpoints', { min: 1, max: 1000 });
  const allowChanges = args.on('allow-changes');
  if (args.on('triage')) return { triage: { allowChanges, ...(endpoints !== undefined && { endpoints }) } };
  if (endpoints === undefined && !allowChanges && !args.on('dry-run')) return {};
  throw fail('USAGE', {
    message: '--triage-endpoints, --allow-changes and --dry-run are about what --triage sends: add --triage',
    command: args.command,
  });
}

/** What a run would send to ask why, for people. */
export function runPlanText({ url, cases, endpoints, left, most, allowChanges }: RunTriagePlan): string {
  const only = allowChanges ? ' (may change something)' : ' (may change something: only with --allow-changes)';
  const plans = endpoints.map((plan) => {
    const width = Math.max(0, ...plan.probes.map(({ method }) => method.length));
    const rows = plan.probes.map(
      ({ method, target, sends, mayChange }) =>
        `  ${method.padEnd(width)} ${printable(target)}\n  ${' '.repeat(width)} ${sends}${mayChange ? only : ''}`,
    );
    const many = `${plan.cases} ${plan.cases === 1 ? 'case' : 'cases'}`;
    return [`${printable(`${plan.method} ${plan.path} (${many}; as ${plan.as} has it)`)}`, ...rows].join('\n');
  });
  return `${[
    `A run sends ${cases} ${cases === 1 ? 'case' : 'cases'} to ${printable(url)} first.`,
    `An endpoint that refuses cases and does not say why is asked once for all of them: with at most ${most} of the requests below,\none at a time, each at most once, by what is answered, and never with the body of a case at its own URL. At last the first\nof them that passed goes out once more, to see whether a ban began meanwhile.`,
    ...plans,
    ...(left > 0
      ? [
          `${left} more ${left === 1 ? 'endpoint is' : 'endpoints are'} not asked; --triage-endpoints ${endpoints.length + left} asks all.`,
        ]
      : []),
    'Names stand for what sessions and the environment bring. Nothing was sent.',
  ].join('\n\n')}\n`;
}
