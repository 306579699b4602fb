import { fail } from '../model/error.js';
import type { TriageOptions } from '../model/options.js';
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
];

/** @throws WafproofError `USAGE` where something is said of a triage that is not asked for */
export function readTriage(args: Arguments): { readonly triage?: TriageOptions } {
  const endpoints = args.number('triage-endpoints', { min: 1, max: 1000 });
  const allowChanges = args.on('allow-changes');
  if (args.on('triage')) return { triage: { allowChanges, ...(endpoints !== undefined && { endpoints }) } };
  if (endpoints === undefined && !allowChanges) return {};
  throw fail('USAGE', {
    message: '--triage-endpoints and --allow-changes say how to ask: add --triage',
    command: args.command,
  });
}
