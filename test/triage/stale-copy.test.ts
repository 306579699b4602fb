import { describe, expect, test } from 'vitest';
import type { Pair } from '../../src/model/request.js';
import { triage } from '../../src/triage/triage.js';

const answered = (status: number, ...headers: readonly Pair[]) =>
  triage({
    outcome: { kind: 'answered', status, headers: [['server', 'nginx'], ...headers], bodyExcerpt: '' },
  });

const ofCache = expect.objectContaining({ says: expect.stringContaining('a cache answered with a copy') });

describe('a refusal out of a cache', () => {
  test.each([
    ['Age', ['Age', '8421'], '8421 s old'],
    ['Varnish', ['X-Varnish', '65538 32771'], ''],
    ['Fastly', ['X-Cache', 'MISS, HIT'], ''],
    ['CloudFront', ['X-Cache', 'Hit from cloudfront'], ''],
    ['Squid', ['X-Cache', 'HIT from proxy01'], ''],
    ['Cloudflare', ['CF-Cache-Status', 'HIT'], ''],
    ['Azure', ['X-Cache', 'TCP_HIT'], ''],
  ] as const)('is told as such by what %s writes', (_, header, says) => {
    const { evidence, next } = answered(403, header);
    expect(evidence).toContainEqual(ofCache);
    expect(evidence.at(-1)?.says).toContain(says);
    expect(next).toContain('passes the cache');
  });

  test.each([
    ['of which the cache is not the author', ['X-Cache', 'MISS from proxy01']],
    ['that is not kept', ['Age', '0']],
    ['that CloudFront passes on', ['X-Cache', 'Error from cloudfront']],
    ['of a request that went through Varnish', ['X-Varnish', '65538']],
    ['whose age is no number', ['Age', '12; x']],
  ] as const)('is none %s', (_, header) => {
    expect(answered(403, header).evidence).not.toContainEqual(ofCache);
  });

  test('is none where nothing was refused', () => {
    expect(answered(200, ['Age', '8421']).evidence).not.toContainEqual(ofCache);
  });
});
