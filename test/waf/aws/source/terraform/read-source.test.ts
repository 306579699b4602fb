import { expect, test } from 'vitest';
import { readTexts } from '../acl-text.js';

const visibility = `visibility_config {
      cloudwatch_metrics_enabled = true
      sampled_requests_enabled   = true
      metric_name                = "m"
    }`;

function pathRule(name: string, priority: string, search: string): string {
  return `
  rule {
    name     = "${name}"
    priority = ${priority}
    action {
      block {}
    }
    statement {
      byte_match_statement {
        positional_constraint = "EXACTLY"
        search_string         = ${search}
        field_to_match {
          uri_path {}
        }
        text_transformation {
          priority = 0
          type     = "NONE"
        }
      }
    }
    ${visibility}
  }`;
}

const source = `
variable "prefix" {
  default = "/v1"
}
variable "secret" {}
locals {
  notes = "\${var.prefix}/notes"
  loop  = local.loop
}
resource "aws_wafv2_ip_set" "office" {
  addresses = ["192.0.2.0/24"]
}
resource "aws_wafv2_ip_set" "other" {
  addresses = var.secret
}
resource "aws_wafv2_web_acl" "main" {
  name  = "shop"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  ${pathRule('literal', '1', '"/a$${x}%%{y}"')}
  ${pathRule('local', '2', 'local.notes')}
  ${pathRule('secret', '3', `"\${var.secret}/x"`)}
  ${pathRule('loop', '4', 'local.loop')}
  ${pathRule('computed', 'var.secret', '"/b"')}
  rule {
    name     = "office"
    priority = 6
    action {
      allow {}
    }
    statement {
      ip_set_reference_statement {
        arn = aws_wafv2_ip_set.office.arn
      }
    }
    ${visibility}
  }
  ${visibility}
}
`;

test('Terraform source is read where it is literal', async () => {
  const { acl, resources, format } = await readTexts({ 'waf.tf': source });
  expect(format).toBe('Terraform source, with the defaults of its variables');
  expect(acl.rules.map(({ name, priority, statement }) => [name, priority, statement.kind])).toEqual([
    ['computed', -1, 'unknown'],
    ['literal', 1, 'byte-match'],
    ['local', 2, 'byte-match'],
    ['secret', 3, 'unknown'],
    ['loop', 4, 'unknown'],
    ['office', 6, 'ip-set'],
  ]);
  expect(acl.rules[1]?.statement).toMatchObject({ search: Buffer.from(`/a\${x}%{y}`) });
  expect(acl.rules[2]?.statement).toMatchObject({ search: Buffer.from('/v1/notes') });
  expect(acl.rules[3]?.statement).toEqual({ kind: 'unknown', why: `"\${var.secret}/x" is known at deployment only` });
  expect(acl.rules[5]).toMatchObject({
    statement: { ref: 'aws_wafv2_ip_set.office' },
    place: 'aws_wafv2_web_acl.main.rule["office"]',
  });
  expect([...resources.ipSets]).toEqual([['aws_wafv2_ip_set.office', ['192.0.2.0/24']]]);
});

test('variables, locals and sets may stand in other files of the module', async () => {
  const main = source.replace(/variable[\s\S]*?(?=resource "aws_wafv2_web_acl")/, '');
  const rest = source.replace(/resource "aws_wafv2_web_acl"[\s\S]*/, '');
  const { acl, resources } = await readTexts({ 'main.tf': main, 'rest.tf': rest });
  expect(acl.rules[2]?.statement).toMatchObject({ search: Buffer.from('/v1/notes') });
  expect([...resources.ipSets.keys()]).toEqual(['aws_wafv2_ip_set.office']);
});

test('what is made by "dynamic" is unknown, and the rest is not', async () => {
  const dynamic = (name: string) => `dynamic "${name}" {\n for_each = var.more\n content {\n name = 1\n }\n }\n`;
  const text = source.replace('  rule {', `${dynamic('rule')}  rule {\n${dynamic('rule_label')}`);
  const { acl } = await readTexts({ 'waf.tf': text });
  expect(acl.rules.find(({ name }) => name === 'dynamic rule')).toMatchObject({
    statement: { kind: 'unknown' },
    action: { kind: 'unknown' },
  });
  expect(acl.rules).toHaveLength(7);
  expect(acl.rules.find(({ name }) => name === 'literal')).toMatchObject({ labels: [], hasUnknownLabels: true });
});

test('the JSON syntax of Terraform is read the same way', async () => {
  const rule = {
    name: 'a',
    priority: 1,
    action: { block: {} },
    statement: { geo_match_statement: { country_codes: ['DE'] } },
  };
  const json = {
    resource: { aws_wafv2_web_acl: { main: { name: 'shop', default_action: { block: {} }, rule: [rule] } } },
  };
  const { acl } = await readTexts({ 'cdk.tf.json': json });
  expect(acl).toMatchObject({
    name: 'shop',
    defaultAction: { kind: 'block' },
    rules: [{ statement: { countries: ['DE'] } }],
  });
});

test('what the grammar of Terraform does not take is told with its reason', async () => {
  await expect(readTexts({ 'waf.tf': 'resource "a" {{{' })).rejects.toThrow(
    /ACL_INVALID waf\.tf holds no web ACL: it is not Terraform source \(.*Argument or block definition required/,
  );
});

test('locals that grow without end do not', async () => {
  const names = Array.from(
    { length: 60 },
    (_, index) => `l${index} = "\${local.l${index + 1}}\${local.l${index + 1}}"`,
  );
  const locals = `locals {\n${names.join('\n')}\nl60 = "0123456789"\n}\n`;
  const { acl } = await readTexts({ 'waf.tf': locals + source.replace('local.notes', 'local.l0') });
  expect(acl.rules.find(({ name }) => name === 'local')?.statement.kind).toBe('unknown');
});
