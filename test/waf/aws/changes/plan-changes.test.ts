import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exclusion } from '../../../../src/model/exclusion.js';
import type { AclRule } from '../../../../src/waf/aws/acl/web-acl.js';
import { statementToApi } from '../../../../src/waf/aws/acl/write-api.js';
import { makeRoom } from '../../../../src/waf/aws/changes/make-room.js';
import { planChanges } from '../../../../src/waf/aws/changes/plan-changes.js';
import { aclWith, coreRules, lfiCounts, ruleWith, toRule } from '../acls.js';

const order = (rules: readonly AclRule[]) => rules.map(({ name, priority }) => `${priority} ${name}`);

describe('exclusions in force in a web ACL', () => {
  it('let one rule of a group count, and block by its label everywhere else', () => {
    const { acl, changes } = planChanges(aclWith([coreRules(10), ruleWith('geo', 20)]), [
      lfiCounts('POST', '/v1/notes'),
    ]);
    expect(order(acl.rules)).toEqual(['10 crs', '11 wafproof-crs-GenericLFI_BODY', '20 geo']);
    expect(acl.rules[0]?.statement).toMatchObject({
      overrides: [{ rule: 'GenericLFI_BODY', action: { kind: 'count' } }],
    });
    const added = acl.rules[1];
    expect(added?.action).toEqual({ kind: 'block' });
    expect(added && statementToApi(added.statement)).toEqual({
      AndStatement: {
        Statements: [
          { LabelMatchStatement: { Scope: 'LABEL', Key: 'awswaf:managed:aws:core-rule-set:GenericLFI_Body' } },
          {
            NotStatement: {
              Statement: { AndStatement: { Statements: [exactly('Method', 'POST'), exactly('UriPath', '/v1/notes')] } },
            },
          },
        ],
      },
    });
    expect(changes.map(({ kind }) => kind)).toEqual(['count', 'add']);
  });

  it('of several endpoints need one rule, with a condition for each and no deeper nesting', () => {
    const both = [lfiCounts('POST', '/b'), lfiCounts('PUT', '/a'), lfiCounts('POST', '/b')];
    const { acl } = planChanges(aclWith([coreRules(0)]), both);
    const added = acl.rules[1]?.statement;
    expect(added?.kind === 'and' && added.statements.map(({ kind }) => kind)).toEqual(['label', 'not', 'not']);
  });

  it('do not depend on the order in which they are given', () => {
    const acl = aclWith([coreRules(0)]);
    const scripts = {
      ...lfiCounts('POST', '/b'),
      id: 'scripts',
      groupRule: 'CrossSiteScripting_BODY',
      label: 'awswaf:x',
    };
    const some = [lfiCounts('POST', '/b'), lfiCounts('PUT', '/a'), scripts];
    expect(planChanges(acl, some).acl).toEqual(planChanges(acl, some.toReversed()).acl);
  });

  it('stand for every generated part of a path with a regular expression', () => {
    const { acl } = planChanges(aclWith([coreRules(0)]), [lfiCounts('POST', '/v1.0/notes/{number}')]);
    expect(JSON.stringify(statementToApi(acl.rules[1]?.statement ?? { kind: 'unknown', why: '' }))).toContain(
      '"RegexString":"^/v1\\\\.0/notes/[0-9]+$"',
    );
  });

  it('keep what the rule did before: a captcha stays one', () => {
    const overrides = [{ rule: 'GenericLFI_BODY', action: { kind: 'captcha', insertHeaders: [] } as const }];
    const { acl } = planChanges(aclWith([coreRules(0, { overrides })]), [lfiCounts('POST', '/a')]);
    expect(acl.rules[1]?.action).toEqual({ kind: 'captcha', insertHeaders: [] });
    expect(acl.rules[0]?.statement).toMatchObject({ overrides: [{ action: { kind: 'count' } }] });
  });

  it('narrow a scope-down statement that is there, and do not widen it', () => {
    const scopeDown = { kind: 'geo', countries: ['FR'] } as const;
    const { acl } = planChanges(aclWith([coreRules(0, { scopeDown })]), [toRule('scope-down', 'crs', '/a')]);
    expect(acl.rules[0]?.statement).toMatchObject({
      scopeDown: { kind: 'and', statements: [{ kind: 'geo' }, { kind: 'not' }] },
    });
  });

  it('narrow a rule of the ACL in the level of its own AND', () => {
    const both = { kind: 'and', statements: [geo('DE'), geo('FR')] } as const;
    const acl = aclWith([ruleWith('own', 0, { statement: both })]);
    const { acl: after, changes } = planChanges(acl, [toRule('narrow-rule', 'own', '/a')]);
    expect(after.rules[0]?.statement).toMatchObject({ statements: [geo('DE'), geo('FR'), { kind: 'not' }] });
    expect(changes).toMatchObject([
      { kind: 'statement', matching: { always: [both], conditions: [{ statement: { kind: 'not' } }] } },
    ]);
  });

  it('move later rules up only where there is no room between', () => {
    const acl = aclWith([coreRules(1), ruleWith('a', 2), ruleWith('b', 3), ruleWith('c', 9)]);
    const { acl: after, changes } = planChanges(acl, [lfiCounts('POST', '/a')]);
    expect(order(after.rules)).toEqual(['1 crs', '2 wafproof-crs-GenericLFI_BODY', '3 a', '4 b', '9 c']);
    expect(changes.filter(({ kind }) => kind === 'move').map(({ rule }) => rule.name)).toEqual(['a', 'b']);
  });

  it('move a rule for those new ones alone that push it', () => {
    const second = { ...lfiCounts('POST', '/b'), id: 'second', aclRule: 'b', label: 'awswaf:b' };
    const { acl, changes } = planChanges(
      aclWith([coreRules(1), ruleWith('a', 2), groupNamed('b', 9), ruleWith('c', 10)]),
      [lfiCounts('POST', '/a'), second],
    );
    expect(order(acl.rules)).toEqual([
      '1 crs',
      '2 wafproof-crs-GenericLFI_BODY',
      '3 a',
      '9 b',
      '10 wafproof-b-GenericLFI_BODY',
      '11 c',
    ]);
    expect(changes.flatMap(({ kind, rule, exclusions }) => (kind === 'move' ? [[rule.name, exclusions]] : []))).toEqual(
      [
        ['a', ['lfi POST /a']],
        ['c', ['second']],
      ],
    );
  });

  it('let a rule count for every request where one of them asks for that, and block nothing again', () => {
    const everywhere = { ...toRule('count-only', 'crs', '/'), scope: {}, groupRule: 'GenericLFI_BODY' } as Exclusion;
    const { acl, changes } = planChanges(aclWith([coreRules(1)]), [lfiCounts('POST', '/a'), everywhere]);
    expect(order(acl.rules)).toEqual(['1 crs']);
    expect(changes.map(({ kind }) => kind)).toEqual(['count']);
  });

  it('give rules that block again names of their own, however alike those of the groups are', () => {
    const [a, ab] = ['a', 'a-b'].map((name, place) => groupNamed(name, place));
    const exclusions = [
      { ...lfiCounts('POST', '/a'), aclRule: 'a', groupRule: 'b-c' },
      { ...lfiCounts('POST', '/a'), id: 'other', aclRule: 'a-b', groupRule: 'c' },
    ];
    const { acl } = planChanges(aclWith([a, ab].flatMap((rule) => rule ?? [])), exclusions);
    expect(order(acl.rules)).toEqual(['0 a', '1 wafproof-a-b-c', '2 a-b', '3 wafproof-a-b-c-2']);
  });

  it('change nothing for a rule that is not there', () => {
    const acl = aclWith([ruleWith('a', 0)]);
    expect(planChanges(acl, [lfiCounts('POST', '/a')])).toEqual({ acl, changes: [] });
  });

  it('give every rule a priority of its own, in the same order, and leave alone what need not move', () => {
    const priorities = fc.uniqueArray(fc.nat({ max: 40 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(priorities, fc.array(fc.nat({ max: 3 }), { maxLength: 12 }), (given, counts) => {
        const rules = given.toSorted((a, b) => a - b).map((priority, i) => ruleWith(`r${i}`, priority));
        const added = rules.map(({ name }, i) => ({
          after: name,
          rules: Array.from({ length: counts[i] ?? 0 }, (_, n) => ruleWith(`${name}+${n}`, 0)),
        }));
        const room = makeRoom(rules, added);
        expect(room.map(({ name }) => name)).toEqual(
          rules.flatMap(({ name }, i) => [name, ...(added[i]?.rules.map((one) => one.name) ?? [])]),
        );
        const numbers = room.map(({ priority }) => priority);
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        if (added.every((one) => one.rules.length === 0)) expect(room).toEqual(rules);
      }),
    );
  });
});

const groupNamed = (name: string, priority: number): AclRule => ({ ...coreRules(priority), name });

const geo = (country: string) => ({ kind: 'geo', countries: [country] }) as const;

function exactly(field: string, text: string) {
  return {
    ByteMatchStatement: {
      SearchString: Buffer.from(text).toString('base64'),
      FieldToMatch: { [field]: {} },
      TextTransformations: [{ Priority: 0, Type: 'NONE' }],
      PositionalConstraint: 'EXACTLY',
    },
  };
}
