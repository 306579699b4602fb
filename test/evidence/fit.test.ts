import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogRecord } from '../../src/contract/log-record.js';
import { type Fit, fitOf, type SentRequest } from '../../src/evidence/fit.js';
import { isSamePath } from '../../src/evidence/logged-path.js';

const noon = Date.parse('2026-11-30T12:00:00Z');
const sent: SentRequest = {
  method: 'POST',
  target: '/app/comments?page=1',
  from: noon,
  until: noon + 2000,
  status: 200,
  skewMs: 0,
};

function recordOf(more: Partial<LogRecord>): LogRecord {
  return { action: 'passed', waf: { kind: 'test' }, hits: [], ...more };
}

const asked = (method: string, path: string) => ({ request: { method, path } });
const own = asked('POST', '/app/comments?page=1');
const at = (seconds: number) => ({ at: new Date(noon + seconds * 1000).toISOString() });

test.each<[string, Partial<LogRecord>, Fit]>([
  ['that tells nothing', {}, 'exact'],
  ['with all as it was sent', { ...own, ...at(1), status: 200 }, 'exact'],
  ['of another method', asked('DELETE', '/app/comments?page=1'), 'none'],
  ['that a server redirected within itself', asked('GET', '/app/comments?page=1'), 'loose'],
  ['of another path', asked('POST', '/other'), 'none'],
  ['of another query', asked('POST', '/app/comments?page=2'), 'none'],
  ['of a rewritten path, which no request line tells', { request: { path: '/index.php' } }, 'loose'],
  ['with another status', { ...own, status: 403 }, 'loose'],
  ['with the status 0 of an engine that refused', { ...own, status: 0 }, 'exact'],
  ['of an hour and ten minutes later', { ...own, ...at(4200) }, 'none'],
  ['of five minutes before', { ...own, ...at(-300) }, 'none'],
  ['from another time zone', { ...own, ...at(5.5 * 3600) }, 'exact'],
])('a record %s', (_, record, fit) => {
  expect(fitOf(recordOf(record), sent)).toBe(fit);
});

test('a clock that is known to be wrong is reckoned with, and of an unknown one nothing is expected', () => {
  const late = recordOf({ ...own, ...at(-400) });
  expect(fitOf(late, { ...sent, skewMs: -400_000 })).toBe('exact');
  expect(fitOf(late, { ...sent, skewMs: undefined })).toBe('exact');
});

describe('a path in a log', () => {
  test.each([
    ['/a/b', '/a/b?x=1', 'a log without the query'],
    ['http://shop.test:80/a/b?x=1', '/a/b?x=1', 'an absolute form'],
    ['/a/b%20c', '/a/b c', 'a decoded one'],
    ['/A/%7Eb', '/A/~b', 'another percent-encoding'],
    ['//a/./b/', '/a/b', 'a normalised one'],
    ['/b', '/app/b', 'a prefix that a proxy takes away'],
    ['/app/b', '/b', 'a prefix that a proxy puts before it'],
    ['/a?q=', '/a?q="x"', 'one that was cut at a quote'],
    [`/${'a'.repeat(600)}`, `/${'a'.repeat(900)}`, 'a long one that was cut'],
    ['/long/xxx (706 characters omitted)', `/long/xxxxx${'y'.repeat(704)}`, 'one that says how much is left out'],
    ['/a?q=\\xc3\\xa4', '/a?q=ä', 'escapes of what is not ASCII'],
  ])('%s may be %s: %s', (logged, target) => {
    expect(isSamePath(logged, target)).toBe(true);
  });

  test.each([
    ['/', '/comments'],
    ['/comments', '/'],
    ['/comments/2', '/comments/1'],
    ['/x?q=1', '/x?q=2'],
    ['/xcomments', '/comments'],
    ['/admin/../x', '/admin'],
  ])('%s is not %s', (logged, target) => {
    expect(isSamePath(logged, target)).toBe(false);
  });

  test('is itself, whatever it is', () => {
    fc.assert(fc.property(fc.string(), (text) => isSamePath(text, text)));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(typeof isSamePath(a, b)).toBe('boolean');
      }),
    );
  });
});
