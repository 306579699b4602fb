import { describe, expect, test } from 'vitest';
import type { AwsHit } from '../../../../src/waf/aws/log-record.js';
import { fullRecord, group, readOne, samples } from './records.js';

const core = 'AWS#AWSManagedRulesCommonRuleSet';
const sqli = 'AWS#AWSManagedRulesSQLiRuleSet';

describe.each(samples.map((sample, i) => [i + 1, sample] as const))('record %i of the fixtures', (_, sample) => {
  const record = readOne(sample.value);
  const { blocked, rule, kind, counted = [], labels = [], matched } = sample.expect;

  test('tells whether the request was refused, and by which rule', () => {
    expect(record?.action === 'blocked').toBe(blocked);
    const { ruleId, kind: found } = (blocked ? record?.blockedBy : undefined) ?? {};
    expect(ruleId).toBe(rule);
    if (kind !== undefined) expect(found).toBe(kind);
  });

  test('tells what only counted, its labels, and what matched', () => {
    const wouldRefuse = record?.action === 'would-block' ? record.blockedBy?.ruleId : undefined;
    const isVain = ({ counted: isCounted, ruleId }: AwsHit) => isCounted === true || ruleId === wouldRefuse;
    const names = (record?.hits ?? []).filter(isVain).map(({ ruleId }) => ruleId);
    expect([...new Set(names)].sort()).toEqual(counted);
    expect(record?.labels).toEqual(labels);
    const shown = record?.hits[0]?.matched;
    if (matched !== undefined) expect(shown).toBe(matched.includes('REDACTED') ? undefined : matched.join(' '));
  });
});

describe('which of several groups refused', () => {
  const counting = group(core, { terminatingRule: { ruleId: 'GenericLFI_BODY', action: 'BLOCK' } });
  const blocking = group(sqli, { terminatingRule: { ruleId: 'SQLi_BODY', action: 'BLOCK' } });

  test('the one that the terminating rule names', () => {
    const refusal = { action: 'BLOCK', terminatingRuleType: 'MANAGED_RULE_GROUP', ruleGroupList: [counting, blocking] };
    const named = readOne(fullRecord({ ...refusal, terminatingRuleId: 'AWS-AWSManagedRulesCommonRuleSet' }));
    expect(named?.blockedBy).toEqual({ kind: 'managed-rule', ruleId: `${core}#GenericLFI_BODY` });
    const unnamed = readOne(fullRecord({ ...refusal, terminatingRuleId: 'databases' }));
    expect(unnamed?.blockedBy?.ruleId).toBe(`${sqli}#SQLi_BODY`);
  });

  test('a group of its own where the type says so, though a managed one ended before it', () => {
    const own = group('arn:aws:wafv2:eu-central-1:111122223333:regional/rulegroup/house/5f5f', {
      terminatingRule: { ruleId: 'no-exports', action: 'BLOCK' },
    });
    const record = readOne(
      fullRecord({
        action: 'BLOCK',
        terminatingRuleType: 'GROUP',
        terminatingRuleId: 'ours',
        ruleGroupList: [own, counting],
        nonTerminatingMatchingRules: [{ ruleId: 'core', action: 'COUNT' }],
      }),
    );
    expect(record?.blockedBy).toEqual({ kind: 'rule', ruleId: 'house#no-exports' });
    expect(record?.hits.map(({ ruleId, counted }) => [ruleId, counted])).toEqual([
      ['house#no-exports', undefined],
      [`${core}#GenericLFI_BODY`, true],
      ['core', true],
    ]);
  });

  test('none, where a rule of the web ACL refused after a group that only counts', () => {
    const record = readOne(fullRecord({ action: 'BLOCK', terminatingRuleId: 'no-bots', ruleGroupList: [counting] }));
    expect(record?.blockedBy).toEqual({ kind: 'rule', ruleId: 'no-bots' });
  });

  test('a group that counts would have refused, were it not for that', () => {
    const record = readOne(fullRecord({ ruleGroupList: [counting] }));
    expect(record?.action).toBe('would-block');
    expect(record?.blockedBy?.ruleId).toBe(`${core}#GenericLFI_BODY`);
    expect(record?.hits[0]?.counted).toBeUndefined();
  });

  test('a rule that counts has let the request pass', () => {
    const rule = { ruleId: 'SQLi_BODY', action: 'COUNT', overriddenAction: 'BLOCK', ruleMatchDetails: [] };
    const record = readOne(fullRecord({ ruleGroupList: [group(sqli, { nonTerminatingMatchingRules: [rule] })] }));
    expect(record?.action).toBe('passed');
    expect(record?.blockedBy).toBeUndefined();
    expect(record?.hits).toMatchObject([
      { ruleId: `${sqli}#SQLi_BODY`, counted: true, variable: { collection: 'Body' } },
    ]);
  });
});

describe('what a refusal is about', () => {
  const refused = (id: string, rule: string, action = 'BLOCK') =>
    readOne(
      fullRecord({
        action,
        terminatingRuleId: 'reference',
        terminatingRuleType: 'MANAGED_RULE_GROUP',
        ruleGroupList: [group(id, { terminatingRule: { ruleId: rule, action } })],
      }),
    )?.blockedBy;

  test.each([
    ['AWS#AWSManagedRulesAnonymousIpList', 'HostingProviderIPList', 'ip'],
    ['AWS#AWSManagedRulesBotControlRuleSet#Version_3.0', 'CategoryHttpLibrary', 'bot'],
    ['AWS#AWSManagedRulesATPRuleSet', 'VolumetricIpHigh', 'bot'],
    ['AWS#AWSManagedRulesAntiDDoSRuleSet', 'DDoSRequests', 'rate'],
  ])('%s refuses clients, whatever they send', (id, rule, kind) => {
    expect(refused(id, rule)).toMatchObject({ kind, ofClient: true });
  });

  test('the version of a group is no part of the name of its rules', () => {
    expect(refused(`${core}#Version_1.4`, 'GenericLFI_BODY')?.ruleId).toBe(`${core}#GenericLFI_BODY`);
  });

  test('CAPTCHA and challenge are told as what they are, those of bot control as meant for the client', () => {
    expect(refused(core, 'GenericLFI_BODY', 'CAPTCHA')).toEqual({
      kind: 'captcha',
      ruleId: `${core}#GenericLFI_BODY`,
      reason: 'the client was asked to solve a CAPTCHA',
    });
    const bot = refused('AWS#AWSManagedRulesBotControlRuleSet', 'TGT_VolumetricIpTokenAbsent', 'CHALLENGE');
    expect(bot).toMatchObject({ kind: 'challenge', ofClient: true });
  });

  test('a rate rule that only watched is no reason', () => {
    const watching = { rateBasedRuleName: 'limit', limitKey: 'IP', maxRateAllowed: 100 };
    const record = readOne(
      fullRecord({ action: 'BLOCK', terminatingRuleId: 'no-bots', rateBasedRuleList: [watching] }),
    );
    expect(record?.blockedBy).toEqual({ kind: 'rule', ruleId: 'no-bots' });
  });
});

describe('the request', () => {
  test('id in the header of whatever case, path with its query, time, request id', () => {
    expect(readOne(fullRecord())).toMatchObject({
      origin: 'log',
      at: '2026-11-23T05:53:08.332Z',
      correlationId: 'w7-abcd-0001',
      transactionId: '1-6a1b2c3d-0123456789abcdef01234567',
      request: { method: 'POST', path: '/cart?id=7', client: '192.0.2.44', userAgent: 'Wafproof' },
      waf: { kind: 'aws', ruleset: 'shop' },
    });
  });

  test('what is redacted is not taken for a value', () => {
    const httpRequest = {
      headers: [{ name: 'X-Wafproof-Id', value: 'REDACTED' }],
      uri: '/cart',
      args: 'REDACTED',
      httpMethod: 'REDACTED',
    };
    const record = readOne(fullRecord({ httpRequest }));
    expect(record).toMatchObject({ hidesId: true, request: { path: '/cart' } });
    expect(record?.correlationId).toBeUndefined();
    expect(record?.request?.method).toBeUndefined();
  });

  test('where a match was, from the log or from the name of the rule', () => {
    const detail = {
      conditionType: 'SQL_INJECTION',
      location: 'HEADER',
      matchedFieldName: 'x-note',
      matchedData: ['1'],
    };
    const places = (details: readonly unknown[]) =>
      readOne(fullRecord({ action: 'BLOCK', terminatingRuleId: 'own', terminatingRuleMatchDetails: details }))?.hits;
    expect(places([detail, { ...detail, location: 'SINGLE_QUERY_ARG', matchedFieldName: 'q' }])).toMatchObject([
      { variable: { collection: 'SingleHeader', key: 'x-note' }, message: 'SQL injection' },
      { variable: { collection: 'SingleQueryArgument', key: 'q' } },
    ]);
    expect(places([{ ...detail, location: 'UNKNOWN' }])).toMatchObject([
      { variable: { collection: 'Body' }, isUnplaced: true },
    ]);
    expect(places([])?.[0]?.variable).toBeUndefined();
  });
});
