import { describe, expect, test } from 'vitest';
import { readHar } from '../../../src/triage/saved/read-har.js';

describe('an entry of a HAR file', () => {
  const entry = (status: number, more: object = {}) => ({
    request: {
      method: 'POST',
      url: 'https://a.example/x',
      headers: [{ name: 'Origin', value: 'null' }],
      postData: { text: 'b=1' },
    },
    response: {
      status,
      statusText: 'Forbidden',
      headers: [{ name: 'Server', value: 'nginx' }],
      content: { text: 'no' },
      ...more,
    },
  });
  const har = (...entries: object[]) => JSON.stringify({ log: { entries } });

  test('is taken by its number, or because it alone was refused', () => {
    const read = readHar(har(entry(200), entry(403)), undefined);
    expect(read).toMatchObject({
      material: { sent: { body: 'b=1' }, outcome: { status: 403, phrase: 'Forbidden', bodyExcerpt: 'no' } },
    });
    expect(readHar(har(entry(200), entry(403)), 1)).toMatchObject({ material: { outcome: { status: 200 } } });
  });

  test('is decoded, and tells what the browser says where there was no answer', () => {
    const packed = { content: { text: Buffer.from('no way').toString('base64'), encoding: 'base64' } };
    expect(readHar(har(entry(403, packed)), 1)).toMatchObject({ material: { outcome: { bodyExcerpt: 'no way' } } });
    expect(readHar(har(entry(0, { _error: 'net::ERR_BLOCKED_BY_CLIENT' })), 1)).toMatchObject({
      material: { outcome: { kind: 'failed', message: 'net::ERR_BLOCKED_BY_CLIENT' } },
    });
  });

  test('is missing, with the reason', () => {
    expect(readHar(har(entry(403), entry(403)), undefined)).toMatchObject({
      reason: expect.stringContaining('FILE#n'),
    });
    expect(readHar(har(entry(403)), 2)).toMatchObject({ reason: expect.stringContaining('none with the number 2') });
    expect(readHar('no', 1)).toMatchObject({ reason: expect.stringContaining('no HAR file') });
  });
});
