import { type Draft, linesOf } from '../../../model/draft.js';
import { apart, endpointBlocks } from './endpoint-rules.js';
import { head } from './explain.js';
import { byPlace, ruleFileObstacle, rulesEverywhere } from './modsecurity-dialect.js';
import type { EngineName, RuleDialect } from './rule-dialect.js';
import { writtenOf } from './written.js';

const engines: readonly EngineName[] = ['coraza'];

const what = [
  'Coraza in Caddy with the Core Rule Set and exclusions. To be imported by your Caddyfile, whose global options have',
  '"order coraza_waf first", and used by "import wafproof" in each site that is protected.',
  'Settings of your own belong between crs-setup and the exclusions. Patterns in "ctl" need Coraza 3.5 or newer.',
];

/**
 * A Caddyfile with the whole configuration of coraza-caddy: exclusions for endpoints before the rules, and those for
 * every request after them, since Coraza does not load a change to a rule that it has not read.
 */
export function corazaDialect(): RuleDialect {
  return {
    name: 'coraza',
    obstacle: (exclusion) => ruleFileObstacle(exclusion, engines),
    write: (exclusions, notes) => {
      const { scoped, wide } = byPlace(exclusions, engines);
      const blocks = endpointBlocks(scoped, engines, notes);
      const directives = [
        linesOf(['Include @coraza.conf-recommended', 'Include @crs-setup.conf.example', 'SecRuleEngine On']),
        apart(blocks),
        linesOf(['Include @owasp_crs/*.conf']),
        rulesEverywhere(wide, engines, notes),
      ];
      const text = [
        head({ what, exclusions, all: exclusions }, notes),
        linesOf(['(wafproof) {', '\tcoraza_waf {', '\t\tload_owasp_crs', '\t\tdirectives `']),
        indented(directives),
        linesOf(['\t\t`', '\t}', '}']),
      ];
      const inFile = blocks.map((block) => ({ ...block, text: indented(block.text) }));
      return writtenOf({ files: [{ name: 'Caddyfile', text }], blocks: inFile, exclusions }, notes);
    },
  };
}

function indented(text: Draft): Draft {
  return { indent: '\t\t\t', text };
}
