import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { apiAnswer, apiRule, pathIs } from '../waf/aws/source/acl-text.js';
import { wafproof } from './command-line.js';

const suite = `suite: S
cases:
  - { id: one, path: /notes }
  - { id: two, path: /blocked }`;

function checked(words: readonly string[]) {
  return wafproof(['check', 's.yaml', '--out', './out', ...words], { files: { 's.yaml': suite } });
}

async function aclFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wafproof-check-acl-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const group = { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } };
  const rules = [
    apiRule(pathIs(Buffer.from('/blocked').toString('base64')), { Name: 'blocked' }),
    { Name: 'common', Priority: 2, Statement: group, OverrideAction: { None: {} }, VisibilityConfig: {} },
  ];
  const file = join(folder, 'acl.json');
  await writeFile(file, JSON.stringify(apiAnswer(rules)));
  return file;
}

test('check --acl evaluates suites against a web ACL, and sums up what stays undecided', async () => {
  const { stdout } = await checked(['--acl', await aclFile()]);
  expect(stdout).toContain('AWS WAF, evaluated offline');
  expect(stdout).toMatch(
    /cases? undecided\n\s+\d+ by AWS#AWSManagedRulesCommonRuleSet \(its rules are not published\)/,
  );
  expect(stdout).not.toMatch(/score|paranoia/i);
  expect(stdout).toMatch(/wafproof tune \S+report\.json --acl web-acl\.json/);
});

test('options of the other engine do not go with it, nor --front without it', async () => {
  const file = await aclFile();
  expect((await checked(['--acl', file, '--paranoia', '2'])).stderr).toContain('--paranoia is for ModSecurity');
  expect((await checked(['--front', 'alb'])).stderr).toContain('--front goes with --acl');
});

test('files of AWS that have no place for our words are known as ours, and others are not touched', async () => {
  const files = { 's.yaml': suite };
  const tuning = ['check', 's.yaml', '--acl', await aclFile(), '--tune', '--dialect', 'aws-json', '--out', './out'];
  const input = 'out/aws-json/wafproof-update-web-acl.json';
  const words = 'Written by Wafproof. What is excluded was verified by the offline evaluator.';
  const ours = { ...files, [input]: '{}', 'out/aws-json/wafproof-update-web-acl.txt': words };
  expect((await wafproof(tuning, { files: ours })).stderr).not.toContain('OUTPUT_NOT_OURS');
  expect((await wafproof(tuning, { files: { ...files, [input]: '{}' } })).stderr).toContain('OUTPUT_NOT_OURS');
});

test('check --acl --tune writes what clears the false positives, in the dialects of AWS', async () => {
  const { stdout } = await checked(['--acl', await aclFile(), '--tune', '--dialect', 'terraform,aws-json']);
  expect(stdout).toContain('1 of 1 false positive cleared');
  expect(stdout).toContain('verified on the offline evaluator of web ACLs');
});

/** A web ACL whose override does nothing: the rule has another name. */
async function misspeltAcl(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wafproof-check-acl-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const ManagedRuleGroupStatement = {
    VendorName: 'AWS',
    Name: 'AWSManagedRulesCommonRuleSet',
    RuleActionOverrides: [{ Name: 'SizeRestrictions_Body', ActionToUse: { Count: {} } }],
  };
  const VisibilityConfig = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true, MetricName: 'common' };
  const common = {
    Name: 'common\u001b[31m',
    Priority: 2,
    Statement: { ManagedRuleGroupStatement },
    OverrideAction: { None: {} },
    VisibilityConfig,
  };
  const file = join(folder, 'acl.json');
  await writeFile(file, JSON.stringify(apiAnswer([common])));
  return file;
}

test('check --acl warns once of what in the web ACL does nothing', async () => {
  const { stdout } = await checked(['--acl', await misspeltAcl()]);
  expect(stdout.match(/Warning: /g)).toHaveLength(1);
  expect(stdout).toMatch(
    /Warning: rule common\S* \(\/WebACL\/Rules\/0\S*\): The override names "SizeRestrictions_Body".*"SizeRestrictions_BODY"/,
  );
  expect(stdout).not.toContain('\u001b');
});

test('tune --audit of a web ACL tells what is wrong with its exclusions', async () => {
  const file = await misspeltAcl();
  const { folder } = await checked(['--acl', file, '--reporter', 'json']);
  const audit = (acl: string) =>
    wafproof(['tune', join(folder, 'out/report.json'), '--audit', acl, '--out', './audit']);
  const { code, stdout } = await audit(file);
  expect(code).toBe(1);
  expect(stdout).toContain('Audit of your exclusions (1): 1 idle');
  expect(stdout).toContain('The override names "SizeRestrictions_Body"');
  const clean = await audit(await aclFile());
  expect(clean.code).toBe(0);
  expect(clean.stdout).toContain('nothing is wrong with them');
  expect((await audit(join(folder, 's.yaml'))).stderr).toContain('ACL_INVALID');
});
