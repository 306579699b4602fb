import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/waf/aws/api/json-object.js';
import { openWafApi } from '../../../../src/waf/aws/api/waf-api.js';
import { readWebAclArn } from '../../../../src/waf/aws/api/web-acl-arn.js';
import type { SampledItem } from '../../../../src/waf/aws/lab/sampled-window.js';
import { startWafApi } from '../../../../src/waf/aws/lab/start-waf-api.js';
import { readApi } from '../../../../src/waf/aws/source/read-api.js';
import { cut, sampleSlices } from '../../../../src/waf/aws/sources/sample-slices.js';
import { sampledMetrics } from '../../../../src/waf/aws/sources/sampled-metrics.js';
import { createSampledSource } from '../../../../src/waf/aws/sources/sampled-source.js';
import { exception, startAnswering } from '../api/answering.js';
import { withAwsEnvironment } from '../credentials.js';
import { aclArn, sampleWebAcl } from '../sample-web-acl.js';
import { idsFrom, recordsFrom } from './wire-record.js';

withAwsEnvironment();

const prefix = 'w7-bcdfghjk-';
const start = Date.parse('2026-03-01T12:00:00Z');
const closing: (() => unknown)[] = [];

afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL_WAFV2'];
  for (const close of closing.splice(0).reverse()) await close();
});

function item(id: string, Action: string, more: JsonObject = {}): JsonObject {
  const Headers = [{ Name: 'x-wafproof-id', Value: id }];
  return { Request: { ClientIP: '192.0.2.1', URI: '/notes', Method: 'POST', Headers }, Action, ...more };
}

const metricsOf = (json: JsonObject) => {
  const acl = readApi({ WebACL: json })?.acls[0]?.acl;
  if (acl === undefined) throw new Error('no web ACL');
  return sampledMetrics(acl);
};

async function sourceAt(url: string, now: () => number, metrics = metricsOf(sampleWebAcl)) {
  process.env['AWS_ENDPOINT_URL_WAFV2'] = url;
  const api = await openWafApi({ region: 'eu-west-1', perSecond: 1000 });
  const source = createSampledSource({ api, acl: readWebAclArn(aclArn), prefix, from: start, now, ...metrics });
  closing.push(() => source.close());
  return source;
}

async function standIn(sampled: (metric: string) => readonly SampledItem[], now: () => number) {
  const server = await startWafApi({ acl: sampleWebAcl, scope: 'REGIONAL', sampled, now });
  closing.push(server.close);
  return sourceAt(server.url, now);
}

describe("samples of requests, from the lab's stand-in of the WAFv2 API", () => {
  it('are asked for of each rule that is sampled, and of what no rule decides', () => {
    const visibility = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true, MetricName: 'x' };
    const { metrics, unsampled } = metricsOf({ ...sampleWebAcl, VisibilityConfig: visibility });
    expect(metrics.map(({ metric, rule }) => [metric, rule.name])).toEqual([
      ['crs-metric', 'crs'],
      ['teapots', 'no-teapots'],
      ['slowly', 'slowly'],
    ]);
    expect(unsampled).toEqual(['Default_Action']);
  });

  it('tell which rule refused a request, once, and which counted it', async () => {
    const within = { RuleNameWithinRuleGroup: 'AWS#AWSManagedRulesCommonRuleSet#GenericLFI_BODY' };
    const sampled = (metric: string): readonly SampledItem[] => {
      if (metric === 'crs-metric') return [{ at: start, item: item(`${prefix}a`, 'COUNT', within) }];
      if (metric === 'teapots') return [{ at: start, item: item(`${prefix}a`, 'BLOCK') }];
      return metric === 'staging-acl' ? [{ at: start, item: item(`${prefix}b`, 'ALLOW') }] : [];
    };
    const source = await standIn(sampled, () => start + 1000);
    const records = await recordsFrom(source);
    expect(records.map(({ correlationId, action, blockedBy }) => [correlationId, action, blockedBy?.ruleId])).toEqual([
      [`${prefix}a`, 'blocked', 'no-teapots'],
      [`${prefix}b`, 'passed', undefined],
    ]);
    expect(records[0]?.hits.map(({ ruleId }) => ruleId)).toEqual([
      'no-teapots',
      'AWS#AWSManagedRulesCommonRuleSet#GenericLFI_BODY',
    ]);
    expect([await idsFrom(source), source.gaps]).toEqual([[], undefined]);
  });

  it('are complete for two thousand requests in a minute, in windows of no more than five hundred', async () => {
    const items = Array.from({ length: 2000 }, (_, index) => ({
      at: start + index * 30,
      item: item(`${index % 2 === 0 ? prefix : 'w7-others-'}${index}`, 'ALLOW'),
    }));
    const source = await standIn(
      (metric) => (metric === 'staging-acl' ? items : []),
      () => start + 60_000,
    );
    const ids = await idsFrom(source);
    expect([new Set(ids).size, ids.length, source.gaps]).toEqual([1000, 1000, undefined]);
  });

  it('come late, and are told all the same', async () => {
    const items = [{ at: start, item: item(`${prefix}a`, 'ALLOW') }];
    let now = start + 1000;
    const source = await standIn(
      (metric) => (metric === 'staging-acl' ? items : []),
      () => now,
    );
    const first = await idsFrom(source);
    now = start + 100_000;
    items.push({ at: start + 500, item: item(`${prefix}late`, 'ALLOW') });
    expect([first, await idsFrom(source)]).toEqual([[`${prefix}a`], [`${prefix}late`]]);
  });

  it('say where they are not complete: a second with more requests than an answer holds', async () => {
    const items = Array.from({ length: 700 }, (_, index) => ({
      at: start + index,
      item: item(`${prefix}${index}`, 'ALLOW'),
    }));
    const source = await standIn(
      (metric) => (metric === 'staging-acl' ? items : []),
      () => start + 10_000,
    );
    expect((await idsFrom(source)).length).toBe(500);
    expect(source.gaps).toBe('of Default_Action AWS gave 500 of 700 requests in 1 s: the sample is not complete');
  });

  it('are asked for no further back than AWS keeps them', async () => {
    const source = await standIn(
      () => [],
      () => start + 24 * 60 * 60_000,
    );
    expect(await idsFrom(source)).toEqual([]);
  });
});

describe('samples of requests, with a server that stands in for AWS', () => {
  it('of other metrics are told where one is refused', async () => {
    const answers = [
      exception('WAFNonexistentItemException', 'no'),
      { body: JSON.stringify({ SampledRequests: [item(`${prefix}a`, 'BLOCK')], PopulationSize: 1 }) },
      { body: JSON.stringify({ SampledRequests: [], PopulationSize: 0 }) },
    ] as const;
    const server = await startAnswering(...answers);
    closing.push(server.close);
    const source = await sourceAt(server.url, () => start);
    const ids: unknown[] = [];
    const reading = async () => {
      for await (const { correlationId } of source.records()) ids.push(correlationId);
    };
    await expect(reading()).rejects.toMatchObject({
      code: 'AWS_NOT_FOUND',
      message: expect.stringContaining('no metric crs-metric of web ACL staging'),
    });
    expect(ids).toEqual([`${prefix}a`]);
  });

  it('are asked for five times a second at most', async () => {
    const server = await startAnswering({ body: JSON.stringify({ SampledRequests: [], PopulationSize: 0 }) });
    closing.push(server.close);
    process.env['AWS_ENDPOINT_URL_WAFV2'] = server.url;
    const api = await openWafApi({ region: 'eu-west-1' });
    const metrics = metricsOf(sampleWebAcl);
    const source = createSampledSource({
      api,
      acl: readWebAclArn(aclArn),
      prefix,
      from: start,
      now: () => start,
      ...metrics,
    });
    closing.push(() => source.close());
    await idsFrom(source);
    const [first, ...others] = server.asked.map(({ at }) => at);
    expect(others.length).toBe(3);
    // A lower bound holds however busy the machine is: three pauses of 200 ms less the tolerance of the limiter.
    expect((others.at(-1) ?? 0) - (first ?? 0)).toBeGreaterThan(400);
  });
});

describe('slices of a window', () => {
  it('are halved until each holds no more than an answer', async () => {
    const asked: string[] = [];
    const { shortfalls } = await sampleSlices([{ from: 0, to: 8 }], async ({ from, to }) => {
      asked.push(`${from}-${to}`);
      const population = (to - from) * 200;
      return { items: Array.from({ length: Math.min(500, population) }, () => ({})), population };
    });
    expect([asked, shortfalls]).toEqual([['0-8', '0-4', '0-2', '2-4', '4-8', '4-6', '6-8'], []]);
  });

  it('are not halved for ever, nor where AWS keeps no more than it gave', async () => {
    let calls = 0;
    const endless = await sampleSlices([{ from: 0, to: 10_000 }], async () => {
      calls++;
      return { items: [], population: 5000 };
    });
    expect([calls <= 41, endless.shortfalls.length > 0]).toEqual([true, true]);
    const capped = await sampleSlices([{ from: 0, to: 60 }], async () => ({ items: [{}], population: 300 }));
    expect(capped.shortfalls).toEqual([{ from: 0, to: 60, given: 1, population: 300 }]);
  });

  it('cover a window, whatever their number', () => {
    for (const count of [0, 0.4, 1, 3, 7, 1000]) {
      const slices = cut({ from: 10, to: 22 }, count);
      expect([slices[0]?.from, slices.at(-1)?.to]).toEqual([10, 22]);
      expect(slices.every(({ from }, index) => index === 0 || from === slices[index - 1]?.to)).toBe(true);
    }
  });
});
