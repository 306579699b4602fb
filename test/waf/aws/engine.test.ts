import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CaseClient } from '../../../src/model/case.js';
import { installedEngine } from '../../../src/model/options.js';
import type { JsonValue, WireRequest } from '../../../src/model/request.js';
import { startAclEngine } from '../../../src/waf/aws/engine.js';
import { apiAnswer, apiRule, pathIs } from './source/acl-text.js';

const folder = mkdtempSync(join(tmpdir(), 'wafproof-acl-'));
afterAll(() => rmSync(folder, { recursive: true }));

const notes: WireRequest = {
  method: 'POST',
  target: '/v1/notes?a=1',
  headers: [
    ['Host', 'app.example.com'],
    ['User-Agent', 'probe/1.0'],
    ['X-Wafproof-Id', 'check-1'],
  ],
  body: Buffer.from('text'),
};
const atNotes = pathIs(Buffer.from('/v1/notes').toString('base64'));
const managed = { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } };
const { Action: _, ...group } = apiRule(managed, { Name: 'common', OverrideAction: { None: {} } });

async function evaluated(rules: readonly JsonValue[], request = notes, client?: CaseClient) {
  const file = join(folder, 'acl.json');
  writeFileSync(file, JSON.stringify(apiAnswer(rules)));
  const engine = await startAclEngine({ ...installedEngine, acl: [file] });
  return engine.evaluate(request, 'check-1', client);
}

describe('the engine of a web ACL', () => {
  test('names the rule that blocks, what it looks at, and the status that the client gets', async () => {
    const { exchange, evidence } = await evaluated([apiRule(atNotes, { Name: 'notes' })]);
    expect(exchange.outcome).toMatchObject({ kind: 'answered', status: 403 });
    expect(evidence).toMatchObject({
      kind: 'found',
      evidence: {
        action: 'blocked',
        blockedBy: { kind: 'rule', ruleId: 'notes' },
        hits: [{ ruleId: 'notes', variable: { collection: 'UriPath' } }],
      },
    });
  });

  test.each([
    ['Captcha', 405, 'captcha'],
    ['Challenge', 202, 'challenge'],
  ])('takes %s for a block and tells it', async (action, status, kind) => {
    const { exchange, evidence } = await evaluated([apiRule(atNotes, { Action: { [action]: {} } })]);
    expect(exchange.outcome).toMatchObject({ status });
    expect(evidence).toMatchObject({
      evidence: { action: 'blocked', blockedBy: { kind, reason: expect.stringContaining('the client is asked') } },
    });
  });

  test('lets a request through that no rule ends, with what only counted', async () => {
    const { evidence } = await evaluated([apiRule(atNotes, { Name: 'watch', Action: { Count: {} } })]);
    expect(evidence).toMatchObject({ evidence: { action: 'passed', hits: [{ ruleId: 'watch' }] } });
  });

  test('does not decide what only AWS knows, and names it', async () => {
    const { evidence } = await evaluated([group]);
    expect(evidence).toMatchObject({
      kind: 'undecided',
      reason: expect.stringContaining('AWS#AWSManagedRulesCommonRuleSet is not decided: its rules are not published'),
      by: { what: 'AWS#AWSManagedRulesCommonRuleSet', why: 'its rules are not published' },
    });
  });

  test('knows a block whose rule it does not know', async () => {
    const { evidence } = await evaluated([group, apiRule(atNotes, { Name: 'notes', Priority: 2 })]);
    expect(evidence).toMatchObject({
      evidence: {
        action: 'blocked',
        hits: [],
        blockedBy: { reason: expect.stringContaining('by which rule is not decided') },
      },
    });
  });

  test('decides by the client of the case, and not without', async () => {
    const german = [apiRule({ GeoMatchStatement: { CountryCodes: ['DE'] } }, { Name: 'german' })];
    expect((await evaluated(german)).evidence.kind).toBe('undecided');
    expect((await evaluated(german, notes, { country: 'DE' })).evidence).toMatchObject({
      evidence: { action: 'blocked' },
    });
    expect((await evaluated(german, notes, { country: 'FR' })).evidence).toMatchObject({
      evidence: { action: 'passed' },
    });
  });

  test('does not show rules the header by which requests are told apart', async () => {
    const all = { Headers: { MatchPattern: { All: {} }, MatchScope: 'VALUE', OversizeHandling: 'CONTINUE' } };
    const size = {
      SizeConstraintStatement: {
        FieldToMatch: all,
        ComparisonOperator: 'EQ',
        Size: 7,
        TextTransformations: [{ Priority: 0, Type: 'NONE' }],
      },
    };
    expect((await evaluated([apiRule(size)])).evidence).toMatchObject({ evidence: { action: 'passed' } });
  });

  test('takes a request to be below every rate, and says which rules are not evaluated', async () => {
    const file = join(folder, 'rate.json');
    const rate = apiRule({ RateBasedStatement: { Limit: 100, AggregateKeyType: 'IP' } }, { Name: 'flood' });
    writeFileSync(file, JSON.stringify(apiAnswer([rate])));
    const engine = await startAclEngine({ ...installedEngine, acl: [file], front: 'cloudfront' });
    expect(engine.info.facts).toEqual([
      { label: 'Front', value: 'cloudfront' },
      { label: 'Not evaluated', value: 'rate rules: flood' },
    ]);
    expect((await engine.evaluate(notes, 'check-1')).evidence).toMatchObject({ evidence: { action: 'passed' } });
  });

  test('needs a file, and a front that there is', async () => {
    await expect(startAclEngine(installedEngine)).rejects.toMatchObject({ code: 'ACL_NONE' });
    const file = join(folder, 'acl.json');
    writeFileSync(file, JSON.stringify(apiAnswer([])));
    await expect(startAclEngine({ ...installedEngine, acl: [file], front: 'nginx' })).rejects.toMatchObject({
      code: 'ACL_FRONT_UNKNOWN',
    });
  });
});
