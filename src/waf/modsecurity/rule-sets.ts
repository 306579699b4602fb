import { lazily } from '../../util/lazily.js';
import { emptyCatalog, type RuleCatalog, readCatalog } from './rule-catalog.js';
import { type RuleOptions, ruleSetFolders } from './rule-plan.js';

/**
 * The rules that a log speaks of: of the rule sets on this machine, the one of the version that the log names, else the one
 * that the options name. Rule files are read when the first hit needs them; a clean run never does.
 */
export function ruleSets(options: Pick<RuleOptions, 'crs'>): (ruleset: string | undefined) => RuleCatalog {
  const installed = ruleSetFolders(options).map((folder) => lazily(() => describe(readCatalog(folder))));
  const chosen = new Map<string | undefined, RuleCatalog>();
  return (ruleset) => {
    const catalog = chosen.get(ruleset) ?? choose(installed, ruleset);
    chosen.set(ruleset, catalog);
    return catalog;
  };
}

interface RuleSet {
  readonly version: string | undefined;
  readonly catalog: RuleCatalog;
}

function choose(installed: readonly (() => RuleSet)[], ruleset: string | undefined): RuleCatalog {
  const same = ruleset === undefined ? undefined : installed.find((read) => read().version === ruleset);
  return (same ?? installed[0])?.().catalog ?? emptyCatalog;
}

function describe(catalog: RuleCatalog): RuleSet {
  const version = [...catalog.values()].find(({ ruleset }) => ruleset !== undefined)?.ruleset;
  return { version, catalog };
}
