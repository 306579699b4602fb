import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonValue } from '../../../../../src/model/request.js';
import { packageRoot } from '../../../../../src/util/package-root.js';
import { readTexts } from '../acl-text.js';

const planFile = readFileSync(join(packageRoot, 'test/fixtures/aws/terraform-plan.json'), 'utf8');

test('a plan that Terraform wrote is read, with its rules in order', async () => {
  const { acl, format } = await readTexts({ 'plan.json': planFile });
  expect(format).toBe('plan of Terraform');
  expect(acl).toMatchObject({ name: 'shop', scope: 'REGIONAL', defaultAction: { kind: 'allow' } });
  expect(acl.rules).toMatchObject([
    {
      name: 'crs',
      priority: 10,
      override: 'none',
      place: 'aws_wafv2_web_acl.shop.rule["crs"]',
      statement: {
        kind: 'managed-group',
        name: 'AWSManagedRulesCommonRuleSet',
        overrides: [{ rule: 'GenericLFI_BODY', action: { kind: 'count', insertHeaders: [] } }],
      },
    },
    {
      name: 'again',
      priority: 11,
      action: { kind: 'block' },
      statement: {
        kind: 'and',
        statements: [
          { kind: 'label', scope: 'LABEL', key: 'awswaf:managed:aws:core-rule-set:GenericLFI_Body' },
          {
            kind: 'not',
            statement: {
              kind: 'and',
              statements: [
                { search: Buffer.from('POST'), inspect: { field: { kind: 'method' }, transformations: ['NONE'] } },
                { search: Buffer.from('/v1/notes'), inspect: { field: { kind: 'uri-path' } } },
              ],
            },
          },
        ],
      },
    },
  ]);
  expect(acl.rules[0]?.statement).not.toHaveProperty('version');
});

test('a state that Terraform wrote is read too, and knows the ARN', async () => {
  const { planned_values: values } = JSON.parse(planFile);
  const resource = values.root_module.resources[0];
  const arn = 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/shop/0a1b';
  resource.values = { ...resource.values, arn, capacity: 705, id: '0a1b' };
  const { acl, format } = await readTexts({ 'state.json': { format_version: '1.0', values } });
  expect(format).toBe('state of Terraform');
  expect(acl).toMatchObject({
    arn,
    capacity: 705,
    account: '111122223333',
    labelNamespace: 'awswaf:111122223333:webacl:shop:',
  });
  expect(acl.rules).toHaveLength(2);
});

/** A resource of a plan and what the configuration says of it. */
function resource(type: string, name: string, values: object, expressions: object, module = '') {
  const address = `${type}.${name}`;
  return {
    planned: { address: `${module}${address}`, mode: 'managed', type, name, values },
    written: { address, type, name, expressions },
  };
}

function rule(name: string, priority: number, statement: object) {
  const visibility = [{ cloudwatch_metrics_enabled: true, metric_name: name, sampled_requests_enabled: true }];
  return {
    name,
    priority,
    action: [{ block: [{ custom_response: [] }] }],
    statement: [statement],
    visibility_config: visibility,
  };
}

function constants(values: Record<string, JsonValue>) {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { constant_value: value }]));
}

/** A plan of a module whose web ACL refers to sets, of which some are made by the same plan. */
function planWithSets() {
  const module = 'module.edge["eu"].';
  const made = resource('aws_wafv2_ip_set', 'office', { addresses: ['192.0.2.0/24'] }, {}, module);
  const counted = resource(
    'aws_wafv2_regex_pattern_set',
    'ids',
    { regular_expression: [{ regex_string: '^/a' }] },
    {},
    module,
  );
  counted.planned.address += '[0]';
  const set = (name: string) => ({
    ip_set_reference_statement: [{ ip_set_forwarded_ip_config: [], ...(name && { arn: name }) }],
  });
  const pattern = {
    regex_pattern_set_reference_statement: [
      { field_to_match: [{ uri_path: [{}] }], text_transformation: [{ priority: 0, type: 'NONE' }] },
    ],
  };
  const byArn = (...references: string[]) => ({ ip_set_reference_statement: [{ arn: { references } }] });
  const office = 'aws_wafv2_ip_set.office';
  const values = {
    name: 'edge',
    scope: 'CLOUDFRONT',
    default_action: [{ allow: [{ custom_request_handling: [] }], block: [] }],
    association_config: [
      { request_body: [{ api_gateway: [], cloudfront: [{ default_size_inspection_limit: 'KB_32' }] }] },
    ],
    custom_response_body: [{ key: 'no_way', content: 'no', content_type: 'TEXT_PLAIN' }],
    rule: [
      rule('patterns', 4, pattern),
      rule('known', 3, set('arn:aws:wafv2:us-east-1:111122223333:global/ipset/a/1')),
      rule('chosen', 2, set('')),
      rule('made', 1, { not_statement: [{ statement: [set('')] }] }),
      rule('from outside', 5, set('')),
    ],
  };
  const written = [
    {
      ...constants({ name: 'made', priority: 1 }),
      statement: [{ not_statement: [{ statement: [byArn(`${office}.arn`, office)] }] }],
    },
    {
      ...constants({ name: 'chosen', priority: 2 }),
      statement: [byArn(`${office}.arn`, office, 'aws_wafv2_ip_set.b.arn')],
    },
    { ...constants({ name: 'known', priority: 3 }), statement: [byArn('var.arn')] },
    {
      ...constants({ name: 'patterns', priority: 4 }),
      statement: [
        {
          regex_pattern_set_reference_statement: [
            {
              arn: {
                references: [
                  'aws_wafv2_regex_pattern_set.ids[0].arn',
                  'aws_wafv2_regex_pattern_set.ids[0]',
                  'aws_wafv2_regex_pattern_set.ids',
                ],
              },
            },
          ],
        },
      ],
    },
    { name: { references: ['var.n'] }, ...constants({ priority: 5 }), statement: [byArn('var.set_arn')] },
  ];
  const acl = resource('aws_wafv2_web_acl', 'this', values, { rule: written }, module);
  const all = [acl, made, counted];
  const child = { address: module.slice(0, -1), resources: all.map(({ planned }) => planned) };
  const call = { module: { resources: all.map((it) => it.written) } };
  return {
    format_version: '1.2',
    planned_values: { root_module: { child_modules: [child] } },
    configuration: { root_module: { module_calls: { edge: call } } },
  };
}

test('ARNs that a plan does not know yet are found through its configuration, or unknown', async () => {
  const { acl, resources } = await readTexts({ 'plan.json': planWithSets() as unknown as JsonValue });
  expect(acl).toMatchObject({ scope: 'CLOUDFRONT', bodyLimits: { cloudfront: 32_768 } });
  expect(acl.responseBodies).toEqual({ no_way: { type: 'TEXT_PLAIN', content: 'no' } });
  expect(acl.rules.map(({ name, statement }) => [name, statement])).toEqual([
    ['made', { kind: 'not', statement: { kind: 'ip-set', ref: 'module.edge["eu"].aws_wafv2_ip_set.office' } }],
    ['chosen', { kind: 'ip-set', ref: 'aws_wafv2_ip_set.office.arn' }],
    ['known', { kind: 'ip-set', ref: 'arn:aws:wafv2:us-east-1:111122223333:global/ipset/a/1' }],
    ['patterns', expect.objectContaining({ ref: 'module.edge["eu"].aws_wafv2_regex_pattern_set.ids[0]' })],
    ['from outside', { kind: 'ip-set', ref: 'var.set_arn' }],
  ]);
  expect([...resources.ipSets]).toEqual([['module.edge["eu"].aws_wafv2_ip_set.office', ['192.0.2.0/24']]]);
  expect([...resources.regexSets]).toEqual([['module.edge["eu"].aws_wafv2_regex_pattern_set.ids[0]', ['^/a']]]);
});

test('rules as JSON of the API are read, and rules that other resources add are not forgotten', async () => {
  const json = JSON.stringify([
    { Name: 'a', Priority: 1, Action: { Block: {} }, Statement: { GeoMatchStatement: { CountryCodes: ['DE'] } } },
  ]);
  const acl = resource(
    'aws_wafv2_web_acl',
    'this',
    { name: 'a', default_action: [{ block: [{}] }], rule: [], rule_json: json },
    {},
  );
  const added = resource('aws_wafv2_web_acl_rule', 'more', { name: 'b' }, {});
  const values = { root_module: { resources: [acl.planned, added.planned] } };
  const read = await readTexts({ 'state.json': { format_version: '1.0', values } as unknown as JsonValue });
  expect(read.acl.rules.map(({ name, statement }) => [name, statement.kind])).toEqual([
    ['aws_wafv2_web_acl_rule.more', 'unknown'],
    ['a', 'geo'],
  ]);
});

test('no plan makes the reader fail in another way', async () => {
  const text = JSON.stringify(planWithSets());
  await fc.assert(
    fc.asyncProperty(
      fc.nat(text.length - 1),
      fc.constantFrom('null', '[]', '{}', '1', '"x"', '[null]'),
      async (at, value) => {
        const broken = replaceValue(text, at, value);
        await readTexts({ a: broken }).catch((error) =>
          expect(error).toMatchObject({ code: expect.stringMatching(/^ACL_/) }),
        );
      },
    ),
    { numRuns: 300 },
  );
});

/** The JSON with another value in the place of the first text, list or mapping after an offset. */
function replaceValue(text: string, at: number, value: string): string {
  const match = /[:,[](?:\{\}|\[\]|"[^"]*"(?!:))/.exec(text.slice(at));
  if (match === null) return text;
  const start = at + match.index;
  return `${text.slice(0, start + 1)}${value}${text.slice(start + match[0].length)}`;
}
