import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { check } from '../../src/pipeline/check.js';
import { doctor } from '../../src/pipeline/doctor.js';
import { startLab } from '../../src/pipeline/lab.js';
import { publish } from '../../src/pipeline/publish.js';
import { run } from '../../src/pipeline/run.js';
import { readReports } from '../../src/pipeline/saved-reports.js';
import { setupAdvice, setupServers } from '../../src/pipeline/setup-advice.js';
import { tuneReport } from '../../src/pipeline/tune/tune.js';
import { serveHttp } from '../replay/loopback.js';
import { folderOf } from '../suite/suite-folder.js';
import { watchedWorld } from './cases.js';
import { emptyLog } from './doctor-target.js';
import { suiteOfGets, verdictsOf } from './run-against.js';
import { rule, tinyEntry, tinyWaf } from './tiny-waf.js';
import { tuneSettings } from './tune-ground.js';

const suite = `suite: S
defaults: { method: POST, path: / }
cases:
  - { id: calm, body: hello }
  - { id: evil, body: evil }
  - { id: guest, body: from abroad }
`;
const select = { tags: [] };
const engine = { rulesBefore: [], rulesAfter: [] };

async function worldWith(waf = tinyWaf(), files: Readonly<Record<string, string>> = { 's.yaml': suite }) {
  const cwd = await folderOf(files);
  return { cwd, env: {}, ...watchedWorld(), wafs: [waf] as const };
}

/** A server that refuses what is evil, and writes the tiny WAF's log. */
async function serve(writeLate: (write: () => void) => void = (write) => write()) {
  const log = await emptyLog();
  const url = await serveHttp(async (request, response) => {
    let text = request.url ?? '';
    for await (const chunk of request) text += chunk;
    const entry = tinyEntry(String(request.headers['x-wafproof-id']), text);
    writeLate(() => appendFileSync(log, entry));
    response.writeHead(entry.includes('"evil":true') ? 403 : 200).end();
  });
  const target = { name: 'edge', url, connections: 8, timeoutMs: 10_000, attacks: true, insecure: false };
  return { ...target, waf: { kind: 'tiny', log } };
}

const known = { kind: 'tiny', name: 'Tiny WAF', facts: [{ label: 'Capacity', value: '7' }] };

function expectFinding({ findings, target }: RunReport): void {
  expect(findings).toMatchObject([{ ruleId: rule, cases: ['s/evil'] }]);
  expect(target.waf).toEqual(known);
}

test('run sends, reads its log and judges', async () => {
  const report = await run({ suites: ['s.yaml'], select, target: await serve() }, await worldWith());
  expect(verdictsOf(report)).toEqual(['let-through', 'false-positive', 'let-through']);
  expectFinding(report);
});

test('check evaluates, and what cannot be decided is inconclusive with its reason', async () => {
  const report = await check({ suites: ['s.yaml'], select, engine, timeoutMs: 1000 }, await worldWith());
  expect(report.results.map(({ verdict }) => verdict)).toEqual([
    { kind: 'let-through', nearMiss: false },
    { kind: 'false-positive', detectedOnly: false },
    { kind: 'inconclusive', reason: 'the rule tiny#abroad needs the country of the client' },
  ]);
  expectFinding(report);
});

test('doctor looks at what the WAF looks at, and says what it says', async () => {
  const target = await serve();
  const diagnosis = await doctor({ target, suites: [], canary: false }, await worldWith());
  expect(diagnosis.target.waf).toEqual(known);
  const statuses = diagnosis.checks.map(({ id, status }) => `${id} ${status}`);
  expect(statuses).toEqual([
    'reachable ok',
    'log ok',
    'log-entry ok',
    'header ok',
    'benign ok',
    'attack ok',
    'looked ok',
    'body skipped',
    'clock ok',
  ]);
  const unlogged = { ...target, logWaitMs: 50, waf: { kind: 'tiny', log: await emptyLog() } };
  const { checks } = await doctor({ target: unlogged, suites: [], canary: false }, await worldWith());
  expect(checks.find(({ id }) => id === 'log-entry')?.fix).toBe('tiny: log within 50 ms');
});

test('doctor asks the WAF once what it says of itself, and examines that though nobody answers', async () => {
  let asked = 0;
  const examine = () => ({ status: 'ok', detail: `asked ${asked} times` }) as const;
  const gatherChecks = async () => {
    asked++;
    const own = { title: 'Own', examine };
    return [
      { ...own, id: 'own-settings', independent: true as const },
      { ...own, id: 'own-answers' },
    ];
  };
  const target = { ...(await serve()), url: 'http://127.0.0.1:1/' };
  const world = await worldWith({ ...tinyWaf(), gatherChecks });
  const { checks } = await doctor({ target, suites: [], canary: false }, world);
  const own = checks.filter(({ id }) => id.startsWith('own-'));
  expect(own).toEqual([
    { id: 'own-settings', title: 'Own', status: 'ok', detail: 'asked 1 times' },
    { id: 'own-answers', title: 'Own', status: 'skipped', detail: 'the target does not answer' },
  ]);
});

test('report shows what was saved, with the facts and the advice of the WAF', async () => {
  const world = await worldWith();
  const report = await check({ suites: ['s.yaml'], select, engine, timeoutMs: 1000 }, world);
  const { facts: _, name: __, ...measured } = report.target.waf;
  const saved = JSON.stringify({ ...report, target: { ...report.target, waf: measured } });
  const { cwd } = await worldWith(tinyWaf(), { 'old.json': saved });
  const read = await readReports(['old.json'], { ...world, cwd });
  expect(read).toEqual(report);
  const publication = { reporters: ['terminal', 'html'], out: join(cwd, 'out'), colours: false };
  const { terminal } = await publish(read, publication, world);
  expect(terminal).toContain('Tiny WAF · capacity 7\n');
  expect(terminal).toContain('  tiny --more\n    asks for more\n');
  expect(terminal).toContain('wafproof tune');
});

test('tune searches, proves and writes exclusions, and says what cannot be decided', async () => {
  const world = await worldWith(tinyWaf(), { 's.yaml': suite, 'attacks.txt': 'evil script\nharmless\n' });
  const report = await check({ suites: ['s.yaml'], select, engine, timeoutMs: 1000 }, world);
  const settings = { ...tuneSettings, attacks: ['attacks.txt'] };
  const { report: tuned, files } = await tuneReport(report, { ...settings, engine, out: 'out' }, world);
  expect(tuned.exclusions).toMatchObject([
    { effect: 'remove-target', ruleIds: [rule], scope: { method: 'POST', path: '/' }, field: { kind: 'body' } },
  ]);
  expect(tuned.exclusions?.[0]?.detectionLoss).toMatchObject({ lost: 1, blockedBefore: 1 });
  expect(tuned.verification).toMatchObject({
    engine: 'Words 1.0',
    cleared: ['s/evil'],
    stillBlocked: [],
    newlyBlocked: [],
    tooBroad: [],
    undecided: ['s/guest'],
  });
  expect(files.map((file) => file.replace(`${world.cwd}/`, ''))).toEqual(['out/words/words.txt']);
});

test('a WAF without a prover cannot be tuned, nor audited', async () => {
  const { openProver: _, ...without } = tinyWaf();
  const world = await worldWith(without);
  const report = await check({ suites: ['s.yaml'], select, engine, timeoutMs: 1000 }, world);
  const options = { ...tuneSettings, attacks: [], engine, out: 'out' };
  await expect(tuneReport(report, options, world)).rejects.toMatchObject({ code: 'WAF_NO_TUNING' });
  const publication = { reporters: ['terminal'], out: join(world.cwd, 'out'), colours: false };
  expect((await publish(report, publication, world)).terminal).not.toContain('wafproof tune');
});

test('what is not there is said', async () => {
  const { startEngine: _, ...without } = tinyWaf();
  const world = await worldWith(without);
  const options = { suites: ['s.yaml'], select, engine, timeoutMs: 1000 };
  await expect(check(options, world)).rejects.toMatchObject({ code: 'WAF_NO_ENGINE' });
  await expect(check({ ...options, waf: 'other' }, world)).rejects.toMatchObject({ code: 'WAF_UNKNOWN' });
  await expect(startLab({ engine, port: 0, mode: 'block' }, world)).rejects.toMatchObject({ code: 'USAGE' });
  expect([setupServers(world), setupAdvice('tiny', world)]).toEqual([['tiny'], 'log on\n']);
});

test('a log that is minutes late does not hold the sending back, and is joined when the sending is over', async () => {
  const entries: (() => void)[] = [];
  let isLate = false;
  const target = await serve((write) => (isLate ? entries.push(write) : write()));
  const world = await worldWith(tinyWaf({ typicalMs: 60_000, longestMs: 600_000, pollMs: 20 }), {
    's.yaml': suiteOfGets(1000),
  });
  const start = world.progress.start;
  world.progress.start = (total) => {
    isLate = true;
    start(total);
  };
  const running = run({ suites: ['s.yaml'], select, target }, world);
  while (entries.length < 1000) await delay(10);
  expect(world.told.filter((text) => text.startsWith('s/'))).toEqual([]);
  for (const write of entries) write();
  expect(new Set(verdictsOf(await running))).toEqual(new Set(['let-through']));
});

const minutes = { typicalMs: 60_000, longestMs: 600_000, pollMs: 20 };

test('a run waits once for a log that comes minutes later: not for what it says of the target before', async () => {
  const entries: (() => void)[] = [];
  const target = await serve((write) => entries.push(write));
  const world = await worldWith(tinyWaf(minutes), { 's.yaml': suiteOfGets(20) });
  const running = run({ suites: ['s.yaml'], select, target }, world);
  const [probe, canary] = [1, 1];
  while (entries.length < probe + canary + 20) await delay(10);
  for (const write of entries) write();
  const report = await running;
  expect(new Set(verdictsOf(report))).toEqual(new Set(['let-through']));
  expect(report.target.waf).toEqual(known);
});

test('the doctor asks all it has to ask, and waits once for a log that comes minutes later', async () => {
  const entries: (() => void)[] = [];
  const target = await serve((write) => entries.push(write));
  const diagnosing = doctor({ target, suites: [], canary: false }, await worldWith(tinyWaf(minutes)));
  const [plain, attack, ofCheck] = [1, 1, 1];
  while (entries.length < plain + attack + ofCheck) await delay(10);
  for (const write of entries) write();
  const { checks } = await diagnosing;
  expect(checks.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(checks.find(({ id }) => id === 'looked')).toMatchObject({ status: 'ok', detail: '2 rules' });
});
