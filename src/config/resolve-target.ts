import { resolve } from 'node:path';
import { fail } from '../model/error.js';
import type { LogPlace, TargetOptions, WafOptions } from '../model/target-options.js';
import type { Config } from './config-file.js';
import type { TargetShape, WafShape } from './config-schema.js';
import { resolveSession } from './resolve-session.js';
import { targetOf } from './target-of.js';

/** What the command line says of the target; it wins over the config. */
export interface TargetFlags {
  /** A name from the config, or a URL. */
  readonly target?: string;
  readonly log?: string;
  readonly connections?: number;
  readonly rate?: number;
  readonly maxFailures?: number;
  readonly timeoutMs?: number;
}

/**
 * The one target of a run. A config with a single target needs no name.
 * @param env for `!env` in its session
 * @throws WafproofError `TARGET_MISSING`, `TARGET_UNKNOWN`, `ENV_MISSING`, `ENV_EMPTY`
 */
export function resolveTarget(
  config: Config,
  flags: TargetFlags,
  env: Readonly<Record<string, string | undefined>> = {},
): TargetOptions {
  const { name, target } = findTarget(config, flags.target);
  const { limits = {}, session } = target;
  const rate = flags.rate ?? limits.rate;
  const maxFailures = flags.maxFailures ?? limits.maxFailures;
  const connections = flags.connections ?? limits.connections;
  const timeoutMs = flags.timeoutMs ?? limits.timeout;
  return targetOf({
    name,
    url: target.url,
    waf: wafOptions(target.waf ?? { kind: 'modsecurity' }, flags, config),
    ...(connections !== undefined && { connections }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(target.attacks !== undefined && { attacks: target.attacks }),
    ...(target.ca !== undefined && { ca: resolve(config.folder, target.ca) }),
    ...(target.insecure !== undefined && { insecure: target.insecure }),
    ...(target.logWait !== undefined && { logWaitMs: target.logWait }),
    ...(rate !== undefined && { rate }),
    ...(maxFailures !== undefined && { maxFailures }),
    ...(target.host !== undefined && { host: target.host }),
    ...(session !== undefined && { session: resolveSession(session, env, config.folder) }),
  });
}

/** The options of each kind of WAF, with the log that the command line names. */
function wafOptions(waf: WafShape, flags: TargetFlags, { folder }: Config): WafOptions {
  const { kind, since } = waf;
  const own = kind === 'aws' ? awsOptions(waf, folder) : {};
  const log = kind === 'aws' ? logOfAws(waf.logs) : waf.log;
  const place = flags.log ?? (log === undefined ? undefined : logPlaces(log, folder));
  return { kind, ...own, ...(place !== undefined && { log: place }), ...(since !== undefined && { since }) };
}

type AwsShape = Extract<WafShape, { kind: 'aws' }>;

function awsOptions({ webAcl, region, samples, logs }: AwsShape, folder: string): Omit<WafOptions, 'kind'> {
  return {
    ...(webAcl !== undefined && { webAcl: /^arn:/.test(webAcl) ? webAcl : resolve(folder, webAcl) }),
    ...(region !== undefined && { region }),
    ...(samples !== undefined && { samples }),
    ...(logs !== undefined && ('cloudwatch' in logs || 's3' in logs) && { logs }),
  };
}

/** Files and commands are read as those of any WAF. */
function logOfAws(logs: AwsShape['logs']): LogPlace | undefined {
  if (logs === undefined) return undefined;
  if ('file' in logs) return logs.file;
  return 'command' in logs ? { command: logs.command } : undefined;
}

/** Paths in the config are relative to it. */
function logPlaces(log: LogPlace | readonly LogPlace[], folder: string): readonly LogPlace[] {
  const places: readonly LogPlace[] = Array.isArray(log) ? log : [log];
  return places.map((place) => (typeof place === 'string' && place !== '-' ? resolve(folder, place) : place));
}

function findTarget(config: Config, wanted: string | undefined): { name: string; target: TargetShape } {
  if (wanted !== undefined && /^https?:\/\//.test(wanted)) {
    if (!URL.canParse(wanted)) throw fail('USAGE', { message: `--target takes a name or a URL, not "${wanted}"` });
    return { name: wanted, target: { url: wanted } };
  }
  const known = Object.keys(config.targets);
  const [only] = known;
  if (wanted === undefined && (only === undefined || known.length > 1)) throw fail('TARGET_MISSING', {});
  const name = wanted ?? only ?? '';
  const target = Object.hasOwn(config.targets, name) ? config.targets[name] : undefined;
  if (target === undefined) throw fail('TARGET_UNKNOWN', { name, known });
  return { name, target };
}
