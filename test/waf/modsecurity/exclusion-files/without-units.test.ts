import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readExclusionFile } from '../../../../src/waf/modsecurity/exclusion-files/exclusion-file.js';
import { partOf } from '../../../../src/waf/modsecurity/exclusion-files/render.js';
import type { ExclusionUnit } from '../../../../src/waf/modsecurity/exclusion-files/unit.js';
import { ruleFile, ruleFolder, startTestEngine } from '../engine-fixture.js';

const crs = ruleFolder('SecRule ARGS "@contains evil" "id:942100,phase:2,pass,log,msg:\'Evil\',tag:\'attack-sqli\'"\n');

const separator = fc.constantFrom(',', ', ', ',\\\n    ', ' ,\\\r\n\t');
const exclusion = fc.constantFrom(
  'ctl:ruleRemoveById=942100',
  'ctl:ruleRemoveById=942000-942099',
  'ctl:ruleRemoveTargetById=942100;ARGS:a',
  'ctl:ruleRemoveByTag=attack-sqli',
  'ctl:ruleRemoveTargetByTag=attack-sqli;ARGS:a.b[0]',
  'ctl:ruleEngine=Off',
  'ctl:requestBodyAccess=Off',
  "setvar:'tx.inbound_anomaly_score_threshold=50'",
  'setvar:tx.max_num_args=9',
);
const other = fc.constantFrom('t:none', 'nolog', "msg:'one, two \\'three\\''", "tag:'x'", 'noauditlog');
const actions = fc.tuple(fc.array(fc.oneof(exclusion, other), { minLength: 1, maxLength: 5 }), separator);
const path = fc.constantFrom('"@streq /a"', '"@beginsWith /a"', '"@rx ^/a/[0-9]+$"', '"!@contains a b"');
const gap = fc.constantFrom(' ', ' \\\n    ', '  ');

const rule = fc
  .tuple(path, gap, actions, fc.boolean())
  .map(([condition, space, [list, comma], isChain]) => (id: number) => {
    const head = [`id:${id}`, 'phase:1', 'pass'].join(comma);
    const all = list.join(comma);
    return isChain
      ? `SecRule REQUEST_METHOD "@streq POST"${space}"${head}${comma}chain"\n  SecRule REQUEST_FILENAME ${condition}${space}"${all}"\n`
      : `SecRule REQUEST_FILENAME ${condition}${space}"${[head, all].join(comma)}"\n`;
  });
const directive = fc
  .constantFrom(
    'SecRuleRemoveById 942100 7-9\n',
    'SecRuleRemoveByTag "attack-sqli"\n',
    'SecRuleUpdateTargetById 942100 "!ARGS:a,!ARGS:b"\n',
    'SecRuleUpdateTargetByTag attack-sqli "!ARGS:a|!REQUEST_COOKIES:/^b$/"\n',
    '# ctl:ruleRemoveById=1 \\\n',
  )
  .map((text) => () => text);
const config = fc
  .array(fc.oneof({ weight: 2, arbitrary: rule }, directive), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.map((part, i) => part(100 + i)).join(''));

async function loads(before: string | undefined, after: string | undefined): Promise<void> {
  const files = (text: string | undefined) => (text === undefined ? [] : [ruleFile('a.conf', text)]);
  const engine = await startTestEngine({ crs, rulesBefore: files(before), rulesAfter: files(after) });
  await engine.close();
}

it('whatever is left out, the engine loads the rest', async () => {
  await fc.assert(
    fc.asyncProperty(config, async (text) => {
      const file = readExclusionFile('a.conf', text);
      const without = (...units: readonly ExclusionUnit[]) =>
        loads(partOf(file, 'before', { left: new Set(units) }), partOf(file, 'after', { left: new Set(units) }));
      await expect(without()).resolves.toBeUndefined();
      for (const unit of file.units) await expect(without(unit)).resolves.toBeUndefined();
      await expect(without(...file.units)).resolves.toBeUndefined();
    }),
    { numRuns: 12 },
  );
}, 120_000);
