import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { RunOptions } from '../../src/model/options.js';
import { run } from '../../src/pipeline/run.js';
import { listen, serveHttp } from '../replay/loopback.js';
import { ruleFolder } from '../waf/modsecurity/engine-fixture.js';
import { caseFile } from './doctor-suites.js';
import { diagnose, emptyLog, serveProxy, startTestLab, statuses, targetAt, world } from './doctor-target.js';

const allWell = {
  reachable: 'ok',
  log: 'ok',
  'log-entry': 'ok',
  header: 'ok',
  benign: 'ok',
  attack: 'ok',
  rules: 'ok',
  engine: 'ok',
  settings: 'ok',
  truncation: 'ok',
  body: 'skipped',
  clock: 'ok',
};

describe('a target that is ready', () => {
  test('blocks', async () => {
    const { url, log } = await startTestLab();
    const diagnosis = await diagnose(targetAt(url, log));
    expect(statuses(diagnosis)).toEqual(allWell);
    expect(diagnosis.target.waf).toMatchObject({
      ruleset: expect.stringMatching(/^OWASP_CRS/),
      paranoia: 1,
      mode: 'block',
    });
    expect(diagnosis.byId('attack').detail).toMatch(/refused with 403 by rules 941100/);
  });

  test('only detects', async () => {
    const { url, log } = await startTestLab({ mode: 'detect' });
    const diagnosis = await diagnose(targetAt(url, log));
    expect(statuses(diagnosis)).toEqual(allWell);
    expect(diagnosis.byId('attack').detail).toMatch(/detected by rules 941100.*only detects/);
    expect(diagnosis.byId('engine').detail).toMatch(/only detects/);
  });
});

test('a log that a collector has wrapped is joined, and it is said what it is', async () => {
  const { url, log } = await startTestLab();
  const command = `tail -n0 -F ${log} | sed -u 's/^/waf-1  | /'`;
  const waf = { kind: 'modsecurity', log: { command } };
  const diagnosis = await diagnose(targetAt(url, undefined, { waf }));
  expect(statuses(diagnosis)).toEqual(allWell);
  expect(diagnosis.byId('log-entry').detail).toMatch(
    /after the answer; what it holds: lines of docker compose, ModSecurity 3 JSON audit log inside$/,
  );
});

const noRules = 'SecAction "id:1,phase:1,pass,nolog"\n';

/** A lab whose only rules are these. */
function labWithRules(rules: string) {
  return startTestLab({ engine: { crs: ruleFolder(rules), rulesBefore: [], rulesAfter: [], workers: 1 } });
}

describe('a WAF that lets everything through', () => {
  test('has no rules', async () => {
    const { url, log } = await labWithRules(noRules);
    const diagnosis = await diagnose(targetAt(url, log));
    expect(statuses(diagnosis)).toEqual({ ...allWell, attack: 'failed', rules: 'failed', settings: 'warning' });
    expect(diagnosis.byId('attack').detail).toMatch(/no rule matched/);
  });

  test('has no rules, which is seen without an attack too', async () => {
    const { url, log } = await labWithRules(noRules);
    const diagnosis = await diagnose(targetAt(url, log, { attacks: false }));
    expect(statuses(diagnosis)).toMatchObject({ attack: 'warning', rules: 'failed' });
  });

  test('has a threshold that no attack reaches', async () => {
    const engine = { rulesBefore: [], rulesAfter: [], workers: 1, threshold: 1000 };
    const { url, log } = await startTestLab({ engine });
    const attack = (await diagnose(targetAt(url, log))).byId('attack');
    expect(attack).toMatchObject({ status: 'failed', fix: expect.stringMatching(/threshold/) });
    expect(attack.detail).toMatch(/score 15, threshold 1000/);
  });

  test('stops a run before the first case', async () => {
    const { url, log } = await labWithRules(noRules);
    await expect(run(runOptions(url, log), world)).rejects.toMatchObject({ code: 'WAF_SILENT' });
  });

  test('may have rules of its own, when they have a name', async () => {
    const { url, log } = await labWithRules(`SecComponentSignature "shop/1.0"\n${noRules}`);
    const diagnosis = await diagnose(targetAt(url, log, { attacks: false }));
    expect(diagnosis.byId('rules')).toMatchObject({ status: 'ok', detail: 'shop/1.0' });
    await expect(run(runOptions(url, log), world)).resolves.toMatchObject({ summary: { cases: 1 } });
  });
});

function runOptions(url: string, log: string): RunOptions {
  return { suites: [caseFile({ body: 'hello' })], select: { tags: [] }, target: targetAt(url, log) };
}

describe('a target where attacks are not allowed', () => {
  test('is sent none, and the check says how to allow one', async () => {
    const seen: string[] = [];
    const url = await serveHttp((request, response) => {
      seen.push(request.url ?? '');
      response.end('ok');
    });
    const attack = (await diagnose(targetAt(url, await emptyLog(), { attacks: false, logWaitMs: 50 }))).byId('attack');
    expect(attack).toMatchObject({ status: 'warning', fix: expect.stringMatching(/--canary.*attacks: true/) });
    expect(seen.join()).not.toMatch(/script/);
  });

  test('is sent one with --canary', async () => {
    const { url, log } = await startTestLab();
    const diagnosis = await diagnose(targetAt(url, log, { attacks: false }), { canary: true });
    expect(statuses(diagnosis)).toEqual(allWell);
  });
});

describe('a log in which nothing is found', () => {
  test('is that of another server', async () => {
    const { url } = await startTestLab();
    const diagnosis = await diagnose(targetAt(url, await emptyLog(), { logWaitMs: 200 }));
    expect(statuses(diagnosis)).toMatchObject({
      reachable: 'ok',
      log: 'ok',
      'log-entry': 'failed',
      header: 'skipped',
      benign: 'ok',
      attack: 'failed',
      rules: 'skipped',
      engine: 'skipped',
      truncation: 'skipped',
    });
    expect(diagnosis.byId('attack').detail).toMatch(/answered 403, but the log has no entry/);
  });

  test('is empty, and there is no WAF', async () => {
    const url = await serveHttp((_, response) => response.end('ok'));
    const diagnosis = await diagnose(targetAt(url, await emptyLog(), { logWaitMs: 200 }));
    expect(statuses(diagnosis)).toMatchObject({ benign: 'ok', 'log-entry': 'failed', attack: 'failed' });
    expect(diagnosis.byId('attack').detail).toMatch(/answered 200 like a harmless request/);
  });

  test('is not there', async () => {
    const { url, log } = await startTestLab();
    const diagnosis = await diagnose(targetAt(url, `${log}.absent`));
    expect(diagnosis.byId('log')).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('audit.log.absent'),
    });
    expect(statuses(diagnosis)).toMatchObject({
      reachable: 'ok',
      'log-entry': 'skipped',
      attack: 'warning',
      clock: 'ok',
    });
  });

  test('is not named', async () => {
    const { url } = await startTestLab();
    const { byId } = await diagnose(targetAt(url, undefined));
    expect(byId('log')).toMatchObject({ status: 'failed', fix: expect.stringMatching(/waf\.log/) });
  });

  test('has our requests without the header, which a proxy drops', async () => {
    const { url, log } = await startTestLab();
    const proxy = await serveProxy(url, (headers) => delete headers['x-wafproof-id']);
    const diagnosis = await diagnose(targetAt(proxy, log, { logWaitMs: 300 }));
    expect(statuses(diagnosis)).toMatchObject({ log: 'ok', 'log-entry': 'failed', header: 'failed' });
    expect(diagnosis.byId('header').detail).toMatch(/without the header/);
  });

  test('has what others left unfinished in it, and is read as well as by a run', async () => {
    const { url, log } = await startTestLab();
    const proxy = await serveProxy(url, () => appendFileSync(log, unfinishedEntry));
    const diagnosis = await diagnose(targetAt(proxy, log));
    expect(statuses(diagnosis)).toEqual(allWell);
  });

  test('has the header as a proxy changed it', async () => {
    const { url, log } = await startTestLab();
    const proxy = await serveProxy(url, (headers) => {
      headers['x-wafproof-id'] = `${headers['x-wafproof-id']}, edge`;
    });
    const { byId } = await diagnose(targetAt(proxy, log, { logWaitMs: 300 }));
    expect(byId('header')).toMatchObject({
      status: 'failed',
      detail: expect.stringMatching(/w7-\w+-\w+-doctor1-info, edge/),
    });
  });
});

/** What a server leaves that dies while it writes an entry in the native format. */
const unfinishedEntry = `--1a2b3c4d-A--
[22/Nov/2026:20:59:52 +0000] 179541599269.000000 127.0.0.1 41032 127.0.0.1 8080
--1a2b3c4d-B--
POST /upload HTTP/1.1
Host: app.example.com
`;

describe('a target that gives no answer', () => {
  test('is down, and the rest is left out', async () => {
    const url = 'http://127.0.0.1:1';
    const diagnosis = await diagnose(targetAt(url, await emptyLog()));
    const { reachable, log, ...others } = statuses(diagnosis);
    expect([reachable, log]).toEqual(['failed', 'ok']);
    expect(new Set(Object.values(others))).toEqual(new Set(['skipped']));
    expect(diagnosis.byId('reachable').fix).toMatch(/start the server/);
    expect(diagnosis.byId('benign').detail).toBe('the target does not answer');
  });

  test('accepts the connection and closes it', async () => {
    const url = await listen(createServer((socket) => socket.destroy()));
    const { byId } = await diagnose(targetAt(url, await emptyLog()));
    expect(byId('reachable')).toMatchObject({ status: 'failed', fix: expect.stringMatching(/scheme/) });
  });
});

describe('answers that tell of something else', () => {
  test('a redirection to another origin', async () => {
    const url = await serveHttp((_, response) => response.writeHead(301, { location: 'https://shop.example/' }).end());
    const { byId } = await diagnose(targetAt(url, await emptyLog(), { logWaitMs: 50 }));
    expect(byId('reachable')).toMatchObject({ status: 'warning', fix: 'use https://shop.example as the target' });
  });

  test('a harmless request that the WAF refuses', async () => {
    const rules = 'SecAction "id:949110,phase:1,deny,status:403,log,msg:\'no\'"\n';
    const { url, log } = await labWithRules(rules);
    const { byId } = await diagnose(targetAt(url, log));
    expect(byId('benign')).toMatchObject({ status: 'failed', detail: expect.stringMatching(/refused/) });
  });

  test('a clock that is behind', async () => {
    const date = new Date(Date.now() - 3_600_000).toUTCString();
    const url = await serveHttp((_, response) => response.setHeader('Date', date).end());
    const { byId } = await diagnose(targetAt(url, await emptyLog(), { logWaitMs: 50 }));
    expect(byId('clock')).toMatchObject({
      status: 'warning',
      detail: expect.stringMatching(/3(599|600|601) s behind/),
    });
  });

  test('an old answer from a cache is no wrong clock', async () => {
    const date = new Date(Date.now() - 3_600_000).toUTCString();
    const url = await serveHttp((_, response) => response.writeHead(200, { date, age: '3600' }).end());
    const { byId } = await diagnose(targetAt(url, await emptyLog(), { logWaitMs: 50 }));
    expect(byId('clock').status).toBe('ok');
  });
});

describe('the largest case', () => {
  test('fits', async () => {
    const { url, log } = await startTestLab();
    const suites = [caseFile({ form: { text: 'a'.repeat(20_000) } })];
    const { byId } = await diagnose(targetAt(url, log), { suites });
    expect(byId('body')).toMatchObject({
      status: 'ok',
      detail: expect.stringMatching(/20005 bytes, as large\/one has/),
    });
  });

  test('is longer than the engine parses', async () => {
    const { url, log } = await startTestLab();
    const suites = [caseFile({ form: { text: 'a'.repeat(140_000) } })];
    const { byId } = await diagnose(targetAt(url, log), { suites });
    expect(byId('body')).toMatchObject({ status: 'failed', detail: expect.stringMatching(/could not be parsed/) });
    expect(byId('body').fix).toMatch(/SecRequestBodyNoFilesLimit/);
  });

  test('is longer than the server takes', async () => {
    const url = await serveHttp((request, response) => {
      const tooLong = Number(request.headers['content-length'] ?? 0) > 1000;
      response.writeHead(tooLong ? 413 : 200, { connection: 'close' }).end();
      request.resume();
    });
    const suites = [caseFile({ json: { text: 'a'.repeat(2000) } })];
    const { byId } = await diagnose(targetAt(url, await emptyLog(), { logWaitMs: 50 }), { suites });
    expect(byId('body')).toMatchObject({ status: 'failed', fix: expect.stringMatching(/client_max_body_size/) });
  });

  test('is an attack, which does not count where none is sent', async () => {
    const { url, log } = await startTestLab();
    const suites = [caseFile({ form: { text: 'a'.repeat(20_000) }, intent: 'attack' })];
    const { byId } = await diagnose(targetAt(url, log, { attacks: false }), { suites });
    expect(byId('body').status).toBe('skipped');
  });
});
