import { readdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatVariable } from '../../src/model/evidence.js';
import type { Exclusion } from '../../src/model/exclusion.js';
import { tuneReport } from '../../src/pipeline/tune/tune.js';
import { settingOf, variableOf } from '../exclude/exclusions.js';
import { tuneGround, tuneSettings } from './tune-ground.js';

function textOf(exclusion: Exclusion): string | undefined {
  const variable = variableOf(exclusion);
  return variable && formatVariable(variable);
}

const host = 'defaults: { headers: { Host: app.example.com, User-Agent: "Mozilla/5.0", Accept: "*/*" } }';

function suite(...cases: string[]): string {
  return ['suite: S', host, 'cases:', ...cases.map((one) => `  - ${one}`), ''].join('\n');
}

const sql = "{ id: sql, path: /a, form: { note: \"1' or '1'='1\" } }";

describe('tune', () => {
  it('changes a setting where that is the right fix, at the endpoint only', async () => {
    const ground = tuneGround(1);
    const checked = await ground.check(
      suite(
        '{ id: put, path: /m, method: PUT, form: { a: b } }',
        '{ id: type, path: /t, method: POST, headers: { Content-Type: application/graphql }, body: "query { me }" }',
      ),
    );
    const { report } = await ground.tune(checked);
    expect(report.exclusions?.map((one) => [one.effect, settingOf(one)?.name]).sort()).toEqual([
      ['change-setting', 'allowed_methods'],
      ['change-setting', 'allowed_request_content_type'],
      ['read-body-as', undefined],
    ]);
    expect(report.verification).toMatchObject({ cleared: ['s/put', 's/type'], stillBlocked: [], tooBroad: [] });
  });

  it('takes variables together from a rule that each of them fires, and drops those that do nothing', async () => {
    const ground = tuneGround(1);
    const checked = await ground.check(
      suite('{ id: java, path: /j, form: { body: "java.lang.ProcessBuilder and Runtime.exec" } }'),
    );
    const { report } = await ground.tune(checked);
    expect(report.exclusions?.every(({ effect }) => effect === 'remove-target')).toBe(true);
    expect(report.verification).toMatchObject({ cleared: ['s/java'], noEffect: [] });
  });

  it('lets hits stay that the score allows, with a margin', async () => {
    const ground = tuneGround(2);
    const checked = await ground.check(suite('{ id: mixed, path: /a, form: { note: "\' or 1=1 --" } }'));
    const strict = await ground.tune(checked);
    const lenient = await ground.tune(checked, { margin: 1 });
    expect(strict.report.verification?.leftInForce).toBeUndefined();
    expect(lenient.report.verification).toMatchObject({ cleared: ['s/mixed'], leftInForce: [{ ruleId: 942110 }] });
    const rules = ({ report }: typeof strict) => report.exclusions?.flatMap(({ ruleIds }) => ruleIds) ?? [];
    expect(rules(strict)).toContain(942110);
    expect(rules(lenient)).not.toContain(942110);
    expect((await ground.tune(checked, { margin: 3 })).report.verification?.leftInForce).toBeUndefined();
  });

  it('refuses what costs more than the user allows, and what is good for nothing without it', async () => {
    const ground = tuneGround(1);
    const { report, files } = await ground.tune(await ground.check(suite(sql)), { maxLoss: 1 });
    expect(report.verification).toMatchObject({ cleared: [], stillBlocked: ['s/sql'] });
    expect(report.verification?.refused?.[0]?.reason).toMatch(
      /% of the attacks through, .*\(by a sample: \d+ of \d+\)$/,
    );
    expect(report.exclusions).toEqual([]);
    expect(report.configurations?.[0]?.files[0]?.content).not.toMatch(/^SecRule/m);
    expect(files).toHaveLength(2);
  });

  it('makes exclusions for elements good for as many as the user says', async () => {
    const ground = tuneGround(1);
    const checked = await ground.check(suite('{ id: one, path: /a, json: { tags: [ "union select a from b" ] } }'));
    const { report } = await ground.tune(checked, { elements: 3 });
    expect(
      report.exclusions?.map((one) => [textOf(one), one.effect === 'remove-target' ? one.elements : undefined]),
    ).toEqual([['ARGS:json.tags.array_*', 3]]);
    expect(report.configurations?.[0]?.files[0]?.content).toContain('ARGS:json.tags.array_2');
  });

  it('takes paths for one endpoint where the user says so', async () => {
    const ground = tuneGround(1);
    const checked = await ground.check(
      suite('{ id: a, path: /files/a.txt/raw, form: { note: "union select a from b" } }'),
    );
    const { report } = await ground.tune(checked, { endpoints: ['/files/{name}/raw'] });
    expect(report.exclusions?.[0]?.scope).toEqual({ method: 'POST', path: '/files/{name}/raw' });
    expect(report.verification).toMatchObject({ cleared: ['s/a'], tooBroad: [] });
  });

  it('says which false positives of a report the engine here does not block', async () => {
    const ground = tuneGround(1);
    const checked = await ground.check(suite('{ id: fine, path: /a, form: { note: fine } }'));
    const elsewhere = checked.results.map((result) => ({
      ...result,
      verdict: { kind: 'false-positive' as const, detectedOnly: false },
    }));
    const { report } = await ground.tune({ ...checked, results: elsewhere });
    expect(report.verification).toMatchObject({ cleared: [], notReproduced: ['s/fine'] });
  });

  it('starts the numbers of its rules where the user says', async () => {
    const ground = tuneGround(1);
    const { report } = await ground.tune(await ground.check(suite(sql)), { firstId: 700_000 });
    expect(report.configurations?.[0]?.files[0]?.content).toMatch(/id:70\d{4},/);
  });

  it("takes no number that a rule of the user's own has", async () => {
    const ground = tuneGround(1);
    const own = join(ground.world.cwd, 'own.conf');
    const rules = Array.from({ length: 5000 }, (_, i) => `SecAction "id:${10_000 + i},phase:1,pass,nolog"`);
    writeFileSync(own, `${rules.join('\n')}\n`);
    const { report } = await ground.tune(await ground.check(suite(sql)), {}, { rulesBefore: [own] });
    expect(report.configurations?.[0]?.files[0]?.content).toMatch(/id:1[5-9]\d{3},/);
    expect(report.verification).toMatchObject({ cleared: ['s/sql'] });
  });

  it('stops when it is interrupted, and writes nothing before anything is proved', async () => {
    const interrupt = new AbortController();
    const ground = tuneGround(1, interrupt.signal);
    const checked = await ground.check(suite(sql));
    interrupt.abort();
    const { report, files } = await ground.tune(checked);
    expect(report.interrupted).toBe('interrupted before any exclusion was proved');
    expect(report.verification).toBeUndefined();
    expect(files).toEqual([]);
    expect(readdirSync(ground.world.cwd)).not.toContain('out');
  });

  it('writes what is cleared when it is interrupted later, and says what is not known of it', async () => {
    const interrupt = new AbortController();
    const ground = tuneGround(1, interrupt.signal);
    const checked = await ground.check(suite(sql));
    const stage = (text: string) => {
      if (text.startsWith('pricing')) interrupt.abort();
    };
    const { report, files } = await tuneReport(
      checked,
      { ...tuneSettings, engine: ground.engine, out: 'out' },
      { ...ground.world, progress: { ...ground.world.progress, stage } },
    );
    expect(report.interrupted).toMatch(/neither priced nor tried on neighbours/);
    expect(report.verification).toMatchObject({ cleared: ['s/sql'], caution: report.interrupted });
    expect(report.exclusions).toMatchObject([{ scope: { path: '/a' } }]);
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    for (const text of texts) {
      expect(text).toContain('not finished');
      expect(text).toContain('do not deploy');
      expect(text).not.toMatch(/verified|Cost: 0/);
    }
    expect(texts.join('')).toContain('ctl:ruleRemoveTargetById=942100;ARGS:note');
  });

  it('stops at a dialect or an engine that it does not know', async () => {
    const ground = tuneGround(1);
    const checked = await ground.check(suite(sql));
    await expect(ground.tune(checked, { dialects: ['iptables'] })).rejects.toMatchObject({ code: 'DIALECT_UNKNOWN' });
    await expect(ground.tune(checked, { engines: ['modsecurity4'] })).rejects.toMatchObject({ code: 'ENGINE_UNKNOWN' });
  });
});
