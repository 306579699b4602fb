import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Severity, severities } from '../../model/evidence.js';

/** What a rule file says of a rule, and log lines do not always tell. */
export interface CatalogRule {
  readonly tags: readonly string[];
  /** Collections that the rule looks at, such as `ARGS`. */
  readonly collections: readonly string[];
  /** The rule is the head of a chain: what its links look at decides too, and is what its log line names. */
  readonly chained: boolean;
  /** When it runs: 1 with the request's header, 2 with its body, 3 and 4 with those of the answer, 5 when all is logged. */
  readonly phase: number;
  readonly message?: string;
  readonly severity?: Severity;
  /** The level whose points it adds to: of rule 921422 of CRS 3.3.4 not its own. */
  readonly scoresAt?: number;
  /** The rule set that it belongs to, such as `OWASP_CRS/3.3.4`. */
  readonly ruleset?: string;
}

export type RuleCatalog = ReadonlyMap<number, CatalogRule>;

export const emptyCatalog: RuleCatalog = new Map();

/** Reads the rules of a Core Rule Set folder; nothing where there is none, as on a machine that only sends requests. */
export function readCatalog(crsFolder: string): RuleCatalog {
  const folder = join(crsFolder, 'rules');
  if (!existsSync(folder)) return emptyCatalog;
  const files = readdirSync(folder).filter((name) => name.endsWith('.conf'));
  return new Map(files.flatMap((name) => parseRules(readFileSync(join(folder, name), 'utf8'))));
}

/** Rule files are read when the first hit needs them; a clean run never does. */
export function lazyCatalog(crsFolder: string): () => RuleCatalog {
  let catalog: RuleCatalog | undefined;
  return () => {
    catalog ??= readCatalog(crsFolder);
    return catalog;
  };
}

/** Rules of a configuration text by id. Links of a chain have none, and belong to the rule before them. */
export function parseRules(text: string): readonly (readonly [number, CatalogRule])[] {
  const rules: [number, CatalogRule][] = [];
  for (const directive of directives(text)) {
    const id = /[",\s]id:'?(\d+)/.exec(directive)?.[1];
    const last = rules.at(-1);
    if (id !== undefined) rules.push([Number(id), describe(directive)]);
    else if (last !== undefined) last[1] = { ...last[1], chained: true };
  }
  return rules;
}

/** What a log says of a rule holds only with the catalog of the same rule set. */
export function ruleOf(
  catalog: RuleCatalog,
  id: number | string,
  ruleset: string | undefined,
): CatalogRule | undefined {
  const rule = typeof id === 'number' ? catalog.get(id) : undefined;
  const isOther = rule?.ruleset !== undefined && ruleset !== undefined && rule.ruleset !== ruleset;
  return isOther ? undefined : rule;
}

function describe(directive: string): CatalogRule {
  const ruleset = /[",\s]ver:'([^']+)'/.exec(directive)?.[1];
  const message = /[",\s]msg:'([^']+)'/.exec(directive)?.[1];
  return {
    tags: tags(directive),
    collections: targets(directive),
    chained: false,
    phase: phaseOf(directive),
    ...severityOf(directive),
    ...scoresAt(directive),
    ...(message !== undefined && { message }),
    ...(ruleset !== undefined && { ruleset }),
  };
}

function severityOf(directive: string): { readonly severity?: Severity } {
  const name = /[",\s]severity:'?(\w+)/.exec(directive)?.[1]?.toUpperCase();
  const severity = severities.find((one) => one === name);
  return severity === undefined ? {} : { severity };
}

/** `setvar:'tx.anomaly_score_pl1=+%{tx.critical_anomaly_score}'`; CRS 4 has `inbound_` before it. */
function scoresAt(directive: string): { readonly scoresAt?: number } {
  const level = /setvar:'?tx\.(?:inbound_)?anomaly_score_pl(\d)=\+/i.exec(directive)?.[1];
  return level === undefined ? {} : { scoresAt: Number(level) };
}

/** Phases by name (reference manual, action `phase`). A rule that names none runs with the body. */
const phases: Readonly<Record<string, number>> = { request: 2, response: 4, logging: 5 };

function phaseOf(directive: string): number {
  const phase = /[",\s]phase:'?(\w+)/.exec(directive)?.[1] ?? 'request';
  return phases[phase] ?? Number(phase);
}

/** Logical lines that define rules: comments left out, continued lines joined. */
function directives(text: string): readonly string[] {
  return text
    .replace(/^\s*#.*$/gm, '')
    .replaceAll(/\\\r?\n\s*/g, ' ')
    .split('\n')
    .filter((line) => /^\s*Sec(?:Rule|Action)\s/.test(line));
}

function tags(directive: string): readonly string[] {
  return [...directive.matchAll(/[",\s]tag:'([^']*)'/g)].map(([, tag = '']) => tag);
}

/** `SecRule REQUEST_COOKIES|!REQUEST_COOKIES:/__utm/|ARGS "@rx …"` looks at `REQUEST_COOKIES` and `ARGS`. */
function targets(directive: string): readonly string[] {
  const list = /^\s*SecRule\s+(\S+)/.exec(directive)?.[1] ?? '';
  const included = list.split('|').filter((target) => !/^[!&]/.test(target));
  return included.map((target) => target.replace(/:.*$/, ''));
}
