import { appendFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { serveHttp } from '../replay/loopback.js';
import { leaveOut, testLab } from '../waf/modsecurity/lab/server-fixture.js';
import { caseFile } from './doctor-suites.js';
import { diagnose, emptyLog, serveProxy, startTestLab, targetAt } from './doctor-target.js';

interface Got {
  readonly line: string;
  readonly body: string;
}

/** A server that keeps what it gets, and answers each request with a status of its own. */
async function serveStatus(statusOf: (got: Got, request: IncomingMessage) => number) {
  const seen: Got[] = [];
  const url = await serveHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const got = { line: `${request.method} ${request.url}`, body: Buffer.concat(chunks).toString() };
      seen.push(got);
      response.writeHead(statusOf(got, request)).end();
    });
  });
  return { url, seen };
}

const long = { path: '/comments', form: { title: 'x', text: 'b'.repeat(3000) } };

async function bodyCheckAt(statusOf: (got: Got) => number, one: Readonly<Record<string, unknown>> = long) {
  const { url } = await serveStatus(statusOf);
  const { byId } = await diagnose(targetAt(url, undefined), { suites: [caseFile(one)] });
  return byId('body');
}

describe('a harmless body as long as that of the largest case', () => {
  test.each([400, 403, 413, 500, 502])('is refused where it gets %i and a short one does not', async (status) => {
    const check = await bodyCheckAt(({ body }) => (body.length > 1000 ? status : 200));
    expect(check).toMatchObject({
      status: 'failed',
      detail: expect.stringMatching(new RegExp(`was answered ${status}, and a short one 200`)),
      fix: expect.stringMatching(/SecRequestBodyLimit/),
    });
  });

  test('is not called taken where a short one gets the same', async () => {
    const check = await bodyCheckAt(({ line }) => (line.startsWith('POST') ? 405 : 200));
    expect(check).toMatchObject({ status: 'warning', detail: expect.stringMatching(/405, and so was a short one/) });
  });

  test('is taken where it gets what an application gives', async () => {
    expect(await bodyCheckAt(() => 302)).toMatchObject({ status: 'ok', detail: expect.stringMatching(/status 302/) });
  });

  test.skipIf(leaveOut('nginx'))('is refused by nginx, whose log is not read', async () => {
    const { url } = await testLab('nginx', { auditLog: await emptyLog() });
    const suites = [caseFile({ form: { description: 'b'.repeat(140_000), title: 'x' } })];
    const { byId } = await diagnose(targetAt(url, undefined), { suites });
    expect(byId('body')).toMatchObject({ status: 'failed', detail: expect.stringMatching(/answered 400/) });
  });

  test('is let through where the engine could not read it and does not say that it refused it', async () => {
    const log = await emptyLog();
    const { url } = await serveStatus(({ line, body }, { headers }) => {
      const id = `${headers['x-wafproof-id']}`;
      appendFileSync(log, `${JSON.stringify(entryOf(id, line, body === '' ? [] : [parserWords]))}\n`);
      return 200;
    });
    const { byId } = await diagnose(targetAt(url, log, { attacks: false }), { suites: [caseFile(long)] });
    expect(byId('body')).toMatchObject({
      status: 'warning',
      detail: expect.stringMatching(/was answered 200, though the engine could not read it: JSON parsing error/),
    });
  });
});

const parserWords = 'JSON parsing error: parse error: trailing garbage\n';

/** As ModSecurity 2 writes it where part F is left out: without the status of the answer. */
function entryOf(id: string, line: string, messages: readonly string[]) {
  return {
    transaction: { time: '29/Nov/2026:22:16:10.222787 +0000', transaction_id: `Yqm-${id}` },
    request: { request_line: `${line} HTTP/1.1`, headers: { 'X-Wafproof-Id': id } },
    response: {},
    audit_data: { messages, producer: 'ModSecurity for Apache/2.9.7; OWASP_CRS/3.3.4.', engine_mode: 'ENABLED' },
  };
}

describe("the suite's own fields", () => {
  test('are in the harmless body, with their lengths', async () => {
    const { url, seen } = await serveStatus(() => 200);
    const one = { path: '/notes', json: { note: { title: 'Zoë', lines: ['one', 2, true] } } };
    await diagnose(targetAt(url, undefined, { attacks: false }), { suites: [caseFile(one)] });
    const bodies = seen.filter(({ line }) => line === 'POST /notes').map(({ body }) => body);
    expect(bodies).toEqual(['{"note":{"title":"a"}}', '{"note":{"title":"aaaa","lines":["aaa",2,true]}}']);
  });

  test('are as long in text that was given as it is', async () => {
    const { url, seen } = await serveStatus(() => 200);
    const one = { path: '/feed', headers: { 'Content-Type': 'text/xml' }, body: '<feed><p>some words</p></feed>' };
    await diagnose(targetAt(url, undefined, { attacks: false }), { suites: [caseFile(one)] });
    const bodies = seen.filter(({ line }) => line === 'POST /feed').map(({ body }) => body);
    expect(bodies).toEqual(['<a>a</a>', `<a>${'a'.repeat(one.body.length - 7)}</a>`]);
  });

  test('carry the attack, and the same request without it is what it is held against', async () => {
    const { url, seen } = await serveStatus(({ line }) => (line.includes('search') ? 401 : 200));
    const one = { method: 'GET', path: '/search', query: { q: 'blue shoes', page: '2' } };
    const { byId } = await diagnose(targetAt(url, await emptyLog(), { logWaitMs: 50 }), { suites: [caseFile(one)] });
    const lines = seen.map(({ line }) => line).filter((line) => line.includes('search'));
    expect(lines).toEqual(['GET /search?q=a', 'GET /search?q=%3Cscript%3Ealert%281%29%3C%2Fscript%3E']);
    expect(byId('attack').detail).toMatch(/answered 401 like a harmless request/);
  });

  test('are named where an attack is not allowed', async () => {
    const { url, seen } = await serveStatus(() => 200);
    const { byId } = await diagnose(targetAt(url, undefined, { attacks: false }), { suites: [caseFile(long)] });
    expect(byId('attack').fix).toMatch(/in field title of POST \/comments/);
    expect(seen.map(({ body }) => body).join()).not.toMatch(/script/);
  });

  test('are where the WAF detects it', async () => {
    const { url, log } = await startTestLab();
    const { byId } = await diagnose(targetAt(url, log), { suites: [caseFile(long)] });
    expect(byId('attack')).toMatchObject({
      status: 'ok',
      detail: expect.stringMatching(/refused with 403 by rules 941100.*\(in field title of POST \/comments\)/),
    });
  });
});

test('an entry with an id of ours that is of another request is told as forged', async () => {
  const { url, log } = await startTestLab();
  const proxy = await serveProxy(url, (headers) => {
    const entry = entryOf(`${headers['x-wafproof-id']}`, 'PUT /other', []);
    appendFileSync(
      log,
      `${JSON.stringify(entry)}
`,
    );
  });
  const { byId } = await diagnose(targetAt(proxy, log));
  expect(byId('log-entry')).toMatchObject({
    status: 'warning',
    detail: expect.stringMatching(/entries bear ids of requests of ours and are of others: forged/),
  });
});

test.skipIf(leaveOut('nginx'))('an engine of which the log tells no version is not called known', async () => {
  const log = await emptyLog();
  const { url } = await testLab('nginx', { auditLog: log, logFormat: 'error' });
  const { byId } = await diagnose(targetAt(url, log));
  expect(byId('engine')).toMatchObject({
    status: 'warning',
    detail: expect.stringMatching(/version unknown/),
    fix: expect.stringMatching(/audit log/),
  });
});
