import { describe, expect, it } from 'vitest';
import { linkFindings, reasonsOf } from '../../src/exclude/link-findings.js';
import type { ExclusionScope } from '../../src/model/exclusion.js';
import type { Finding } from '../../src/model/report.js';
import { result } from '../report/sample-report.js';
import { endpoint, variable, withoutRules, withoutVariable } from './exclusions.js';

function finding(id: string, more: Partial<Finding> = {}): Finding {
  return { id, ruleId: 7, message: '', variable: variable('ARGS:x'), ...endpoint, cases: [], ...more };
}

const findings = [
  finding('here'),
  finding('another method', { method: 'PUT' }),
  finding('another path', { path: '/b' }),
  finding('another variable', { variable: variable('ARGS:y') }),
  finding('another rule', { ruleId: 8 }),
];

function clearedIn(scope: ExclusionScope): readonly string[] {
  return linkFindings([withoutVariable('ARGS:x', [7], { scope })], findings).flatMap((one) => one.findings);
}

describe('the findings that an exclusion clears', () => {
  it.each<[string, ExclusionScope, readonly string[]]>([
    ['at an endpoint', endpoint, ['here']],
    ['at a path', { path: '/a' }, ['here', 'another method']],
    ['at a method', { method: 'POST' }, ['here', 'another path']],
    ['everywhere', {}, ['here', 'another method', 'another path']],
    ['elsewhere', { method: 'POST', path: '/c' }, []],
  ])('are those of its rule and variable %s', (_where, scope, expected) => {
    expect(clearedIn(scope)).toEqual(expected);
  });

  it('are those of its rules, whatever the variable, where they are removed', () => {
    const [exclusion] = linkFindings([withoutRules([7, 8])], findings);
    expect(exclusion).toEqual(withoutRules([7, 8], { findings: ['here', 'another variable', 'another rule'] }));
  });

  it('are at paths that its template stands for, or that are the template', () => {
    const scope = { method: 'POST', path: '/tickets/{number}' };
    const paths = ['/tickets/1', '/tickets/{number}', '/tickets/1/notes'];
    const [exclusion] = linkFindings(
      [withoutVariable('ARGS:x', [7], { scope })],
      paths.map((path) => finding(path, { path })),
    );
    expect(exclusion?.findings).toEqual(['/tickets/1', '/tickets/{number}']);
  });

  it('are not those that it cleared in an earlier report', () => {
    const [exclusion] = linkFindings([{ ...withoutRules([9]), findings: ['old'] }], findings);
    expect(exclusion?.findings).toEqual([]);
  });
});

describe('why the cases of a finding are made', () => {
  const results = [
    result({ id: 'both', because: 'customers do it', title: 'A title' }),
    result({ id: 'titled', title: 'A title' }),
    result({ id: 'plain' }),
  ];

  it('is what their authors say of them, by finding', () => {
    const some = [finding('f', { cases: ['titled', 'both'] }), finding('g', { cases: ['plain', 'gone'] })];
    expect([...reasonsOf({ findings: some, results })]).toEqual([
      ['f', ['titled (A title)', 'both (customers do it)']],
      ['g', ['plain', 'gone']],
    ]);
  });
});
