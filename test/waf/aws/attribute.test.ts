import { expect, test } from 'vitest';
import type { WireRequest } from '../../../src/model/request.js';
import { attributeAws } from '../../../src/waf/aws/attribute.js';
import type { AwsHit, AwsRecord } from '../../../src/waf/aws/log-record.js';

const request: WireRequest = {
  method: 'POST',
  target: '/find?id=7&q=10%20AND+1%3D1&page=2',
  headers: [
    ['X-Note', 'plain'],
    ['Cookie', 'sid=1; q=10 and 1'],
  ],
  body: Buffer.from('{}'),
};

function placed(hit: Partial<AwsHit>, sent: WireRequest = request) {
  const record: AwsRecord = {
    origin: 'log',
    action: 'blocked',
    hits: [{ ruleId: 'r', message: '', tags: [], ...hit }],
    labels: [],
    waf: { kind: 'aws' },
  };
  const [found] = attributeAws(record, sent).hits;
  return [found?.variable, found?.variableSource, found?.candidates];
}

const matched = '10 AND 1';

test('the text that matched tells which argument or cookie it was', () => {
  expect(placed({ variable: { collection: 'AllQueryArguments' }, matched })).toEqual([
    { collection: 'SingleQueryArgument', key: 'q' },
    'recovered',
    undefined,
  ]);
  expect(placed({ variable: { collection: 'Cookies' }, matched })[0]).toEqual({ collection: 'Cookies', key: 'q' });
});

test('several places that fit are told as such, and none leaves what the log says', () => {
  const twice = { ...request, target: '/find?a=10+and+1&b=10+and+1' };
  expect(placed({ variable: { collection: 'AllQueryArguments' }, matched }, twice)).toEqual([
    { collection: 'AllQueryArguments' },
    'ambiguous',
    ['a', 'b'].map((key) => ({ collection: 'SingleQueryArgument', key })),
  ]);
  expect(placed({ variable: { collection: 'Headers' }, matched: 'zz' })).toEqual([
    { collection: 'Headers' },
    'logged',
    undefined,
  ]);
});

test('where the log says that it does not know, it is the body, where there is one', () => {
  const unplaced = { variable: { collection: 'Body' }, isUnplaced: true } as const;
  expect(placed(unplaced)).toEqual([{ collection: 'Body' }, 'unknown', undefined]);
  expect(placed(unplaced, { ...request, body: new Uint8Array() })[0]).toEqual({ collection: 'UNKNOWN' });
  expect(placed({})).toEqual([{ collection: 'UNKNOWN' }, 'unknown', undefined]);
});
