import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { transpileModule } from 'typescript';
import { describe, expect, it } from 'vitest';
import type { Exclusion } from '../../../../src/model/exclusion.js';
import { configurationMark } from '../../../../src/model/report.js';
import type { JsonValue } from '../../../../src/model/request.js';
import type { AclSource } from '../../../../src/waf/aws/acl/web-acl.js';
import { ruleToApi } from '../../../../src/waf/aws/acl/write-api.js';
import { planChanges } from '../../../../src/waf/aws/changes/plan-changes.js';
import { awsDialectNames, awsDialectOf } from '../../../../src/waf/aws/dialects/aws-dialects.js';
import { type PatchOperation, patched } from '../../../../src/waf/aws/dialects/json-patch.js';
import { aclWith, coreRules, lfiCounts, ruleWith, sourceOf, toRule } from '../acls.js';

const notes = { reasons: new Map([['f', ['notes/traversal (a path in a note)']]]), engine: 'the evaluator' };
const endpoint = [{ ...lfiCounts('POST', '/v1/notes'), findings: ['f'] }];

function written(name: string, exclusions: readonly Exclusion[], source: AclSource) {
  const dialect = awsDialectOf(name, source);
  return dialect?.write(exclusions, notes).files ?? [];
}

function fileOf(name: string, exclusions: readonly Exclusion[], source = plain()): string {
  return written(name, exclusions, source)[0]?.content ?? '';
}

const plain = () => sourceOf(aclWith([coreRules(10), ruleWith('own', 11)]));

/** The document that the API would answer with for an ACL. */
function rawOf(source: AclSource): { readonly [key: string]: JsonValue } {
  const { name, id = '', rules } = source.acl;
  return { Name: name, Id: id, DefaultAction: { Allow: {} }, Rules: rules.map(ruleToApi), ARN: 'arn', Capacity: 700 };
}

describe('Terraform', () => {
  it('gets blocks with what is new, in what it belongs into', async () => {
    const text = fileOf('terraform', endpoint);
    expect(text).toContain('# Rule crs: GenericLFI_BODY only counts.');
    expect(text).toContain('#     for notes/traversal (a path in a note)');
    expect(text).toContain('# It takes 5 capacity units (WCU) more, by our count: 706 of 5000.');
    const { rule } = await parse('rules.tf', text);
    expect(rule).toHaveLength(3);
    expect(rule[0]).toEqual({
      name: 'crs',
      statement: [
        {
          managed_rule_group_statement: [
            { rule_action_override: [{ name: 'GenericLFI_BODY', action_to_use: [{ count: [{}] }] }] },
          ],
        },
      ],
    });
    expect(rule[1]).toMatchObject({
      priority: 11,
      action: [{ block: [{}] }],
      statement: [
        {
          and_statement: [
            {
              statement: [
                {
                  label_match_statement: [{ scope: 'LABEL', key: 'awswaf:managed:aws:core-rule-set:GenericLFI_Body' }],
                },
                { not_statement: [{ statement: [{ and_statement: [{ statement: [{}, {}] }] }] }] },
              ],
            },
          ],
        },
      ],
      visibility_config: [
        {
          sampled_requests_enabled: true,
          cloudwatch_metrics_enabled: true,
          metric_name: 'wafproof-crs-GenericLFI_BODY',
        },
      ],
    });
    expect(rule[2]).toEqual({ name: 'own', priority: 12 });
  });

  it('refuses what needs more levels than the provider has', () => {
    const statement = { kind: 'not', statement: { kind: 'or', statements: [deep(), deep()] } } as const;
    const source = sourceOf(aclWith([ruleWith('own', 1, { statement })]));
    const narrowed = toRule('narrow-rule', 'own', '/a');
    expect(awsDialectOf('terraform', source)?.obstacle(narrowed)).toMatch('it takes 4 logical statements');
    expect(awsDialectOf('aws-json', source)?.obstacle(narrowed)).toBeUndefined();
  });

  it('refuses a text that it would read in another Unicode form', () => {
    expect(awsDialectOf('terraform', plain())?.obstacle(lfiCounts('POST', '/e\u0301'))).toMatch('Terraform reads');
  });

  it('reads every path back as it was, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 40 }), async (tail) => {
        const path = `/${tail}`.normalize('NFC');
        const { rule } = await parse('rules.tf', fileOf('terraform', [lfiCounts('POST', path)]));
        expect(JSON.stringify(rule[1])).toContain(JSON.stringify(hclReads(path)).slice(1, -1));
      }),
      { numRuns: 50 },
    );
  });
});

/** The parser writes templates as it finds them. */
const hclReads = (text: string) => text.replace(/([$%])\{/g, '$1$1{');
const deep = () => ({ kind: 'and', statements: [{ kind: 'geo', countries: ['DE'] } as const] }) as const;

describe('CloudFormation', () => {
  it('gets items of Rules, with what is searched for as text', () => {
    const rules = load(fileOf('cloudformation', endpoint));
    expect(rules).toMatchObject([
      {
        Name: 'crs',
        Statement: {
          ManagedRuleGroupStatement: {
            RuleActionOverrides: [{ Name: 'GenericLFI_BODY', ActionToUse: { Count: {} } }],
          },
        },
      },
      { Name: 'wafproof-crs-GenericLFI_BODY', Priority: 11, Action: { Block: {} } },
      { Name: 'own', Priority: 12 },
    ]);
    expect(JSON.stringify(rules)).toContain('"SearchString":"/v1/notes"');
  });

  it('gets bytes that are no plain text in base64', () => {
    expect(fileOf('cloudformation', [lfiCounts('POST', '/ä')])).toMatch(/SearchStringBase64: "?L8Ok/);
  });

  it('reads every path back as it was', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (tail) => {
        const [, added] = load(fileOf('cloudformation', [lfiCounts('POST', `/${tail}`)])) as readonly Added[];
        const [, outside] = added?.Statement.AndStatement.Statements ?? [];
        const [, path] = outside?.NotStatement.Statement.AndStatement.Statements ?? [];
        const { SearchString, SearchStringBase64 } = path?.ByteMatchStatement ?? {};
        expect(SearchString ?? Buffer.from(SearchStringBase64 ?? '', 'base64').toString()).toBe(`/${tail}`);
      }),
    );
  });
});

interface Added {
  readonly Statement: {
    readonly AndStatement: {
      readonly Statements: readonly {
        readonly NotStatement: {
          readonly Statement: { readonly AndStatement: { readonly Statements: readonly Searched[] } };
        };
      }[];
    };
  };
}

interface Searched {
  readonly ByteMatchStatement: { readonly SearchString?: string; readonly SearchStringBase64?: string };
}

describe('The CDK', () => {
  it('gets TypeScript that compiles, with the names of its properties', () => {
    const text = fileOf('cdk', endpoint);
    const { outputText, diagnostics } = transpileModule(text, { reportDiagnostics: true });
    expect(diagnostics).toEqual([]);
    expect(outputText).toContain('wafproofRules');
    expect(text).toContain('managedRuleGroupStatement: {');
    expect(text).toContain('searchString: "/v1/notes"');
  });

  it('is given nothing that ends a comment or a text', () => {
    const evil = [{ ...lfiCounts('POST', '/"*/`$\u007bx}\u2028'), findings: ['g'] }];
    const told = { ...notes, reasons: new Map([['g', ['*/ alert(1) \u2028 // \r\n }']]]) };
    const [file] = awsDialectOf('cdk', plain())?.write(evil, told).files ?? [];
    expect(transpileModule(file?.content ?? '', { reportDiagnostics: true }).diagnostics).toEqual([]);
  });
});

/** Whatever else is in the document. */
const rest = ({ acl }: AclSource) => Array.from({ length: acl.rules.length + 1 }, () => ({}));

describe('JSON of the API', () => {
  it('is a patch that the document takes, and leaves no other rule as it was not', () => {
    const source = plain();
    const operations = JSON.parse(fileOf('aws-json', endpoint, source)) as readonly PatchOperation[];
    const after = patched(rawOf(source), operations);
    expect(after).toMatchObject({
      Rules: [
        { Name: 'crs', Priority: 10, Statement: { ManagedRuleGroupStatement: { RuleActionOverrides: [{}] } } },
        { Name: 'own', Priority: 12 },
        { Name: 'wafproof-crs-GenericLFI_BODY', Priority: 11 },
      ],
    });
  });

  it('keeps the overrides that are there, and adds as many as are needed', () => {
    const overrides = [{ rule: 'NoUserAgent_HEADER', action: { kind: 'count', insertHeaders: [] } as const }];
    for (const source of [plain(), sourceOf(aclWith([coreRules(10, { overrides })]))]) {
      const xss = { ...lfiCounts('POST', '/b'), id: 'xss', groupRule: 'CrossSiteScripting_BODY', label: 'awswaf:x' };
      const both = [...endpoint, xss, lfiCounts('POST', '/c')];
      const operations = JSON.parse(fileOf('aws-json', both, source)) as readonly PatchOperation[];
      const after = patched(rawOf(source), operations);
      const changed = planChanges(source.acl, both).acl.rules.find(({ name }) => name === 'crs');
      expect(after).toMatchObject({
        Rules: [changed && { Statement: ruleToApi(changed)['Statement'] }, ...rest(source)],
      });
    }
  });

  it('does not fit a document with other rules', () => {
    const operations = JSON.parse(fileOf('aws-json', endpoint)) as readonly PatchOperation[];
    const other = sourceOf(aclWith([ruleWith('own', 11), coreRules(10)]));
    expect(patched(rawOf(other), operations)).toBeUndefined();
  });

  it('is the input of an update only where the ACL is there as the API gave it', () => {
    const source = plain();
    const raw = rawOf(source);
    const names = (one: AclSource) => written('aws-json', endpoint, one).map(({ name }) => name);
    expect(names(source)).not.toContain('wafproof-update-web-acl.json');
    const whole = { ...source, acl: { ...source.acl, raw } };
    const input = JSON.parse(written('aws-json', endpoint, whole)[1]?.content ?? '');
    expect(Object.keys(input).sort()).toEqual(['DefaultAction', 'Id', 'LockToken', 'Name', 'Rules', 'Scope']);
    const strange = { ...source, acl: { ...source.acl, raw: { ...raw, NewSetting: {} } } };
    expect(names(strange)).not.toContain('wafproof-update-web-acl.json');
    expect(written('aws-json', endpoint, strange).at(-1)?.content).toContain('NewSetting');
  });
});

describe.each(awsDialectNames)('%s', (name) => {
  it('says in its files whose they are, with exclusions and without', () => {
    for (const exclusions of [[], endpoint]) {
      for (const { name: file, content } of written(name, exclusions, plain())) {
        if (!file.endsWith('update-web-acl.json')) expect(content, file).toContain(configurationMark);
      }
    }
  });

  it('refuses a statement that is not known, and a path that is too long to be compared', () => {
    const unknown = ruleWith('own', 1, { statement: { kind: 'unknown', why: 'FutureStatement is not known' } });
    const dialect = awsDialectOf(name, sourceOf(aclWith([unknown, coreRules(2)])));
    expect(dialect?.obstacle(toRule('narrow-rule', 'own', '/a'))).toMatch('FutureStatement is not known');
    expect(dialect?.obstacle(lfiCounts('POST', `/${'a'.repeat(200)}`))).toMatch('200 bytes');
    expect(dialect?.obstacle(toRule('narrow-rule', 'gone', '/a'))).toMatch('no such rule');
    const unplaced = awsDialectOf(name, sourceOf(aclWith([coreRules(-1)])));
    expect(unplaced?.obstacle(lfiCounts('POST', '/a'))).toMatch('known at deployment only');
    expect(dialect?.obstacle(lfiCounts('POST', '/a'))).toBeUndefined();
  });
});
