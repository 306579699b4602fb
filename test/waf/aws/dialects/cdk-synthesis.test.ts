import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { ApiDraftObject } from '../../../../src/waf/aws/dialects/api-draft.js';
import { cdkObject, cloudFormationObject } from '../../../../src/waf/aws/dialects/cloudformation-shape.js';
import { nodePackages } from '../../../node/packages.js';
import { findLinter, lint } from './cfn-lint.js';
import { merged, template, written } from './every-kind.js';

const packages = nodePackages(['aws-cdk-lib@2.276.0', 'constructs@10.8.1']);
const linter = findLinter() ?? '';

/** A stack with a web ACL of such rules, as the CDK makes a template of it. */
const program = `
import { App, Stack, aws_wafv2 as waf } from 'aws-cdk-lib';
let text = '';
for await (const chunk of process.stdin) text += chunk;
const stack = new Stack(new App(), 'Staging');
const visibilityConfig = { sampledRequestsEnabled: true, cloudWatchMetricsEnabled: true, metricName: 'staging' };
new waf.CfnWebACL(stack, 'Acl', { scope: 'REGIONAL', defaultAction: { allow: {} }, visibilityConfig, rules: JSON.parse(text) });
const { Resources } = JSON.parse(JSON.stringify(stack.resolve(stack._toCloudFormation())));
process.stdout.write(JSON.stringify(Object.values(Resources)[0].Properties.Rules));
`;

describe('Exclusions for the CDK, synthesised by it', () => {
  const rules = synthesised(merged(rulesIn(written('cdk', 'wafproof-rules.ts')), inCdk));

  it('come to the rules that CloudFormation is given', () => {
    const inYaml = load(written('cloudformation', 'wafproof-rules.yaml')) as readonly ApiDraftObject[];
    expect(rules).toEqual(merged(inYaml, cloudFormationObject));
  });

  it.skipIf(linter === '')('pass cfn-lint', () => {
    expect(lint(linter, template(rules))).toBe('');
  });

  it('would be refused with a misspelt key', () => {
    expect(() => synthesised([{ name: 'a', priority: 1, statment: {}, visibilityConfig: {} }])).toThrow('statement');
  });
});

function inCdk(rule: ApiDraftObject): ApiDraftObject {
  return cdkObject(cloudFormationObject(rule));
}

/** What the file exports: it has no types, so that any JavaScript engine reads it. */
function rulesIn(file: string): readonly ApiDraftObject[] {
  const script = `const source = ${JSON.stringify(file)}; const url = 'data:text/javascript,' + encodeURIComponent(source);
    process.stdout.write(JSON.stringify((await import(url)).wafproofRules));`;
  return JSON.parse(node(['--input-type=module', '--eval', script], ''));
}

function synthesised(rules: readonly unknown[]) {
  const folder = mkdtempSync(join(packages, 'stack-'));
  try {
    const file = join(folder, 'stack.mjs');
    writeFileSync(file, program);
    return JSON.parse(node([pathToFileURL(file).pathname], JSON.stringify(rules)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function node(args: readonly string[], input: string): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
