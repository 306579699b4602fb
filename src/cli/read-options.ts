import type { Config } from '../config/config-file.js';
import { resolveTarget } from '../config/resolve-target.js';
import { fail } from '../model/error.js';
import type { CheckOptions, EngineOptions } from '../model/options.js';
import type { Selection } from '../model/selection.js';
import type { TargetOptions } from '../model/target-options.js';
import type { Arguments } from './arguments.js';
import { engineFlags } from './flags.js';
import type { Io } from './io.js';
import { readShard } from './read-shard.js';

const longest = 3_600_000;

export async function readConfig(args: Arguments, io: Io): Promise<Config> {
  const { loadConfig } = await import('../config/config-file.js');
  return loadConfig({ cwd: io.cwd, ...optional('file', args.text('config')) });
}

/** The suites named on the command line, else those of the config. */
export function readSuites(args: Arguments, config: Config): readonly string[] {
  const suites = args.positionals.length > 0 ? args.positionals : config.suites;
  if (suites.length === 0) throw fail('SUITE_NONE', {});
  return suites;
}

export function readSelection(args: Arguments, { env }: Pick<Io, 'env'>): Selection {
  const shard = args.text('shard');
  return {
    tags: args.list('tag'),
    ...optional('grep', args.text('grep')),
    ...(shard !== undefined && { shard: readShard(shard, env) }),
  };
}

/** Flags win over the environment, in which a machine says where its engine and rules are. */
export function readEngine(args: Arguments, { env }: Io): EngineOptions {
  return {
    rulesBefore: args.list('rules-before'),
    rulesAfter: args.list('rules-after'),
    ...(args.on('allow-exec') && { allowExec: true }),
    ...optional('library', env['WAFPROOF_LIBMODSECURITY'] || undefined),
    ...optional('crs', args.text('crs') ?? (env['WAFPROOF_CRS'] || undefined)),
    ...optional('crsSetup', args.text('crs-setup')),
    ...optional('paranoia', args.number('paranoia', { min: 1, max: 4 })),
    ...optional('threshold', args.number('threshold', { min: 1 })),
    ...optional('workers', args.number('workers', { min: 1, max: 256 })),
  };
}

/** The engine that evaluates, and its rules: a web ACL where one is named. */
export function readChosenEngine(args: Arguments, io: Io): Pick<CheckOptions, 'waf' | 'engine'> {
  const acl = args.list('acl');
  const front = args.text('front');
  if (acl.length === 0) {
    if (front !== undefined) throw fail('USAGE', { message: '--front goes with --acl, which names the web ACL' });
    return { engine: readEngine(args, io) };
  }
  const other = engineFlags.find(({ long }) => args.given.includes(long));
  if (other !== undefined)
    throw fail('USAGE', { message: `--${other.long} is for ModSecurity and does not go with --acl` });
  return { waf: 'aws', engine: { acl, ...optional('front', front) } };
}

export function readTimeout(args: Arguments): number | undefined {
  return args.number('timeout', { min: 1, max: longest });
}

export function readSeed(args: Arguments): { readonly seed?: number } {
  return optional('seed', args.number('seed', { min: 0 }));
}

export function readRepeat(args: Arguments): { readonly repeat?: number } {
  return optional('repeat', args.number('repeat', { min: 1, max: 1000 }));
}

/** The target of the config that the flags name, with what the flags change. */
export function readTargetOptions(args: Arguments, config: Config, io: Pick<Io, 'env'>): TargetOptions {
  const flags = {
    ...optional('target', args.text('target')),
    ...optional('log', args.text('log')),
    ...optional('connections', args.number('connections', { min: 1, max: 4096 })),
    ...optional('rate', args.number('rate', { min: 1 })),
    ...optional('maxFailures', args.number('max-failures', { min: 0 })),
    ...optional('timeoutMs', readTimeout(args)),
  };
  return resolveTarget(config, flags, io.env);
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: V });
}

/** Whether what a person reads on standard output is coloured (https://no-color.org). */
export function readColours(args: Arguments, { stdout, env }: Io): boolean {
  return stdout.columns !== undefined && !args.on('no-color') && (env['NO_COLOR'] ?? '') === '';
}
