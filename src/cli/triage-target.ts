import { fail } from '../model/error.js';
import type { Triage } from '../model/triage.js';
import type { TriagePlan } from '../pipeline/triage/plan-probes.js';
import type { TargetQuestion } from '../pipeline/triage/target-question.js';
import { printable } from '../util/printable.js';
import type { Arguments } from './arguments.js';
import { type AimedRequest, curlFlags, destinationOf, headerIn, readAimed, withCurlFlags } from './curl-flags.js';
import type { Flag } from './flags.js';
import type { Io } from './io.js';
import { createProgress } from './progress.js';
import { readTimeout } from './read-options.js';

/** Options of a triage that sends requests. */
export const targetTriageFlags: readonly Flag[] = [
  { long: 'curl', argument: 'command', help: 'a whole command of curl, in quotes, in the place of the URL' },
  ...curlFlags,
  {
    long: 'with-header',
    argument: 'line',
    several: true,
    help: 'a header field of somebody who may do more, for one probe: "Authorization: Bearer …"',
  },
  { long: 'from', argument: 'address', help: 'another address of this machine, for one probe' },
  { long: 'wait', argument: 'seconds', help: 'wait so long, for one probe that tells whether it was a limit' },
  { long: 'allow-changes', help: 'send probes that may change something without asking' },
  { long: 'dry-run', help: 'print what would be sent, and send nothing' },
  { long: 'rate', argument: 'n', help: 'probes a second (default: 1)' },
  { long: 'timeout', argument: 'ms', help: 'how long one request may take (default: 30000)' },
];

const usualTimeoutMs = 30_000;
const longestWait = 3600;

/** What came of a triage that sends requests: an answer, or the plan of one. */
export type TargetTriage =
  | { readonly kind: 'answer'; readonly triage: Triage }
  | { readonly kind: 'plan'; readonly plan: TriagePlan };

/** @param what a URL, or `report.json#case-id`; absent with `--curl` */
export async function triageByTarget(what: string | undefined, args: Arguments, io: Io): Promise<TargetTriage> {
  const question = await readQuestion(what, args, io);
  if (args.on('dry-run')) {
    const { planProbes } = await import('../pipeline/triage/plan-probes.js');
    return { kind: 'plan', plan: planProbes(question) };
  }
  const { triageTarget } = await import('../pipeline/triage/triage-target.js');
  const progress = createProgress(io.stderr, args.on('quiet'));
  const triage = await triageTarget(question, { cwd: io.cwd, env: io.env, signal: io.signal, progress });
  return { kind: 'answer', triage };
}

async function readQuestion(what: string | undefined, args: Arguments, io: Io): Promise<TargetQuestion> {
  const from = args.text('from');
  const wait = args.number('wait', { min: 1, max: longestWait });
  const aimed = await readWhat(what, args, io);
  return {
    ...aimed,
    timeoutMs: readTimeout(args) ?? usualTimeoutMs,
    rate: args.number('rate', { min: 1 }) ?? 1,
    credentials: args.all('with-header').flatMap(headerIn),
    ...(args.all('log').length > 0 && { logs: args.all('log') }),
    ...(from !== undefined && { from }),
    ...(wait !== undefined && { waitMs: wait * 1000 }),
    permit: args.on('allow-changes')
      ? async () => true
      : ({ probe, request }) => askFor(`${request.method} ${request.path}`, probe.sends, io),
  };
}

type AimedAsReported = AimedRequest & Pick<TargetQuestion, 'known'>;

async function readWhat(what: string | undefined, args: Arguments, io: Io): Promise<AimedAsReported> {
  const command = args.text('curl');
  if (command !== undefined) return readCommand(command, args, io);
  if (what === undefined) return needsWhat();
  if (!/\.json#/.test(what)) return readAimed(what, args, io.cwd);
  const { readReported } = await import('../pipeline/triage/reported-request.js');
  const { request, url, known } = await readReported(what, { cwd: io.cwd });
  return {
    request: withCurlFlags(request, args),
    known,
    destination: { url, ...(args.on('insecure') && { insecure: true }) },
  };
}

async function readCommand(command: string, args: Arguments, { cwd }: Io): Promise<AimedRequest> {
  const { readCurlCommand } = await import('../pipeline/triage/curl-request.js');
  const { request, url } = await readCurlCommand(command, cwd);
  return { request: withCurlFlags(request, args), destination: { url, ...destinationOf(url, args) } };
}

/** Nobody can be asked where there is no terminal: then it is not sent. */
async function askFor(line: string, sends: string, { ask, stderr }: Io): Promise<boolean> {
  if (ask === undefined) {
    stderr.write(`not sent, since it may change something: ${printable(line)} (${sends}); --allow-changes sends it\n`);
    return false;
  }
  const answer = await ask(`Send ${printable(line)}? It is ${sends}, and the application gets it. [y/N] `);
  return /^y(?:es)?$/i.test(answer);
}

/** What would be sent, for people. */
export function planText({ baseline, probes, most }: TriagePlan): string {
  const width = Math.max(...probes.map(({ method }) => method.length));
  const rows = probes.map(
    ({ method, target, sends, mayChange }) =>
      `  ${method.padEnd(width)} ${printable(target)}\n  ${' '.repeat(width)} ${sends}${mayChange ? ' (may change something: asks first)' : ''}`,
  );
  return [
    'First the request itself, once:',
    `  ${baseline.method} ${printable(baseline.target)}`,
    '',
    `Then at most ${most} of these, one at a time, each at most once, by what is answered:`,
    ...rows,
    '',
    'At last the first of them that passed, once more, to see whether a ban began meanwhile.',
    'Nothing was sent.',
    '',
  ].join('\n');
}

function needsWhat(): never {
  throw fail('USAGE', {
    message: 'no request to look into: name a URL or report.json#case-id, or give a command with --curl',
    command: 'triage',
  });
}
