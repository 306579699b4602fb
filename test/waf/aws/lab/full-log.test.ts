import fc from 'fast-check';
import { expect, it } from 'vitest';
import { objectsNamed } from '../../../../src/waf/aws/api/json-object.js';
import { builtInApproximations } from '../../../../src/waf/aws/lab/approximations.js';
import { fullRecord } from '../../../../src/waf/aws/lab/full-log.js';
import { LiveAcl } from '../../../../src/waf/aws/lab/live-acl.js';
import { SampleStore } from '../../../../src/waf/aws/lab/sample-store.js';
import { readFullRecord } from '../../../../src/waf/aws/logs/full-record.js';
import { isSampledRequest } from '../../../../src/waf/aws/logs/sampled-request.js';
import { noResources } from '../../../../src/waf/aws/source/acl-document.js';
import { labWebAcl } from './lab-ground.js';

const counting = ['core', 'sql'].map((name) => ({
  ...labWebAcl,
  Rules: objectsNamed(labWebAcl, 'Rules').map((rule) =>
    rule['Name'] === name ? { ...rule, OverrideAction: { Count: {} } } : rule,
  ),
}));

const anyRequest = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  target: fc.constantFrom('/plain', '/teapot', '/puzzle', '/marked', '/a?x=../../etc/passwd', '/a?x=<script>'),
  body: fc
    .constantFrom('', '1 UNION SELECT a FROM b', '../../etc/passwd', 'x'.repeat(9000))
    .map((text) => Buffer.from(text)),
  headers: fc.constantFrom([], [['User-Agent', 'sqlmap'] as const], [['User-Agent', 'Mozilla'] as const]),
});

it.each([labWebAcl, ...counting])('logs of the lab that stands in for AWS are read as what was decided: %#', (acl) => {
  const setup = {
    webAcl: () => acl,
    resources: noResources,
    approximations: builtInApproximations(),
    front: 'alb',
  } as const;
  const live = new LiveAcl(setup);
  const samples = new SampleStore();
  fc.assert(
    fc.property(anyRequest, (request) => {
      const found = live.verdict(request, '192.0.2.1');
      if (found === undefined) throw new Error('no verdict');
      const verdict = { ...found, requestId: '1' };
      const { action, rule } = verdict.answer.presumed.ending;
      const record = readFullRecord(fullRecord(verdict));
      if (action === 'allow') expect(['passed', 'would-block']).toContain(record?.action);
      else expect([record?.action, record?.blockedBy?.ruleId]).toEqual(['blocked', rule]);
      const inVain = verdict.answer.endedInVain.map(({ ending }) => ending.rule);
      if (record?.action === 'would-block') expect(inVain).toContain(record.blockedBy?.ruleId);
      expect(record?.hits.map(({ ruleId }) => ruleId)).toEqual(
        expect.arrayContaining([...verdict.answer.counted, ...inVain]),
      );
      samples.add(verdict);
    }),
  );
  expect(samples.of('staging-metric').every(({ item }) => isSampledRequest(item))).toBe(true);
});
