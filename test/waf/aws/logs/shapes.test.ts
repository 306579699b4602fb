import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createAwsReader } from '../../../../src/waf/aws/logs/log-reader.js';
import { fullRecord, readAll, samples } from './records.js';

const blocked = fullRecord({ action: 'BLOCK', terminatingRuleId: 'own', timestamp: 1795413190000 });
const records = [fullRecord(), blocked];
const expected = [
  ['passed', 'w7-abcd-0001', '2026-11-23T05:53:08.332Z'],
  ['blocked', 'w7-abcd-0001', '2026-11-23T05:53:10.000Z'],
];
const lines = records.map((record) => JSON.stringify(record));
const told = (text: string) => readAll(text).map(({ action, correlationId, at }) => [action, correlationId, at]);

test.each([
  ['a record a line', `${lines.join('\n')}\n`],
  ['the last line without its end', lines.join('\n')],
  ['Firehose: one after the other', lines.join('')],
  ['pretty-printed', records.map((record) => JSON.stringify(record, undefined, 2)).join('\n')],
  ['a list', JSON.stringify(records)],
  ['a pretty-printed list', JSON.stringify(records, undefined, 4)],
  [
    'FilterLogEvents',
    JSON.stringify({ events: lines.map((message) => ({ timestamp: 1, message, logStreamName: 's' })) }),
  ],
  [
    'FilterLogEvents, pretty-printed',
    JSON.stringify({ events: lines.map((message) => ({ timestamp: 1, message })) }, undefined, 2),
  ],
  ['an export of Logs Insights', JSON.stringify(records.map((record) => ({ '@timestamp': 't', '@message': record })))],
  [
    'an export of Logs Insights, messages as texts',
    lines.map((line) => JSON.stringify({ '@timestamp': 't', '@message': line })).join('\n'),
  ],
  [
    'GetQueryResults',
    JSON.stringify({
      status: 'Complete',
      results: lines.map((value) => [
        { field: '@timestamp', value: 't' },
        { field: '@message', value },
      ]),
    }),
  ],
  ['aws logs tail', lines.map((line) => `2026-11-23T06:33:09.000000+00:00 eu-central-1_shop_0 ${line}`).join('\n')],
  ['a time before each line', lines.map((line) => `2026-11-23T06:33:09.000Z ${line}`).join('\n')],
])('%s', (_, text) => {
  expect(told(text)).toEqual(expected);
});

test('an answer of GetSampledRequests, saved as it came or pretty-printed', () => {
  const item = {
    Request: { ClientIP: '192.0.2.1', Country: 'DE', URI: '/cart', Method: 'POST', Headers: [] },
    Weight: 1,
    Timestamp: 1795413188.332,
    Action: 'BLOCK',
    RuleNameWithinRuleGroup: 'AWS#AWSManagedRulesSQLiRuleSet#SQLi_BODY',
    Labels: [{ Name: 'awswaf:managed:aws:sql-database:SQLi_Body' }],
  };
  const answer = { SampledRequests: [item, { ...item, Action: 'COUNT' }], PopulationSize: 2, TimeWindow: {} };
  for (const indent of [undefined, 2]) {
    const [first, second] = readAll(JSON.stringify(answer, undefined, indent));
    expect(first).toMatchObject({
      origin: 'sample',
      action: 'blocked',
      at: '2026-11-23T05:53:08.332Z',
      blockedBy: { kind: 'managed-rule', ruleId: item.RuleNameWithinRuleGroup },
      labels: ['awswaf:managed:aws:sql-database:SQLi_Body'],
    });
    expect(second).toMatchObject({ action: 'passed', hits: [{ counted: true }] });
  }
});

test('only records with ids of interest are told, once the log is known', () => {
  const other = { ...fullRecord(), httpRequest: { headers: [{ name: 'x-wafproof-id', value: 'w7-other-0001' }] } };
  const text = [fullRecord(), other, fullRecord()].map((record) => JSON.stringify(record)).join('\n');
  expect(readAll(text, 'w7-abcd').length).toBe(2);
});

test('each record of a long log is told with its line', () => {
  const text = samples.map(({ value }) => JSON.stringify(value)).join('\n');
  expect(readAll(text).map(({ line }) => line)).toEqual(samples.map((_, i) => i + 1));
});

test('what is packed is nothing to this reader, and does it no harm', () => {
  expect(readAll(gzipSync(lines.join('\n')))).toEqual([]);
});

test('objects without line feeds are read as they are in S3 too, whatever is in their texts', () => {
  const tricky = ['}{"a":1}', '"}{"timestamp":1', '\\"}{"x', '}\r{"', '}{'].map((uri) =>
    fullRecord({ httpRequest: { clientIp: '192.0.2.44', uri, headers: [], httpMethod: 'GET' } }),
  );
  const reader = createAwsReader();
  const text = [...records, ...tricky].map((record) => JSON.stringify(record)).join('');
  const found = [...reader.push(Buffer.from(text)), ...reader.end()];
  expect(found.map((record) => ('origin' in record ? record.request?.path : undefined))).toEqual([
    '/cart?id=7',
    '/cart?id=7',
    '}{"a":1}',
    '"}{"timestamp":1',
    '\\"}{"x',
    '}\r{"',
    '}{',
  ]);
});

test('a thousand objects without line feeds, in pieces, with an end that is cut', () => {
  const many = Array.from({ length: 1000 }, (_, index) =>
    JSON.stringify(fullRecord({ timestamp: 1795413188332 + index })),
  );
  const text = Buffer.from(`${many.join('')}{"timestamp":17954131`);
  const reader = createAwsReader({ prefix: 'w7-abcd-' });
  const pieces = Array.from({ length: Math.ceil(text.length / 65_536) }, (_, index) =>
    text.subarray(index * 65_536, (index + 1) * 65_536),
  );
  expect([...pieces.flatMap((piece) => [...reader.push(piece)]), ...reader.end()]).toHaveLength(1000);
});
