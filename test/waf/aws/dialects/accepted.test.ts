import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { type ApiObject, ruleToApi } from '../../../../src/waf/aws/acl/write-api.js';
import { cloudFormationObject } from '../../../../src/waf/aws/dialects/cloudformation-shape.js';
import { ruleWith } from '../acls.js';
import { faultsByModel, wafServiceModel } from '../service-model.js';
import { findLinter, lint } from './cfn-lint.js';
import { merged, template, written } from './every-kind.js';

const model = wafServiceModel();
const linter = findLinter() ?? '';

describe.skipIf(model === undefined)('Exclusions in JSON of the API, held to the service model of botocore', () => {
  it('have its shapes', () => {
    if (model === undefined) return;
    const input = JSON.parse(written('aws-json', 'wafproof-update-web-acl.json'));
    // The place for the lock token is no token yet.
    const request = { ...input, LockToken: input.Id };
    expect([...faultsByModel(model, 'UpdateWebACLRequest', request)]).toEqual([]);
    expect(input.Rules).toHaveLength(5);
  });

  it('would be refused otherwise', () => {
    if (model === undefined) return;
    const rule = { ...ruleToApi(ruleWith('own', 1)), Statement: { GeoMatchStatement: { CountryCodes: ['Germany'] } } };
    expect([...faultsByModel(model, 'Rule', rule)]).toHaveLength(1);
  });
});

describe.skipIf(linter === '')('Exclusions for CloudFormation, checked by cfn-lint', () => {
  it('pass in a template with what was there before', () => {
    expect(lint(linter, template(mergedYaml(written('cloudformation', 'wafproof-rules.yaml'))))).toBe('');
  });

  it('would be refused with a misspelt key', () => {
    const rules = mergedYaml(
      written('cloudformation', 'wafproof-rules.yaml').replace('LabelMatchStatement', 'LabelStatement'),
    );
    expect(lint(linter, template(rules))).toContain('LabelStatement');
  });
});

function mergedYaml(text: string) {
  return merged(load(text) as readonly ApiObject[], cloudFormationObject);
}
