import type { Diagnosis } from '../../model/diagnosis.js';
import { fail } from '../../model/error.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import type { CommandOutcome } from '../exit-code.js';
import { type Flag, sharedFlags, targetFlags, timeoutFlag } from '../flags.js';
import type { Io } from '../io.js';
import { createProgress } from '../progress.js';
import { readConfig, readTargetOptions } from '../read-options.js';

const doctorFlags: readonly Flag[] = [
  { long: 'canary', help: 'send one harmless attack where the target does not allow attack cases' },
  {
    long: 'print-setup',
    help: 'print what to add to the configuration of apache, nginx, coraza or aws, or the policy (aws-policy) that AWS needs (default: each), and end',
  },
];

const askedFlags = targetFlags.filter(({ long }) => ['target', 'log', 'rate'].includes(long));
const withoutReports = sharedFlags.filter(({ long }) => long !== 'reporter' && long !== 'out');

export const doctorCommand: Command = {
  name: 'doctor',
  summary:
    'Looks at a target before a run: does it answer, does its WAF refuse attacks, can its log be read and joined',
  operands: '[suite…]',
  flags: [...askedFlags, ...doctorFlags, timeoutFlag, ...withoutReports],
  examples: [
    'wafproof doctor --target staging',
    'wafproof doctor suites --target http://localhost:8080 --log /var/log/apache2/modsec_audit.log',
    'wafproof doctor --target staging --canary --json',
    'wafproof doctor --print-setup nginx',
  ],
  async run(args, io) {
    return args.on('print-setup') ? printSetup(args, io) : examine(args, io);
  },
};

async function printSetup({ positionals }: Arguments, io: Io): Promise<CommandOutcome> {
  const { setupAdvice, setupServers } = await import('../../pipeline/setup-advice.js');
  const wanted = positionals.length === 0 ? setupServers() : positionals;
  io.stdout.write(wanted.map((server) => setupAdvice(server) ?? unknownServer(server, setupServers())).join('\n'));
  return { kind: 'done' };
}

function unknownServer(server: string, known: readonly string[]): never {
  const message = `--print-setup takes ${known.join(', ')}, not "${server}"`;
  throw fail('USAGE', { message, command: 'doctor' });
}

async function examine(args: Arguments, io: Io): Promise<CommandOutcome> {
  const { doctor } = await import('../../pipeline/doctor.js');
  const config = await readConfig(args, io);
  const suites = args.positionals.length > 0 ? args.positionals : config.suites;
  const progress = createProgress(io.stderr, args.on('quiet'));
  const options = { target: readTargetOptions(args, config, io), suites, canary: args.on('canary') };
  const diagnosis = await doctor(options, { cwd: io.cwd, env: io.env, signal: io.signal, progress });
  if (args.on('json')) io.stdout.write(`${JSON.stringify(diagnosis)}\n`);
  else if (!args.on('quiet')) await show(diagnosis, args, io);
  return { kind: 'diagnosed', checks: diagnosis.checks };
}

async function show(diagnosis: Diagnosis, args: Arguments, io: Io): Promise<void> {
  const { showDiagnosis } = await import('../../pipeline/show-diagnosis.js');
  io.stdout.write(showDiagnosis(diagnosis, tableOptions(args, io)));
}

function tableOptions(args: Arguments, { stdout, env }: Io) {
  const colours = stdout.columns !== undefined && !args.on('no-color') && (env['NO_COLOR'] ?? '') === '';
  return { colours, ...(stdout.columns !== undefined && { width: stdout.columns }) };
}
