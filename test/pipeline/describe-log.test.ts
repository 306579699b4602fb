import { appendFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { run } from '../../src/pipeline/run.js';
import { serveHttp } from '../replay/loopback.js';
import { caseFile } from './doctor-suites.js';
import { emptyLog, startTestLab, targetAt, world } from './doctor-target.js';

const access = '192.0.2.1 - - [29/Nov/2026:10:00:00 +0000] "GET /?token=abc HTTP/1.1" 200 2 "-" "curl/8"\n';

async function messageOf(url: string, log: string): Promise<string> {
  const options = { suites: [caseFile({ body: 'hello' })], target: targetAt(url, log, { logWaitMs: 50 }) };
  return run(options, world).then(
    () => 'no error',
    (error: Error) => error.message,
  );
}

test.each([
  ['is empty', '', /audit\.log is empty\)/],
  ['is an access log', access.repeat(12), /ends with 12 lines of an access log, as nginx and Apache write it\)/],
  ['is longer than is looked at', access.repeat(5000), /ends with \d{3} lines of an access log/],
  ['is something else', 'started\nready\n', /ends with 2 lines such as "started"\)/],
])('a log in which nothing is found %s', async (_, text, expected) => {
  const url = await serveHttp((__, response) => response.end('ok'));
  const log = await emptyLog();
  appendFileSync(log, text);
  const message = await messageOf(url, log);
  expect(message).toMatch(/^EVIDENCE_NONE /);
  expect(message).toMatch(expected);
  expect(message).toMatch(/"wafproof doctor" .*"wafproof doctor --print-setup"/);
  expect(message).not.toContain('token');
});

test('a log in which nothing is found has what others asked for', async () => {
  const { url, log } = await startTestLab();
  for (const path of ['/a', '/b']) await (await fetch(`${url}${path}`)).text();
  const other = await serveHttp((_, response) => response.end('ok'));
  expect(await messageOf(other, log)).toMatch(
    /ends with 2 transactions of other requests, none of ours \(ModSecurity 3 JSON audit log\)/,
  );
});
