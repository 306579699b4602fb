import { expect, test } from 'vitest';
import { diagnose, statuses, targetAt } from '../../pipeline/doctor-target.js';
import { resultOf, runAgainst } from '../../pipeline/run-against.js';
import { core, standInForAws } from './stand-in.js';

const suite = `suite: S
cases:
  - { id: plain, path: /plain }
  - { id: note, method: POST, path: /notes, form: { text: 'see ../../readme' } }
  - { id: other-note, method: POST, path: /notes, form: { text: 'or ../../license' } }
  - { id: named, path: /named }
  - { id: busy, path: /busy }
  - { id: captcha, path: /captcha }
  - { id: bucket, path: /bucket }
  - { id: counted, path: /counted }
  - { id: hidden, path: /hidden }
  - { id: unlogged, path: /unlogged }
`;

test('a run against a stand-in for AWS attributes by log, by answer and by request id', async () => {
  const server = await standInForAws();
  const report = await runAgainst(server, suite, { target: { waf: { kind: 'aws', log: server.log } } });
  const verdictOf = (id: string) => resultOf(report, `s/${id}`).verdict;
  expect(report.target.waf).toMatchObject({
    kind: 'aws',
    name: 'AWS WAF',
    facts: [{ label: 'Web ACL', value: 'shop' }],
  });
  expect(verdictOf('plain')).toEqual({ kind: 'let-through', nearMiss: false });
  expect(verdictOf('hidden')).toEqual({ kind: 'let-through', nearMiss: false });
  expect(resultOf(report, 's/note')).toMatchObject({
    verdict: { kind: 'false-positive', detectedOnly: false },
    hits: [
      {
        ruleId: `${core}#GenericLFI_BODY`,
        message: 'Path traversal',
        variable: { collection: 'Body' },
        variableSource: 'logged',
        field: { kind: 'body' },
      },
    ],
    labels: ['awswaf:managed:aws:core-rule-set:GenericLFI_Body'],
  });
  expect(resultOf(report, 's/named').hits).toMatchObject([{ ruleId: 'house-rule' }]);
  expect(resultOf(report, 's/captcha')).toMatchObject({
    verdict: { kind: 'false-positive' },
    hits: [{ ruleId: 'prove-it', reason: 'the client was asked to solve a CAPTCHA' }],
  });
  expect(verdictOf('busy')).toMatchObject({ kind: 'denied-elsewhere', cause: 'rate-limited' });
  expect(verdictOf('bucket')).toMatchObject({ kind: 'denied-elsewhere', layer: 'storage' });
  expect(verdictOf('counted')).toEqual({ kind: 'let-through', nearMiss: true });
  expect(verdictOf('unlogged')).toMatchObject({
    kind: 'unattributed-block',
    reason: expect.stringContaining('an Application Load Balancer answers for AWS WAF'),
  });
  expect(report.findings.map(({ ruleId, path, cases }) => [ruleId, path, cases])).toEqual([
    [`${core}#GenericLFI_BODY`, '/notes', ['s/note', 's/other-note']],
    ['house-rule', '/named', ['s/named']],
    ['prove-it', '/captcha', ['s/captcha']],
  ]);
});

test('a stand-in for AWS that redacts the header of every request is joined by request id, from the first one on', async () => {
  const server = await standInForAws({ redacts: true });
  const waf = { kind: 'aws', log: server.log };
  const report = await runAgainst(server, suite, { target: { waf } });
  expect(report.target.waf).toMatchObject({ facts: [{ label: 'Web ACL', value: 'shop' }] });
  expect(resultOf(report, 's/note').hits).toMatchObject([{ ruleId: `${core}#GenericLFI_BODY` }]);
  const diagnosis = await diagnose({ ...targetAt(server.url, undefined), waf, logWaitMs: 300 });
  expect(statuses(diagnosis)).toMatchObject({ 'log-entry': 'ok', header: 'warning', attack: 'ok' });
});
