import { fail } from '../../model/error.js';
import { startLab } from '../../pipeline/lab.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { engineFlags, type Flag, sharedFlags } from '../flags.js';
import { readEngine } from '../read-options.js';

const labFlags: readonly Flag[] = [
  { long: 'waf', argument: 'kind', help: 'embedded (default)' },
  { long: 'port', argument: 'n', help: 'port on 127.0.0.1 (default: 8080; 0 takes a free one)' },
  { long: 'mode', argument: 'mode', help: 'block (default) or detect' },
  { long: 'audit-log', argument: 'file', help: "where the engine's JSON audit log is written" },
  { long: 'upstream', argument: 'url', help: 'application behind the WAF (default: one that echoes the request)' },
];

export const labCommand: Command = {
  name: 'lab',
  summary: 'Starts a WAF-protected echo application on loopback, to try things on',
  operands: '',
  flags: [...labFlags, ...engineFlags, ...sharedFlags.filter(({ long }) => long === 'help' || long === 'quiet')],
  examples: [
    'wafproof lab --port 8080 --audit-log audit.log',
    'wafproof lab --mode detect --paranoia 3 --audit-log audit.log',
    'wafproof lab --upstream http://localhost:3000 --audit-log audit.log',
  ],
  async run(args, io) {
    oneOf(args, 'waf', ['embedded']);
    const auditLog = args.text('audit-log');
    const upstream = args.text('upstream');
    if (upstream !== undefined && !/^https?:\/\//.test(upstream))
      throw usage(`--upstream takes a URL, not "${upstream}"`);
    const lab = await startLab({
      engine: readEngine(args, io),
      port: args.number('port', { min: 0, max: 65535 }) ?? 8080,
      mode: oneOf(args, 'mode', ['block', 'detect']),
      ...(auditLog !== undefined && { auditLog }),
      ...(upstream !== undefined && { upstream }),
    });
    const { waf } = lab;
    io.stdout.write(`${lab.url}  ${waf.version}, ${waf.ruleset}, paranoia level ${waf.paranoia}, mode ${waf.mode}\n`);
    await aborted(io.signal);
    await lab.close();
    return 0;
  },
};

function oneOf<T extends string>(args: Arguments, flag: string, choices: readonly [T, ...T[]]): T {
  const given = args.text(flag);
  const chosen = given === undefined ? choices[0] : choices.find((choice) => choice === given);
  if (chosen === undefined) throw usage(`--${flag} is one of ${choices.join(', ')}, not "${given}"`);
  return chosen;
}

function usage(message: string) {
  return fail('USAGE', { message, command: 'lab' });
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
