import { type Draft, linesOf } from '../../../model/draft.js';
import { configurationMark } from '../../../model/report.js';
import { replacements } from './body-rules.js';
import { comment } from './comment.js';
import { apart, endpointBlocks } from './endpoint-rules.js';
import { head } from './explain.js';
import { byPlace, ruleFileObstacle, rulesEverywhere } from './modsecurity-dialect.js';
import type { EngineName, RuleDialect } from './rule-dialect.js';
import { writtenOf } from './written.js';

/** The switch of a plugin, named as the Core Rule Set's documentation on plugins asks for. */
const enabled = 'wafproof-plugin_enabled';
const end = 'END-WAFPROOF-PLUGIN-BEFORE';

/** What the numbers of the plugin's own rules follow from; the keys of endpoints have a blank in them. */
const own = { config: 'config', before: 'before' };

const what = {
  config: [
    'Wafproof plugin for the Core Rule Set: the switch of its exclusions. To be copied to plugins/, which CRS 4 reads by itself;',
    'CRS 3 needs an Include for plugins/*-config.conf and plugins/*-before.conf before its rules, and for plugins/*-after.conf after them.',
    `To turn the exclusions for single endpoints off, set tx.${enabled} to 0 in crs-setup.conf.`,
    `${configurationMark}.`,
  ],
  before: ['Wafproof plugin for the Core Rule Set: exclusions for single endpoints, read before the rules.'],
  after: [
    'Wafproof plugin for the Core Rule Set: exclusions that apply to every request, read after the rules.',
    `They change the rules as they are loaded, so tx.${enabled} does not turn them off.`,
  ],
};

/** The three files of a plugin of the Core Rule Set. */
export function crsPluginDialect(engines: readonly EngineName[]): RuleDialect {
  return {
    name: 'crs-plugin',
    obstacle: (exclusion) => ruleFileObstacle(exclusion, engines),
    write: (exclusions, notes) => {
      const { scoped, early, wide } = byPlace(exclusions, engines);
      const blocks = endpointBlocks(scoped, engines, notes);
      const before = { what: what.before, exclusions: [...early, ...scoped], all: exclusions };
      const files = [
        file('config', [linesOf([...what.config.map(comment), '']), setSwitch]),
        file('before', [
          head(before, notes),
          rulesEverywhere(early, engines, notes),
          readSwitch,
          apart(blocks),
          replacements(scoped, engines),
          linesOf([`SecMarker "${end}"`]),
        ]),
        file('after', [
          head({ what: what.after, exclusions: wide, all: exclusions }, notes),
          rulesEverywhere(wide, engines, notes),
        ]),
      ];
      return writtenOf({ files, blocks, exclusions }, notes);
    },
  };
}

function file(part: string, text: Draft) {
  return { name: `plugins/wafproof-${part}.conf`, text };
}

/** On, unless somebody has decided otherwise before. */
const setSwitch: Draft = [
  `SecRule &TX:${enabled} "@eq 0" "id:`,
  { number: own.config },
  `,phase:1,pass,t:none,nolog,setvar:tx.${enabled}=1"\n`,
];

const readSwitch: Draft = [
  `SecRule TX:${enabled} "@eq 0" "id:`,
  { number: own.before },
  `,phase:1,pass,t:none,nolog,skipAfter:${end}"\n\n`,
];
