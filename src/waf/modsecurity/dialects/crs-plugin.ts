import type { ReportFile } from '../../../contract/reporter.js';
import { configurationMark } from '../../../model/report.js';
import { bodyRuleKeys, replacementLines } from './body-rules.js';
import { comment } from './comment.js';
import { endpointBlocks, endpointIds, linesOf } from './endpoint-rules.js';
import { fileText, head } from './explain.js';
import { byPlace, everywhereLines, ruleFileObstacle } from './modsecurity-dialect.js';
import { type EngineName, type RuleDialect, sectionsOf } from './rule-dialect.js';

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
      const ids = endpointIds(scoped, notes, [...Object.values(own), ...bodyRuleKeys(exclusions, engines)]);
      const blocks = endpointBlocks(scoped, engines, notes, ids);
      const files = [
        file('config', [...what.config.map(comment), '', ...setSwitch(ids.get(own.config)), '']),
        file('before', [
          ...head(what.before, [...early, ...scoped], notes),
          ...everywhereLines(early, engines, notes, ids),
          ...readSwitch(ids.get(own.before)),
          ...linesOf(blocks),
          ...replacementLines(scoped, engines, ids),
          `SecMarker "${end}"`,
          '',
        ]),
        file('after', [...head(what.after, wide, notes), ...everywhereLines(wide, engines, notes, ids)]),
      ];
      return { files, sections: files.flatMap((one) => sectionsOf(one, blocks)) };
    },
  };
}

function file(part: string, lines: readonly string[]): ReportFile {
  return { name: `plugins/wafproof-${part}.conf`, content: fileText(lines) };
}

/** On, unless somebody has decided otherwise before. */
function setSwitch(id = 0): readonly string[] {
  return [`SecRule &TX:${enabled} "@eq 0" "id:${id},phase:1,pass,t:none,nolog,setvar:tx.${enabled}=1"`];
}

function readSwitch(id = 0): readonly string[] {
  return [`SecRule TX:${enabled} "@eq 0" "id:${id},phase:1,pass,t:none,nolog,skipAfter:${end}"`, ''];
}
