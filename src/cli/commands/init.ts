import { fail } from '../../model/error.js';
import { type CiService, ciServices, type InitOptions } from '../../model/init-options.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { sharedFlags } from '../flags.js';
import type { Io } from '../io.js';

const ciNames: readonly string[] = [...ciServices, 'none'];

export const initCommand: Command = {
  name: 'init',
  summary: 'Writes a first config, a first suite and a CI job in this folder',
  operands: '',
  flags: [
    { long: 'url', argument: 'url', help: 'where staging is (default: http://localhost:8080, as the lab has it)' },
    { long: 'log', argument: 'file', help: "the log of staging's WAF (default: audit.log)" },
    { long: 'acl', argument: 'arn', help: 'the web ACL in front of staging, where AWS WAF is the WAF' },
    {
      long: 'ci',
      argument: 'name',
      help: `write a job for ${ciNames.join(', ')} (default: the service whose files or repository are here)`,
    },
    { long: 'yes', short: 'y', help: 'ask nothing' },
    ...sharedFlags.filter(({ long }) => long === 'help'),
  ],
  examples: [
    'wafproof init && wafproof check',
    'wafproof init --url https://staging.example.com --log /var/log/apache2/modsec_audit.log --ci github',
  ],
  async run(args, io) {
    const given = readGiven(args);
    const isAsked = io.ask !== undefined && !args.on('yes') && Object.keys(given).length === 0;
    const options = isAsked ? await askAll(io.ask) : given;
    const { init } = await import('../../pipeline/init.js');
    const { written, kept, next } = await init(io.cwd, options);
    for (const name of written) io.stdout.write(`wrote ${name}\n`);
    for (const name of kept) io.stdout.write(`kept ${name}, which was there\n`);
    for (const step of next) io.stdout.write(`next: ${step}\n`);
    return { kind: 'done' };
  },
};

function readGiven(args: Arguments): InitOptions {
  const [url, log, webAcl, ci] = ['url', 'log', 'acl', 'ci'].map((name) => args.text(name));
  if (log !== undefined && webAcl !== undefined)
    throw usage('--log and --acl are for different WAFs; give one of them');
  return {
    ...(url !== undefined && { url: readUrl(url) }),
    ...(log !== undefined && { log }),
    ...(webAcl !== undefined && { webAcl }),
    ...(ci !== undefined && { ci: readCi(ci) }),
  };
}

async function askAll(ask: NonNullable<Io['ask']>): Promise<InitOptions> {
  const url = await ask('Where is staging? (a URL; nothing: the lab, http://localhost:8080) ');
  const waf = await ask("Where is the log of its WAF, or the ARN of its web ACL? (nothing: the lab's, audit.log) ");
  const ci = await ask(`A job for which CI service? (${ciNames.join(', ')}; nothing: as it looks here) `);
  return {
    ...(url !== '' && { url: readUrl(url) }),
    ...(waf !== '' && (waf.startsWith('arn:') ? { webAcl: waf } : { log: waf })),
    ...(ci !== '' && { ci: readCi(ci) }),
  };
}

function readUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw usage(`"${text}" is no URL that begins with http:// or https://`);
}

function readCi(text: string): CiService | 'none' {
  if (isCi(text)) return text;
  throw usage(`there is no CI job for "${text}"; known are ${ciNames.join(', ')}`);
}

function isCi(text: string): text is CiService | 'none' {
  return ciNames.includes(text);
}

function usage(message: string) {
  return fail('USAGE', { message, command: 'init' });
}
