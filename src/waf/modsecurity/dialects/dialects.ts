import type { Dialect, EngineName } from '../../../contract/dialect.js';
import { type RuleCatalog, readCatalog } from '../rule-catalog.js';
import { crsFolder } from '../rule-plan.js';
import { apacheLocationDialect } from './apache-location.js';
import { corazaDialect } from './coraza.js';
import { crsPluginDialect } from './crs-plugin.js';
import { ingressNginxDialect } from './ingress-nginx.js';
import { modsecurityDialect } from './modsecurity-dialect.js';
import { nginxLocationDialect } from './nginx-location.js';

/** What a dialect is written for. Dialects of one server need no engines: they are read by the engine in it. */
interface Readers {
  readonly engines: readonly EngineName[];
  /** The phase of a rule; nothing where the rule set does not have it. */
  readonly phaseOf: (ruleId: number) => number | undefined;
}

/** Every dialect of ModSecurity's language by name. */
const dialects: Readonly<Record<string, (readers: Readers) => Dialect>> = {
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
): Dialect | undefined {
  let catalog: RuleCatalog | undefined;
  const phaseOf = (ruleId: number) => {
    catalog ??= readCatalog(crsFolder(rules));
    return catalog.get(ruleId)?.phase;
  };
  return dialects[name]?.({ engines, phaseOf });
}
