import { fail } from '../../model/error.js';
import type { RunningLab } from '../../pipeline/lab.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { aclFlags, engineFlags, type Flag, sharedFlags } from '../flags.js';
import { readChosenEngine } from '../read-options.js';

const aclHelp = 'with --waf aws: the JSON or template of the web ACL, and files with what it refers to';

const labFlags: readonly Flag[] = [
  {
    long: 'waf',
    argument: 'kind',
    help: 'embedded (default), apache (ModSecurity 2), nginx (ModSecurity 3) or aws (a web ACL)',
  },
  { long: 'port', argument: 'n', help: 'port on 127.0.0.1 (default: 8080; 0 takes a free one)' },
  { long: 'mode', argument: 'mode', help: 'block (default) or detect' },
  { long: 'audit-log', argument: 'file', help: 'where the log is written (default: nowhere)' },
  {
    long: 'log-format',
    argument: 'format',
    help: "json (default), native, concurrent (a file each request, in FILE.entries) or error (the server's error log)",
  },
  ...aclFlags.map((flag) => (flag.long === 'acl' ? { ...flag, help: aclHelp } : flag)),
  {
    long: 'approximations',
    argument: 'file',
    help: 'YAML with patterns in the place of managed rules, which AWS does not publish (default: a few of our own): AWS#Group#Rule: { pattern: regex, in: body }',
  },
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
    'wafproof lab --waf apache --log-format native --audit-log modsec_audit.log',
    'wafproof lab --waf nginx --crs ./coreruleset --rules-after exclusions.conf --audit-log audit.log',
    'wafproof lab --waf aws --acl web-acl.json --front alb --audit-log waf.log',
    'wafproof lab --upstream http://localhost:3000 --audit-log audit.log',
  ],
  async run(args, io) {
    const { labNames, startLab } = await import('../../pipeline/lab.js');
    const waf = oneOf(args, 'waf', labNames());
    const logFormat = oneOf(args, 'log-format', ['json', 'native', 'concurrent', 'error']);
    const writers = labNames(logFormat);
    if (!writers.includes(waf))
      throw usage(`--log-format ${logFormat} takes a server: ${writers.map((name) => `--waf ${name}`).join(' or ')}`);
    const auditLog = args.text('audit-log');
    const upstream = args.text('upstream');
    const approximations = args.text('approximations');
    const chosen = readChosenEngine(args, io);
    const ofAws = ['acl', 'approximations'].find((flag) => args.given.includes(flag));
    if (ofAws !== undefined && waf !== 'aws') throw usage(`--${ofAws} goes with --waf aws`);
    if (upstream !== undefined && !isHttpUrl(upstream))
      throw usage(`--upstream takes an http or https URL, not "${upstream}"`);
    const lab = await startLab({
      waf,
      logFormat,
      engine: chosen.engine ?? {},
      port: args.number('port', { min: 0, max: 65535 }) ?? 8080,
      mode: oneOf(args, 'mode', ['block', 'detect']),
      ...(auditLog !== undefined && { auditLog }),
      ...(upstream !== undefined && { upstream }),
      ...(approximations !== undefined && { approximations }),
    });
    io.stdout.write(startText(lab));
    await aborted(io.signal);
    await lab.close();
    return { kind: 'done' };
  },
};

/** The address first: it is what a script reads. */
function startText({ url, summary, environment = {}, notes = [] }: RunningLab): string {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return `${[`${url}  ${summary}`, ...variables, ...notes].join('\n')}\n`;
}

function oneOf<T extends string>(args: Arguments, flag: string, choices: readonly T[]): T {
  const given = args.text(flag);
  const chosen = given === undefined ? choices[0] : choices.find((choice) => choice === given);
  if (chosen === undefined) throw usage(`--${flag} is one of ${choices.join(', ')}, not "${given}"`);
  return chosen;
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

function usage(message: string) {
  return fail('USAGE', { message, command: 'lab' });
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
