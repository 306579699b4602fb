import { expect, test } from 'vitest';
import { doctor } from '../../src/pipeline/doctor.js';
import { run } from '../../src/pipeline/run.js';
import { serveForwardProxy } from '../replay/proxy-fixture.js';
import { caseFile } from './doctor-suites.js';
import { startTestLab, targetAt, world } from './doctor-target.js';

test('a target behind a proxy is asked through it, and doctor says so', async () => {
  const { url, log } = await startTestLab();
  const proxy = await serveForwardProxy(url);
  const behind = { ...world, env: { HTTP_PROXY: proxy.url } };
  const target = targetAt('http://shop.example', log);
  const { checks } = await doctor({ target }, behind);
  expect(checks.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(checks.find(({ id }) => id === 'reachable')?.detail).toMatch(
    /through the proxy http:\/\/127\.0\.0\.1:\d+ that HTTP_PROXY names, answered 200/,
  );
  const suites = [caseFile({ form: { text: 'hello' } })];
  const report = await run({ suites, select: { tags: [] }, target }, behind);
  expect(report.summary).toMatchObject({ cases: 1 });
  expect(report.results[0]?.verdict.kind).toBe('let-through');
  expect(proxy.asked).toContain('POST http://shop.example/');
});

test('a proxy that is down is named, and what to do', async () => {
  const behind = { ...world, env: { http_proxy: 'http://127.0.0.1:1' } };
  const target = targetAt('http://shop.example', undefined);
  const { checks } = await doctor({ target }, behind);
  expect(checks[0]).toMatchObject({
    status: 'failed',
    detail: expect.stringMatching(/through the proxy http:\/\/127\.0\.0\.1:1 that http_proxy names, gives no answer/),
    fix: expect.stringMatching(/NO_PROXY/),
  });
});
