import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fail } from '../../model/error.js';
import type { WafMode } from '../../model/report.js';
import { type AuditScope, baseConfig } from './base-config.js';
import type { RulePart } from './engine-protocol.js';
import { installAdvice } from './library.js';
import { probeRules } from './probe-rules.js';
import type { ModsecurityVersion } from './user-rules/modsecurity-version.js';
import { withoutDefined } from './user-rules/own-channel.js';
import { prepareUserRules, type UserRules } from './user-rules/user-rules.js';

/** Where Debian's `modsecurity-crs` keeps the Core Rule Set and its settings. */
const debianCrs = { dir: '/usr/share/modsecurity-crs', setup: '/etc/modsecurity/crs/crs-setup.conf' };

/** Which rules an engine loads. */
export interface RuleOptions {
  /** A folder that holds `rules/`; Debian's by default. */
  readonly crs?: string;
  readonly crsSetup?: string;
  /** 1 to 4; what crs-setup says when absent. */
  readonly paranoia?: number;
  /** Inbound anomaly score at which a request is refused; what crs-setup says when absent. */
  readonly threshold?: number;
  readonly rulesBefore: readonly string[];
  readonly rulesAfter: readonly string[];
  /** The user's rules may run programs and open connections. */
  readonly allowExec?: boolean;
  readonly mode: WafMode;
  /** Rules of our own, beside those of the user: read before the Core Rule Set, and after it. */
  readonly trial?: TrialRules;
  /** The Core Rule Set is parsed once for all rule sets of an engine, and not as a server parses it. */
  readonly sharesCrs?: boolean;
}

/** Rules to be loaded before and after the Core Rule Set, as text. */
export interface TrialRules {
  readonly before: string;
  readonly after: string;
}

/**
 * All configuration of an engine in the order in which it is loaded: base configuration, crs-setup, level and
 * threshold, the user's rules before, the Core Rule Set, the user's rules after, and the probes that report the score.
 * @throws WafproofError `CRS_MISSING`, `CRS_SETUP_MISSING`
 */
export function planRules(options: RuleOptions, audit: AuditScope, own: UserRules): readonly RulePart[] {
  return [
    { name: 'limits', text: limitsOf(options, own) },
    { name: 'base configuration', text: withoutDefined(baseConfig(options.mode, audit), own.defined) },
    ...planCrs(options, own),
    { name: 'probes', text: probeRules },
  ];
}

const limit =
  /^[ \t]*(SecRequestBody(?:|NoFiles|JsonDepth)Limit|SecArgumentsLimit|SecPcreMatchLimit(?:Recursion)?)[ \t]+"?(\d{1,10})"?[ \t]*\r?$/gim;

/**
 * Limits that are set beside the base configuration. Of settings in parts that are loaded one after the other, libmodsecurity 3 keeps
 * the first; a server reads them as one text, in which the last one counts.
 */
function limitsOf(
  { rulesBefore, rulesAfter, trial = { before: '', after: '' } }: RuleOptions,
  { pathOf }: Pick<UserRules, 'pathOf'>,
): string {
  const read = (path: string) => readFileSync(pathOf(path), 'utf8');
  const texts = [...rulesBefore.map(read), trial.before, trial.after, ...rulesAfter.map(read)];
  const found = texts.flatMap((text) => [...text.matchAll(limit)]);
  const last = new Map(found.map(([, name = '', value]) => [name.toLowerCase(), `${name} ${value}\n`]));
  return [...last.values()].join('');
}

/**
 * What is loaded between base configuration and probes.
 * @param own how the user's files are loaded; by default as they are
 * @throws WafproofError `CRS_MISSING`, `CRS_SETUP_MISSING`
 */
export function planCrs(options: RuleOptions, own: Pick<UserRules, 'pathOf'> = asTheyAre): readonly RulePart[] {
  const userRules = (path: string) => asFile(own.pathOf(path));
  const setup = crsSetup(options);
  const rules = crsRules(crsFolder(options));
  if (setup.length === 0) refuseWithoutSetup(rules, options);
  return [
    ...setup.map(userRules),
    { name: 'level and threshold', text: levelRule(options) },
    ...options.rulesBefore.map(userRules),
    ...trialPart('before', options),
    ...rules.map(crsPart(options)),
    ...trialPart('after', options),
    ...options.rulesAfter.map(userRules),
  ];
}

function trialPart(position: keyof TrialRules, { trial }: RuleOptions): readonly RulePart[] {
  return trial === undefined || trial[position] === ''
    ? []
    : [{ name: `${position} the rules`, text: trial[position] }];
}

function crsPart({ sharesCrs = false }: RuleOptions): (path: string) => RulePart {
  return (path) => (sharesCrs ? { ...asFile(path), isShared: true } : asFile(path));
}

const asTheyAre: Pick<UserRules, 'pathOf'> = { pathOf: (path) => path };

/**
 * The user's own rules, as an engine of ours may load them.
 * @param folder where copies of files may be written
 * @throws WafproofError `CRS_MISSING`, `RULES_NOT_FOUND`, `RULES_EXECUTE`
 */
export function readUserRules(options: RuleOptions, engine: ModsecurityVersion, folder: string): UserRules {
  const { crs, allowExec = false, rulesBefore, rulesAfter } = options;
  const ruleSet = crs === undefined ? [] : crsRules(crsFolder(options));
  const files = [...crsSetup(options), ...rulesBefore, ...rulesAfter];
  return prepareUserRules(files, { engine, folder, allowExec, ruleSet });
}

/** The folder of the Core Rule Set, as an absolute path. */
export function crsFolder({ crs }: Pick<RuleOptions, 'crs'>): string {
  return resolve(crs ?? debianCrs.dir);
}

/** Where rule sets may be on this machine, the one that is meant first. */
export function ruleSetFolders(options: Pick<RuleOptions, 'crs'>): readonly string[] {
  return [...new Set([crsFolder(options), debianCrs.dir])];
}

function crsRules(dir: string): readonly string[] {
  const rules = join(dir, 'rules');
  const files = existsSync(rules) ? readdirSync(rules).filter((name) => name.endsWith('.conf')) : [];
  if (files.length === 0) throw fail('CRS_MISSING', { dir, install: installAdvice });
  return files.sort().map((name) => join(rules, name));
}

function crsSetup({ crs, crsSetup: given }: RuleOptions): readonly string[] {
  if (given !== undefined) return [given];
  const beside = ['crs-setup.conf', 'crs-setup.conf.example'].map((name) => join(crs ?? debianCrs.dir, name));
  const candidates = crsFolder({ ...(crs !== undefined && { crs }) }) === debianCrs.dir ? [debianCrs.setup] : beside;
  return candidates.filter((path) => existsSync(path)).slice(0, 1);
}

/** The Core Rule Set denies each request where none of its settings are loaded (901001), and says so in no verdict. */
function refuseWithoutSetup(rules: readonly string[], { rulesBefore, trial }: RuleOptions): void {
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  const asks = rules.some((path) => basename(path).startsWith('REQUEST-901-') && /\bid:901001\b/.test(read(path)));
  const texts = [...rulesBefore.map(read), trial?.before ?? ''];
  if (asks && !texts.some((text) => /crs_setup_version/i.test(text))) throw fail('CRS_SETUP_MISSING', {});
}

/** Level and threshold under the names of CRS 3 and of CRS 4; each version ignores the other's. */
function levelRule({ paranoia, threshold }: RuleOptions): string {
  const levels = ['paranoia_level', 'executing_paranoia_level', 'blocking_paranoia_level', 'detection_paranoia_level'];
  const settings = [
    ...(paranoia === undefined ? [] : levels.map((name) => `setvar:tx.${name}=${paranoia}`)),
    ...(threshold === undefined ? [] : [`setvar:tx.inbound_anomaly_score_threshold=${threshold}`]),
  ];
  return settings.length === 0 ? '' : `SecAction "id:9900001,phase:1,pass,nolog,t:none,${settings.join(',')}"\n`;
}

function asFile(file: string): { readonly file: string } {
  return { file: resolve(file) };
}
