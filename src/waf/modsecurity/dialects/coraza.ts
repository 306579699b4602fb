import { bodyRuleKeys } from './body-rules.js';
import { endpointBlocks, endpointIds, linesOf } from './endpoint-rules.js';
import { fileText, head } from './explain.js';
import { byPlace, everywhereLines, ruleFileObstacle } from './modsecurity-dialect.js';
import { type EngineName, type RuleDialect, sectionsOf } from './rule-dialect.js';

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
      const ids = endpointIds(scoped, notes, bodyRuleKeys(exclusions, engines));
      const blocks = endpointBlocks(scoped, engines, notes, ids);
      const directives = [
        'Include @coraza.conf-recommended',
        'Include @crs-setup.conf.example',
        'SecRuleEngine On',
        ...linesOf(blocks),
        'Include @owasp_crs/*.conf',
        ...everywhereLines(wide, engines, notes, ids),
      ];
      const lines = [
        ...head(what, exclusions, notes),
        '(wafproof) {',
        '\tcoraza_waf {',
        '\t\tload_owasp_crs',
        '\t\tdirectives `',
        ...directives.flatMap((text) => text.split('\n')).map(indented),
        '\t\t`',
        '\t}',
        '}',
      ];
      const file = { name: 'Caddyfile', content: fileText(lines) };
      const inFile = blocks.map((block) => ({ ...block, lines: block.lines.map(indented) }));
      return { files: [file], sections: sectionsOf(file, inFile) };
    },
  };
}

function indented(line: string): string {
  return line === '' ? '' : `\t\t\t${line}`;
}
