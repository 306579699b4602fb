import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GetWebACLCommand, UpdateWebACLCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunReport } from '../../../../src/model/report.js';
import type { WafOptions } from '../../../../src/model/target-options.js';
import { isObject, type JsonObject, objectsNamed } from '../../../../src/waf/aws/api/json-object.js';
import { wafproof } from '../../../cli/command-line.js';
import { resultOf, runAgainst } from '../../../pipeline/run-against.js';
import { withAwsEnvironment } from '../credentials.js';
import { aclArn } from '../sample-web-acl.js';
import { labWebAcl, startAclLab } from './lab-ground.js';

withAwsEnvironment({ AWS_REGION: 'eu-west-1' });

afterEach(() => {
  delete process.env['AWS_ENDPOINT_URL_WAFV2'];
});

const suite = `suite: S
cases:
  - { id: plain, method: POST, path: /plain, form: { text: hello } }
  - { id: query, method: POST, path: /notes, form: { text: '1 UNION SELECT name FROM users' } }
  - { id: file, method: POST, path: /files, form: { text: 'see ../../readme' } }
  - { id: teapot, method: POST, path: /teapot, form: { text: tea } }
`;

const rules = {
  query: 'AWS#AWSManagedRulesSQLiRuleSet#SQLi_BODY',
  file: 'AWS#AWSManagedRulesCommonRuleSet#GenericLFI_BODY',
  teapot: 'no-teapots',
};

/** Each rule costs calls of an API that takes five a second. */
const content = objectsNamed(labWebAcl, 'Rules').filter(({ Name }) =>
  ['no-teapots', 'core', 'sql'].includes(`${Name}`),
);

/** What the report says refused each case. */
function refusers(report: RunReport) {
  const named = (id: string) => resultOf(report, `s/${id}`).hits.map(({ ruleId }) => ruleId);
  return { query: named('query')[0], file: named('file')[0], teapot: named('teapot')[0] };
}

/** Rules of managed groups that say who they are when they refuse. */
function naming(acl: JsonObject): JsonObject {
  const named = (rule: string) => ({
    Name: rule.slice(rule.lastIndexOf('#') + 1),
    ActionToUse: {
      Block: { CustomResponse: { ResponseCode: 403, ResponseHeaders: [{ Name: 'x-wafproof-rule', Value: rule }] } },
    },
  });
  const overrides: Record<string, JsonObject> = { core: named(rules.file), sql: named(rules.query) };
  const Rules = objectsNamed(acl, 'Rules').map((rule) => {
    const override = overrides[String(rule['Name'])];
    const { Statement } = rule;
    if (override === undefined || !isObject(Statement)) return rule;
    const { ManagedRuleGroupStatement: group } = Statement;
    const statement = { ...(isObject(group) && group), RuleActionOverrides: [override] };
    return { ...rule, Statement: { ManagedRuleGroupStatement: statement } };
  });
  return { ...acl, Rules };
}

async function runOver(lab: Awaited<ReturnType<typeof startAclLab>>, waf: Partial<WafOptions>) {
  process.env['AWS_ENDPOINT_URL_WAFV2'] = lab.api;
  return runAgainst(lab, suite, { target: { waf: { kind: 'aws', ...waf }, logWaitMs: 5000 } });
}

describe('a run against the lab that stands in for AWS WAF names the same rules', () => {
  it('by the answers alone, where the log drops what is refused', async () => {
    const lab = await startAclLab(naming(labWebAcl));
    const command = `tail -n +1 -F ${lab.log} | grep --line-buffered -v '"action":"BLOCK"'`;
    const report = await runOver(lab, { webAcl: lab.acl, log: { command } });
    expect(refusers(report)).toEqual(rules);
  });

  it('by samples alone, asked for through the real SDK', async () => {
    const lab = await startAclLab({ ...labWebAcl, Rules: content });
    const report = await runOver(lab, { webAcl: aclArn, samples: true });
    expect(refusers(report)).toEqual(rules);
    expect(resultOf(report, 's/plain').verdict).toMatchObject({ kind: 'let-through' });
  });

  it('by the log alone', async () => {
    const lab = await startAclLab();
    const report = await runOver(lab, { log: lab.log });
    expect(refusers(report)).toEqual(rules);
    expect(resultOf(report, 's/plain').verdict).toMatchObject({ kind: 'let-through' });
  });
});

const form = (text: string) => ({ method: 'POST', body: new URLSearchParams({ text }) });

it('exclusions for the lab that stands in for AWS let the cases through, and nothing beside them', async () => {
  const lab = await startAclLab();
  const report = await runOver(lab, { log: lab.log });
  const folder = dirname(lab.log);
  await writeFile(join(folder, 'report.json'), JSON.stringify(report));
  const dialects = ['terraform', 'cdk', 'cloudformation', 'aws-json'];
  const words = ['--acl', lab.acl, '--dialect', dialects.join(','), '--out', join(folder, 'out')];
  const tuned = await wafproof(['tune', join(folder, 'report.json'), ...words]);
  expect(tuned).toMatchObject({ code: 0 });
  const made = JSON.parse(await readFile(join(folder, 'out', 'report.json'), 'utf8')) as RunReport;
  expect(made.exclusions?.map(({ ruleIds, scope }) => [ruleIds, scope.path])).toEqual(
    expect.arrayContaining([
      [[rules.query], '/notes'],
      [[rules.file], '/files'],
    ]),
  );
  const input = JSON.parse(await readFile(join(folder, 'out', 'aws-json', 'wafproof-update-web-acl.json'), 'utf8'));
  const client = new WAFV2Client({ endpoint: lab.api });
  const { Name, Id, Scope } = input;
  const { LockToken } = await client.send(new GetWebACLCommand({ Name, Id, Scope }));
  const text = JSON.stringify({ ...input, LockToken });
  const decoded = JSON.parse(text, (key, value) => (key === 'SearchString' ? Buffer.from(value, 'base64') : value));
  await client.send(new UpdateWebACLCommand(decoded));
  await expect(client.send(new UpdateWebACLCommand(decoded))).rejects.toMatchObject({
    name: 'WAFOptimisticLockException',
  });
  const again = await runOver(lab, { log: lab.log });
  const verdicts = again.results.map(({ id, verdict }) => [id, verdict.kind]);
  expect(verdicts).toEqual(
    expect.arrayContaining([
      ['s/plain', 'let-through'],
      ['s/query', 'let-through'],
      ['s/file', 'let-through'],
      ['s/teapot', 'let-through'],
    ]),
  );
  const attack = form('1 UNION SELECT password FROM users');
  const statuses = [
    await fetch(`${lab.url}/notes/1`, attack),
    await fetch(`${lab.url}/notes`, { ...attack, method: 'PUT' }),
    await fetch(`${lab.url}/notes`, form('../../etc/passwd')),
    await fetch(`${lab.url}/files`, attack),
    await fetch(`${lab.url}/file`, form('../../etc/passwd')),
    await fetch(`${lab.url}/teapot`),
  ].map(({ status }) => status);
  expect(statuses).toEqual([403, 403, 403, 403, 403, 409]);
});
