import type { Triage } from '../model/triage.js';
import type { Arguments } from './arguments.js';
import type { Flag } from './flags.js';
import type { Io } from './io.js';
import { createProgress } from './progress.js';

/** Options of a triage of what was saved. */
export const savedTriageFlags: readonly Flag[] = [
  {
    long: 'response',
    argument: 'file',
    help: 'a saved answer, or what curl -i or curl -v printed; "-": standard input; sends nothing',
  },
  { long: 'command', argument: 'file', help: 'the curl command of that answer, or the request as it went out' },
  {
    long: 'log',
    argument: 'file',
    several: true,
    help: 'a log that may have the request, of any server, WAF or edge; what it is, its lines tell; with a URL, what comes into it meanwhile',
  },
  { long: 'har', argument: 'file#n', help: 'the n-th entry of a HAR file; without #n the only one that was refused' },
];

/** Whether what was saved is to be looked into: a file is named, or standard input is. */
export function isOfSaved(what: string | undefined, args: Arguments): boolean {
  if (what === '-' || ['response', 'har'].some((name) => args.text(name) !== undefined)) return true;
  return what === undefined && args.text('curl') === undefined && args.all('log').length > 0;
}

/** Who refused the saved request; nothing is sent. */
export async function triageBySaved(what: string | undefined, args: Arguments, io: Io): Promise<Triage> {
  const { triageSaved } = await import('../pipeline/triage/triage-saved.js');
  const [command, har] = [args.text('command'), args.text('har')];
  const response = args.text('response') ?? (what === '-' ? '-' : undefined);
  const places = {
    ...(response !== undefined && { response }),
    ...(command !== undefined && { command }),
    ...(har !== undefined && { har }),
    logs: args.all('log'),
  };
  const progress = createProgress(io.stderr, args.on('quiet'));
  return triageSaved(places, { cwd: io.cwd, env: io.env, signal: io.signal, progress });
}
