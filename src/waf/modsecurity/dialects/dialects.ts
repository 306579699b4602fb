import { type RuleCatalog, readCatalog, ruleOf } from '../rule-catalog.js';
import { crsFolder } from '../rule-plan.js';
import { apacheLocationDialect } from './apache-location.js';
import { corazaDialect } from './coraza.js';
import { crsPluginDialect } from './crs-plugin.js';
import { ingressNginxDialect } from './ingress-nginx.js';
import { modsecurityDialect } from './modsecurity-dialect.js';
import { nginxLocationDialect } from './nginx-location.js';
import type { PhaseOf } from './phase-of.js';
import type { EngineName, RuleDialect } from './rule-dialect.js';

/** What a dialect is written for. Dialects of one server need no engines: they are read by the engine in it. */
interface Readers {
  readonly engines: readonly EngineName[];
  readonly phaseOf: PhaseOf;
}

/** Every dialect of ModSecurity's language by name. */
const dialects: Readonly<Record<string, (readers: Readers) => RuleDialect>> = {
  modsecurity: ({ engines }) => modsecurityDialect(engines),
  'crs-plugin': ({ engines }) => crsPluginDialect(engines),
  'apache-location': ({ phaseOf }) => apacheLocationDialect(phaseOf),
  'nginx-location': nginxLocationDialect,
  'ingress-nginx': ingressNginxDialect,
  coraza: corazaDialect,
};

export const dialectNames: readonly string[] = Object.keys(dialects);

/** @param rules the Core Rule Set that the exclusions are for: some dialects need to know its rules */
export function dialectOf(
  name: string,
  engines: readonly EngineName[],
  rules: { readonly crs?: string } = {},
): RuleDialect | undefined {
  let catalog: RuleCatalog | undefined;
  const phaseOf: PhaseOf = (ruleId) => {
    catalog ??= readCatalog(crsFolder(rules));
    return ruleOf(catalog, ruleId, undefined)?.phase;
  };
  return dialects[name]?.({ engines, phaseOf });
}
