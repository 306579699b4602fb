import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corpusValues } from '../../../src/suite/corpus-values.js';
import { packageRoot } from '../../../src/util/package-root.js';
import type { EmbeddedEngine, EngineVariant } from '../../../src/waf/modsecurity/embedded-engine.js';
import type { RuleOptions } from '../../../src/waf/modsecurity/rule-plan.js';
import { form, startTestEngine } from './engine-fixture.js';

const block: RuleOptions = { mode: 'block', rulesBefore: [], rulesAfter: [], sharesCrs: true };
const attack = form(['q', "1' UNION SELECT password FROM users -- "]);

/** Every so many attacks of the corpora that ship. */
async function someAttacks(every: number): Promise<readonly string[]> {
  const folder = join(packageRoot, 'corpora/attacks');
  const values: string[] = [];
  for (const name of readdirSync(folder).sort()) {
    for await (const { text } of corpusValues({ path: join(folder, name), file: name })) values.push(text);
  }
  return values.filter((_, index) => index % every === 0);
}

async function answerOf(engine: Pick<EngineVariant, 'evaluate'>, request: typeof attack) {
  const { exchange, record } = await engine.evaluate(request, 'w7-test');
  const { hits = [], score, waf } = record ?? {};
  return { outcome: exchange.outcome, hits, score, waf };
}

describe('other rules in the processes of an engine', () => {
  let engine: EmbeddedEngine;
  beforeAll(async () => {
    engine = await startTestEngine({ sharesCrs: true, paranoia: 3 });
  });
  afterAll(() => engine.close());

  it('say of attacks what rules say that are read file by file', async () => {
    const shared = engine.variant({ ...block, paranoia: 3 });
    const whole = engine.variant({ ...block, paranoia: 3, sharesCrs: false });
    for (const text of await someAttacks(16)) {
      const request = form(['q', text]);
      const wanted = await answerOf(whole, request);
      expect(await answerOf(shared, request), text).toEqual(wanted);
      expect(await answerOf(engine, request), text).toEqual(wanted);
    }
  });

  it('are read around the Core Rule Set, and act on nobody else', async () => {
    const before = 'SecAction "id:7001,phase:1,pass,nolog,ctl:ruleRemoveTargetById=942100;ARGS:q"\n';
    const after = 'SecRuleUpdateTargetById 942190 "!ARGS:q"';
    const rulesOf = async (asked: Pick<EngineVariant, 'evaluate'>) =>
      (await answerOf(asked, attack)).hits.map(({ ruleId }) => ruleId);
    const without = async (trial: RuleOptions['trial']) =>
      rulesOf(engine.variant({ ...block, paranoia: 3, ...(trial && { trial }) }));
    const all = await rulesOf(engine);
    expect(all).toEqual(expect.arrayContaining([942100, 942190]));
    expect(await without({ before, after: '' })).toEqual(all.filter((id) => id !== 942100));
    expect(await without({ before: '', after })).toEqual(all.filter((id) => id !== 942190));
    expect(await rulesOf(engine)).toEqual(all);
  });

  it('are refused by name and line, and no others with them', async () => {
    const broken = engine.variant({
      ...block,
      trial: { before: '# fine\nSecRule ARGS "@rx a" "id:1,nonsense"\n', after: '' },
    });
    const twice = engine.variant({ ...block, trial: { before: 'SecRule ARGS "@rx a" "id:942100,pass"\n', after: '' } });
    const good = engine.variant(block);
    const asked = [broken, good, twice, good, good].map((one) => one.evaluate(attack, 'w7-test'));
    const [first, second, third, ...more] = await Promise.allSettled(asked);
    expect(first).toMatchObject({
      reason: { code: 'RULES_INVALID', problems: [{ place: { file: '<before the rules>', line: 2 } }] },
    });
    expect(third).toMatchObject({ reason: { code: 'RULES_INVALID' } });
    for (const one of [second, ...more]) expect(one).toMatchObject({ value: { record: { action: 'blocked' } } });
  });

  it('are loaded anew when they are asked for after they were closed', async () => {
    const variant = engine.variant(block);
    const first = await answerOf(variant, attack);
    variant.close();
    expect(await answerOf(variant, attack)).toEqual(first);
    variant.close();
  });
});
