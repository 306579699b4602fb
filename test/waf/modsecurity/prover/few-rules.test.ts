import { mkdtempSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RuleHit } from '../../../../src/model/evidence.js';
import type { RequestSpec } from '../../../../src/model/request.js';
import { readAttacks } from '../../../../src/pipeline/tune/attacks.js';
import { evaluateAll } from '../../../../src/prove/evaluate-all.js';
import { rulesIn } from '../../../../src/waf/modsecurity/exclusion-files/rule-facts.js';
import { modsecurityFieldNames } from '../../../../src/waf/modsecurity/field-names.js';
import { type EngineBenches, startBenches } from '../../../../src/waf/modsecurity/prover/bench.js';
import { fewRules, removableRules } from '../../../../src/waf/modsecurity/prover/few-rules.js';
import { rulesKey } from '../../../../src/waf/modsecurity/prover/rules-key.js';
import { ruleFile, ruleFolder } from '../engine-fixture.js';

const kept = [920270, 930120, 932160, 941100, 941110, 942100, 942190, 942430];
const noRules = { rulesBefore: [], rulesAfter: [] };

function request(value: string, index: number): RequestSpec {
  const empty = { method: 'POST', path: '/comments', query: [], headers: [], cookies: [], omittedHeaders: [] } as const;
  if (index % 3 === 0) return { ...empty, query: [['q', value]], body: { kind: 'none' } };
  if (index % 3 === 1) return { ...empty, body: { kind: 'form', fields: [['note', value]] } };
  return { ...empty, body: { kind: 'json', value: { deep: { note: value } } } };
}

describe('an engine with few rules', () => {
  let benches: EngineBenches;
  beforeAll(async () => {
    benches = await startBenches({ ...noRules, paranoia: 4, workers: 1 });
  });
  afterAll(() => benches.close());

  it('says of attacks what one with all rules says of those', async () => {
    const world = { cwd: tmpdir(), env: {} };
    const attacks = await readAttacks(['wafproof:attacks'], modsecurityFieldNames, world);
    const requests = attacks
      .filter((_, index) => index % 14 === 3)
      .map(({ payload }, index) => request(payload, index));
    const few = benches.open({ trial: { before: '', after: fewRules(noRules).without(kept) } });
    const [less, all] = [
      await evaluateAll(requests, (one) => few.evaluate(one)),
      await evaluateAll(requests, (one) => benches.bare.evaluate(one)),
    ];
    const known = (hits: readonly RuleHit[]) => hits.filter(({ ruleId }) => kept.includes(Number(ruleId)));
    const fired = new Set<unknown>();
    for (const [index, { hits, outcome }] of less.entries()) {
      const whole = all[index];
      expect(known(hits), JSON.stringify(requests[index])).toEqual(known(whole?.hits ?? []));
      if (outcome === 'blocked') expect(whole?.outcome).toBe('blocked');
      for (const { ruleId } of hits) fired.add(ruleId);
    }
    expect(fired.size).toBeGreaterThanOrEqual(kept.length - 1);
    expect(requests.length).toBeGreaterThan(150);
  });

  it('leaves out no rule that skips others, sets up or decides', () => {
    const left = fewRules(noRules).without([942100]);
    const ranges = [...left.matchAll(/RemoveById (\d+)(?:-(\d+))?/g)].map(([, a, b = a]) => [Number(a), Number(b)]);
    const isLeft = (id: number) => ranges.some(([first = 0, last = 0]) => first <= id && id <= last);
    expect([942110, 941100, 932160].map(isLeft)).toEqual([true, true, true]);
    expect([942100, 901001, 901340, 942011, 942013, 949110, 980130].map(isLeft)).toEqual(Array(7).fill(false));
  });
});

describe('a rule that can be left out', () => {
  const rule = (id: number, more: string) => `SecRule ARGS "@rx a" "id:${id},phase:2,block,t:none,${more}"\n`;
  const removable = (text: string, others = '') => [...removableRules(rulesIn(text), rulesIn(others))];

  it('does nothing but detect and count', () => {
    expect(removable(rule(1, "msg:'m',setvar:'tx.anomaly_score=+%{tx.points}'"))).toEqual([1]);
    expect(removable(rule(1, 'ctl:auditLogParts=+E'))).toEqual([1]);
  });

  it.each([
    'skipAfter:END',
    'ctl:ruleEngine=Off',
    'initcol:ip=%{REMOTE_ADDR}',
    "setvar:'ip.seen=1'",
    "setvar:'tx.a_%{MATCHED_VAR}=1'",
  ])('does not do %s', (action) => expect(removable(rule(1, action))).toEqual([]));

  it.each([
    ['SecRule TX:flag "@eq 1" "id:2,phase:2,pass"\n'],
    ['SecRule ARGS|&TX:FLAG "@eq 1" "id:2,phase:2,pass"\n'],
    ['SecRule TX:/^fl/ "@eq 1" "id:2,phase:2,pass"\n'],
    ['SecRule ARGS "@rx %{tx.flag}" "id:2,phase:2,pass"\n'],
  ])('sets nothing that is read by %s', (reader) => {
    const text = rule(1, "setvar:'tx.flag=1'");
    expect(removable(text)).toEqual([1]);
    expect(removable(text + reader)).not.toContain(1);
    expect(removable(text, reader)).toEqual([]);
  });
});

describe('what tells rules apart', () => {
  const key = (options: Parameters<typeof rulesKey>[0], version = 'ModSecurity 3.0.9') =>
    rulesKey(options, { kind: 'modsecurity', version });

  it('is the same for the same bytes, wherever they lie', () => {
    const own = () => ({ rulesBefore: [ruleFile('own.conf', 'SecAction "id:1,pass"\n')], rulesAfter: [] });
    expect(key(own())).toBe(key(own()));
  });

  it('is another for other rules, data, settings and engines', async () => {
    const crs = ruleFolder('SecRule ARGS "@pmFromFile words.data" "id:1,phase:2,pass"\n');
    writeFileSync(join(crs, 'rules', 'words.data'), 'one\n');
    const keys = [key({ ...noRules, crs })];
    writeFileSync(join(crs, 'rules', 'words.data'), 'two\n');
    keys.push(key({ ...noRules, crs }), key({ ...noRules, crs, paranoia: 2 }), key({ ...noRules, crs, threshold: 7 }));
    keys.push(key({ ...noRules, crs }, 'ModSecurity 3.0.14'));
    keys.push(key({ rulesBefore: [ruleFile('own.conf', 'SecAction "id:1,pass"\n')], rulesAfter: [], crs }));
    writeFileSync(join(crs, 'rules', 'test.conf'), `${await readFile(join(crs, 'rules', 'test.conf'), 'utf8')}#\n`);
    keys.push(key({ ...noRules, crs }));
    expect(keys.every((one) => one !== undefined)).toBe(true);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(['SecRule ARGS "@pmFromFile a" "id:1"', 'Include more.conf', 'SecRuleScript a.lua "id:1"'])(
    'is not known with %s in a rule file of the user',
    (text) => {
      expect(key({ rulesBefore: [ruleFile('own.conf', `${text}\n`)], rulesAfter: [] })).toBeUndefined();
    },
  );

  it('is not known where a file cannot be read', () => {
    expect(key({ ...noRules, crs: mkdtempSync(join(tmpdir(), 'wafproof-none-')) })).toBeUndefined();
  });
});
