import { describe, expect, test } from 'vitest';
import { readTexts } from './acl-text.js';

const yaml = `
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Limit: { Type: Number, Default: 100 }
Mappings:
  Paths: { staging: { upload: /v1/uploads/ } }
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties: { Handler: !Sub '\${AWS::StackName}' }
  Office:
    Type: AWS::WAFv2::IPSet
    Properties: { Scope: REGIONAL, IPAddressVersion: IPV4, Addresses: [192.0.2.0/24] }
  Others:
    Type: AWS::WAFv2::IPSet
    Properties: { Addresses: [!Ref Address] }
  Numbers:
    Type: AWS::WAFv2::RegexPatternSet
    Properties: { RegularExpressionList: ['^/[0-9]+$'] }
  Group:
    Type: AWS::WAFv2::RuleGroup
    Properties:
      Name: own
      Capacity: 50
      Rules:
        - Name: inner
          Priority: 0
          Action: { Count: {} }
          Statement: { GeoMatchStatement: { CountryCodes: [DE] } }
  Web:
    Type: AWS::WAFv2::WebACL
    Properties:
      Name: shop
      Scope: CLOUDFRONT
      DefaultAction: { Allow: {} }
      VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: shop }
      CustomResponseBodies: { own_key: { ContentType: TEXT_PLAIN, Content: no } }
      AssociationConfig: { RequestBody: { CLOUDFRONT: { DefaultSizeInspectionLimit: KB_64 } } }
      Rules:
        - Name: office
          Priority: 3
          Action: { Allow: {} }
          Statement: { IPSetReferenceStatement: { Arn: !GetAtt Office.Arn } }
        - Name: elsewhere
          Priority: 4
          Action: { Block: {} }
          Statement: { IPSetReferenceStatement: { Arn: !ImportValue shared-set } }
        - Name: rate
          Priority: 2
          Action: !If [Strict, { Block: {} }, { Count: {} }]
          Statement: { RateBasedStatement: { AggregateKeyType: IP, Limit: !Ref Limit } }
        - Name: path
          Priority: 1
          Action: { Block: {} }
          Statement:
            ByteMatchStatement:
              FieldToMatch: { SingleHeader: { name: x-path } }
              PositionalConstraint: STARTS_WITH
              SearchString: !FindInMap [Paths, staging, upload]
              TextTransformations: [{ Priority: 0, Type: NONE }]
        - Name: bytes
          Priority: 5
          Action: { Block: {} }
          Statement:
            ByteMatchStatement:
              FieldToMatch: { UriPath: {} }
              PositionalConstraint: EXACTLY
              SearchStringBase64: { Fn::Base64: !Join ['/', ['', v1, '\${x}']] }
              TextTransformations: [{ Priority: 0, Type: NONE }]
        - !If [Strict, { Name: more }, !Ref AWS::NoValue]
        - !Ref AWS::NoValue
`;

test('a template in YAML is read, and what only the deployment knows stays unknown', async () => {
  const { acl, format } = await readTexts({ 'waf.yaml': yaml });
  expect(format).toBe('CloudFormation template');
  expect(acl).toMatchObject({ name: 'shop', scope: 'CLOUDFRONT', bodyLimits: { cloudfront: 65_536 } });
  expect(acl.responseBodies).toEqual({ own_key: { type: 'TEXT_PLAIN', content: 'no' } });
  expect(acl.rules.map(({ name, statement, action, place }) => [name, statement.kind, action?.kind, place])).toEqual([
    ['Fn::If', 'unknown', 'unknown', '/Resources/Web/Properties/Rules/5'],
    ['path', 'byte-match', 'block', '/Resources/Web/Properties/Rules/3'],
    ['rate', 'rate', 'unknown', '/Resources/Web/Properties/Rules/2'],
    ['office', 'ip-set', 'allow', '/Resources/Web/Properties/Rules/0'],
    ['elsewhere', 'ip-set', 'block', '/Resources/Web/Properties/Rules/1'],
    ['bytes', 'byte-match', 'block', '/Resources/Web/Properties/Rules/4'],
  ]);
  const [, path, rate, office, elsewhere, bytes] = acl.rules.map(({ statement }) => statement);
  expect(path).toMatchObject({ search: Buffer.from('/v1/uploads/'), inspect: { field: { name: 'x-path' } } });
  expect(bytes).toMatchObject({ search: Buffer.from(`/v1/\${x}`) });
  expect(rate).not.toHaveProperty('limit');
  expect([office, elsewhere]).toMatchObject([{ ref: 'Office' }, { ref: 'Fn::ImportValue' }]);
});

test('what statements refer to in the same template is known where it is told in full', async () => {
  const { resources } = await readTexts({ 'waf.yaml': yaml });
  expect([...resources.ipSets]).toEqual([['Office', ['192.0.2.0/24']]]);
  expect([...resources.regexSets]).toEqual([['Numbers', ['^/[0-9]+$']]]);
  expect(resources.ruleGroups.get('Group')).toMatchObject({ name: 'own', capacity: 50, rules: [{ name: 'inner' }] });
});

test('search strings are plain, even where they could be base64', async () => {
  const template = yaml.replace('!FindInMap [Paths, staging, upload]', 'UE9TVA==');
  const { acl } = await readTexts({ 'waf.yaml': template });
  expect(acl.rules[1]?.statement).toMatchObject({ search: Buffer.from('UE9TVA==') });
});

describe('a template with several web ACLs', () => {
  const one = { Type: 'AWS::WAFv2::WebACL', Properties: { DefaultAction: { Allow: {} }, Scope: 'REGIONAL' } };
  const files = { 'cdk.out/app.template.json': { Resources: { Edge: one, Inner: one } } };

  test('is refused with their names', async () => {
    await expect(readTexts(files)).rejects.toThrow(
      'ACL_SEVERAL cdk.out/app.template.json there is more than one web ACL (Edge, Inner); name one of them, as in cdk.out/app.template.json#Edge',
    );
  });

  test('is read where one is named', async () => {
    const { acl, file } = await readTexts(files, ['cdk.out/app.template.json#Inner']);
    expect([acl.name, file]).toEqual(['Inner', 'cdk.out/app.template.json']);
  });

  test('and no other can be', async () => {
    await expect(readTexts(files, ['cdk.out/app.template.json#Iner'])).rejects.toThrow(
      'ACL_NOT_FOUND cdk.out/app.template.json there is no web ACL "Iner" in it; there is Edge, Inner',
    );
  });
});

test('rules as programs of the CDK write them are read', async () => {
  const rule = {
    name: 'lfi',
    priority: 1,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: 'AWSManagedRulesCommonRuleSet',
        ruleActionOverrides: [{ name: 'GenericLFI_BODY', actionToUse: { count: {} } }],
        scopeDownStatement: {
          andStatement: {
            statements: [
              {
                ipSetReferenceStatement: {
                  arn: 'arn:x',
                  ipSetForwardedIpConfig: { headerName: 'a', fallbackBehavior: 'MATCH', position: 'ANY' },
                },
              },
              {
                byteMatchStatement: {
                  searchString: 'POST',
                  fieldToMatch: { ja3Fingerprint: { fallbackBehavior: 'MATCH' } },
                  positionalConstraint: 'EXACTLY',
                  textTransformations: [{ priority: 0, type: 'NONE' }],
                },
              },
            ],
          },
        },
      },
    },
    visibilityConfig: { sampledRequestsEnabled: true, cloudWatchMetricsEnabled: false, metricName: 'lfi' },
  };
  const read = [
    await readTexts({ 'rule.json': rule }),
    await readTexts({ 'rules.json': [rule] }),
    await readTexts({ 'acl.json': { name: 'shop', scope: 'REGIONAL', defaultAction: { block: {} }, rules: [rule] } }),
  ];
  for (const { acl } of read) {
    expect(acl.rules[0]).toMatchObject({
      override: 'none',
      visibility: { sampled: true, measured: false },
      statement: {
        kind: 'managed-group',
        overrides: [{ rule: 'GenericLFI_BODY', action: { kind: 'count' } }],
        scopeDown: {
          statements: [
            { kind: 'ip-set', ref: 'arn:x', forwarded: { position: 'ANY' } },
            { search: Buffer.from('POST'), inspect: { field: { kind: 'ja3' } } },
          ],
        },
      },
    });
  }
  expect(read.map(({ acl }) => [acl.name, acl.defaultAction.kind])).toEqual([
    ['', 'allow'],
    ['', 'allow'],
    ['shop', 'block'],
  ]);
});

test('what the back end of the console sends is refused by name', async () => {
  const rule = { name: 'crs', priority: 1, statement: { managed_rule_set_statement: { name: 'x' } } };
  for (const json of [rule, [rule], { rules: [rule] }]) {
    await expect(readTexts({ 'export.json': json })).rejects.toThrow(
      'ACL_INVALID export.json holds no web ACL: it is an export of the console ("managed_rule_set_statement")',
    );
  }
});

test.each([
  ['neither JSON nor YAML', '"a', 'ACL_INVALID a.txt:1:3 holds no web ACL: it is neither JSON nor YAML'],
  ['YAML of another kind', 'a: 1', 'ACL_INVALID a.txt holds no web ACL: nothing in it is known here'],
  ['a template without a web ACL', 'Resources: { A: { Type: AWS::S3::Bucket } }', 'ACL_MISSING a.txt'],
])('%s is told', async (_, text, message) => {
  await expect(readTexts({ 'a.txt': text })).rejects.toThrow(message);
});

test('a template that is nested without end, or refers to itself, ends', async () => {
  let deep: object = {};
  for (let depth = 0; depth < 500; depth++) deep = { 'Fn::Join': ['', [deep]] };
  const properties = { DefaultAction: { Allow: {} }, Rules: [{ Name: 'a', Priority: 1, Statement: deep }] };
  const template = { Resources: { Web: { Type: 'AWS::WAFv2::WebACL', Properties: properties } } };
  const { acl } = await readTexts({ 'a.json': JSON.parse(JSON.stringify(template)) });
  expect(acl.rules[0]?.statement.kind).toBe('unknown');
});
