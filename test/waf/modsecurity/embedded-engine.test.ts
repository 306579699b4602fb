import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WafproofError } from '../../../src/model/error.js';
import type { WireRequest } from '../../../src/model/request.js';
import type { EmbeddedEngine } from '../../../src/waf/modsecurity/embedded-engine.js';
import { findLibrary } from '../../../src/waf/modsecurity/library.js';
import { folderOf } from '../../suite/suite-folder.js';
import { form, post, ruleFile, ruleFolder, startTestEngine } from './engine-fixture.js';

const attack = form(['q', "1' UNION SELECT password FROM users -- "]);
const benign = form(['q', 'a plain sentence']);

async function statusOf(engine: EmbeddedEngine, request: WireRequest): Promise<number | string> {
  const { exchange } = await engine.evaluate(request, 'w7-test');
  return exchange.outcome.kind === 'answered' ? exchange.outcome.status : exchange.outcome.reason;
}

async function failure(start: Promise<EmbeddedEngine>): Promise<WafproofError> {
  try {
    await (await start).close();
  } catch (error) {
    if (error instanceof WafproofError) return error;
    throw error;
  }
  throw new Error('the engine started');
}

describe('the embedded engine', () => {
  let engine: EmbeddedEngine;
  beforeAll(async () => {
    engine = await startTestEngine({ workers: 2 });
  });
  afterAll(() => engine.close());

  it('says what it is', () => {
    expect(engine.info).toMatchObject({ kind: 'modsecurity', paranoia: 1, threshold: 5, mode: 'block' });
    expect(engine.info.version).toMatch(/^ModSecurity 3\.\d+\.\d+$/);
    expect(engine.info.ruleset).toMatch(/^OWASP_CRS\/\d/);
  });

  it('refuses an attack and lets a sentence through', async () => {
    expect(await statusOf(engine, attack)).toBe(403);
    expect(await statusOf(engine, benign)).toBe(200);
  });

  it('reports score, threshold and rules of a refusal', async () => {
    const { record } = await engine.evaluate(attack, 'w7-test');
    expect(record).toMatchObject({ action: 'blocked', transactionId: 'w7-test', score: { threshold: 5 } });
    expect(record?.score?.inbound).toBeGreaterThanOrEqual(5);
    expect(record?.hits.map(({ ruleId }) => ruleId)).toContain(942100);
    expect(record?.hits.map(({ ruleId }) => ruleId)).not.toContain(949110);
  });

  it('reports the score of a request that stays under the threshold', async () => {
    const { record } = await engine.evaluate(post({ kind: 'none' }, { path: '/?width=50%zz' }), 'w7-test');
    expect(record).toMatchObject({ action: 'passed', score: { inbound: 3, threshold: 5 } });
    expect(record?.hits.map(({ ruleId }) => ruleId)).toEqual([920220]);
  });

  it('refuses a body that cannot be parsed, without a score', async () => {
    const broken = post(
      { kind: 'raw', content: { text: '{"a": ' } },
      { headers: [['Content-Type', 'application/json']] },
    );
    const { exchange, record } = await engine.evaluate(broken, 'w7-test');
    expect(exchange.outcome).toMatchObject({ status: 400 });
    expect(record).toMatchObject({ action: 'blocked' });
    expect(record?.hits.map(({ ruleId }) => ruleId)).toContain(200002);
  });

  it('survives requests of any bytes', async () => {
    const bytes = Uint8Array.from({ length: 4096 }, (_, i) => (i * 31) % 256);
    const request: WireRequest = { ...attack, body: bytes };
    expect(await statusOf(engine, request)).toBeTypeOf('number');
    expect(await statusOf(engine, benign)).toBe(200);
  });
});

describe('results', () => {
  it('do not depend on the number of workers or the order of requests', async () => {
    const requests = Array.from({ length: 60 }, (_, i) =>
      form([`f${i % 7}`, i % 3 === 0 ? `${i}' or 1=1 --` : `text ${i}`]),
    );
    const answers = async (workers: number, order: readonly WireRequest[]) => {
      const engine = await startTestEngine({ workers });
      const all = await Promise.all(order.map((request) => engine.evaluate(request, 'w7-test')));
      await engine.close();
      return all.map(({ record }) => JSON.stringify(record?.hits));
    };
    const one = await answers(1, requests);
    expect(await answers(4, requests)).toEqual(one);
    expect((await answers(2, requests.toReversed())).toReversed()).toEqual(one);
  });

  it('follow mode, level and threshold', async () => {
    const detecting = await startTestEngine({ mode: 'detect' });
    const { record } = await detecting.evaluate(attack, 'w7-test');
    expect([await statusOf(detecting, attack), record?.action]).toEqual([200, 'would-block']);
    await detecting.close();
    const patient = await startTestEngine({ threshold: 10_000, paranoia: 4 });
    expect(patient.info).toMatchObject({ paranoia: 4, threshold: 10_000 });
    expect(await statusOf(patient, attack)).toBe(200);
    await patient.close();
  });

  it("follow the user's rules before and after the Core Rule Set", async () => {
    const exclude = ruleFile('a.conf', 'SecRuleRemoveById 942100 942190 942270 942360 942260 942200 942480 942130\n');
    const allow = ruleFile(
      'b.conf',
      'SecRule ARGS:q "@contains UNION" "id:1000,phase:1,pass,nolog,ctl:ruleEngine=Off"\n',
    );
    const engine = await startTestEngine({ rulesBefore: [allow], rulesAfter: [exclude] });
    const { record } = await engine.evaluate(attack, 'w7-test');
    expect(record?.hits.map(({ ruleId }) => ruleId)).not.toContain(942100);
    await engine.close();
  });

  // A defect of libmodsecurity 3.0.9. `tune` writes a pattern only where a name cannot be spelled otherwise.
  it.each([
    ['!ARGS_NAMES:q', true],
    ['!ARGS_NAMES:/^other$/', true],
    ['!ARGS_NAMES:/^q$/', false],
  ])('%s leaves the value of q to a rule: %s', async (target, fires) => {
    const rule = ruleFile('rule.conf', 'SecRule ARGS|ARGS_NAMES "@contains UNION" "id:1000,phase:2,pass,log"\n');
    const update = ruleFile('update.conf', `SecRuleUpdateTargetById 1000 "${target}"\n`);
    const engine = await startTestEngine({ rulesBefore: [rule], rulesAfter: [update] });
    const { record } = await engine.evaluate(attack, 'w7-test');
    expect(record?.hits.some(({ ruleId }) => ruleId === 1000)).toBe(fires);
    await engine.close();
  });
});

describe('a rule file that does not load', () => {
  it('is named with line, column and the words of the engine, and the next engine starts', async () => {
    const broken = ruleFile('broken.conf', '# fine\nSecRule ARGS "@rx a" "id:1,phase:2,nonsense"\n');
    const error = await failure(startTestEngine({ rulesAfter: [broken] }));
    expect(error.code).toBe('RULES_INVALID');
    expect(error.problems[0].place).toMatchObject({ file: broken, line: 2 });
    expect(error.message).toMatch(/Expecting an action/);
    const next = await startTestEngine();
    expect(await statusOf(next, attack)).toBe(403);
    await next.close();
  });

  it('leaves standard output to the command', () => {
    const broken = ruleFile('echo.conf', 'SecRuleRemoveById "1-3"\n');
    const script = `
      import { check, worldOf } from './dist/index.js';
      const start = (rulesAfter) =>
        check({ suites: ['suites/comments.yaml'], engine: { workers: 1, rulesBefore: [], rulesAfter } }, worldOf({ cwd: '.' }));
      await start([${JSON.stringify(broken)}]).catch((error) => console.log(error.code));
      await start([]);
      console.log('ours');`;
    const output = execFileSync('node', ['--input-type=module', '--eval', script], { encoding: 'utf8' });
    expect(output).toBe('RULES_INVALID\nours\n');
  });

  it('is found when a rule id is defined twice', async () => {
    const twice = ruleFile('twice.conf', 'SecRule ARGS "@rx a" "id:942100,phase:2,pass"\n');
    expect((await failure(startTestEngine({ rulesAfter: [twice] }))).message).toMatch(/942100/);
  });

  it.each([
    ['ENGINE_MISSING', { library: '/nonexistent/libmodsecurity.so.3' }],
    ['ENGINE_START', { library: '/etc/hostname' }],
    ['CRS_MISSING', { crs: '/nonexistent' }],
    ['RULES_NOT_FOUND', { rulesBefore: ['/nonexistent.conf'] }],
  ] as const)('or is not there: %s', async (code, options) => {
    expect((await failure(startTestEngine(options))).code).toBe(code);
  });
});

describe('a rule set without its settings', () => {
  const asks =
    'SecRule &TX:crs_setup_version "@eq 0" "id:901001,phase:1,deny,status:500,log,msg:\'Without configuration\'"\n';

  const withoutSetup = () => folderOf({ 'rules/REQUEST-901-INITIALIZATION.conf': asks });

  it('is an error, and not a refusal of every request', async () => {
    expect((await failure(startTestEngine({ crs: await withoutSetup() }))).code).toBe('CRS_SETUP_MISSING');
  });

  it('is taken where rules before it, or a file of settings, say what it asks for', async () => {
    const own = ruleFile(
      'own-setup.conf',
      'SecAction "id:900990,phase:1,pass,nolog,setvar:tx.crs_setup_version=335"\n',
    );
    for (const options of [{ rulesBefore: [own] }, { crsSetup: own }]) {
      const engine = await startTestEngine({ crs: await withoutSetup(), workers: 1, ...options });
      expect(await statusOf(engine, benign)).toBe(200);
      await engine.close();
    }
  });
});

describe('a rule file that ends without a newline', () => {
  it('takes effect and does not spoil the next one', async () => {
    const unfinished = ruleFile('unfinished.conf', 'SecRuleUpdateTargetById 942100 "!ARGS:q"');
    const next = ruleFile(
      'next.conf',
      'SecRule ARGS:q "@contains second" "id:1001,phase:2,deny,status:406,log,msg:\'x\'"\n',
    );
    const engine = await startTestEngine({ rulesAfter: [unfinished, next] });
    const { record } = await engine.evaluate(form(['q', "1' or '1'='1"]), 'w7-test');
    expect(record?.hits.map(({ ruleId }) => ruleId)).not.toContain(942100);
    expect(await statusOf(engine, form(['q', 'second']))).toBe(406);
    await engine.close();
  });
});

describe('an engine process that ends', () => {
  it('is replaced, and only the request that it worked on has no answer', async () => {
    const engine = await startTestEngine({ workers: 1, crs: ruleFolder('SecRule ARGS "@rx a" "id:1,phase:2,pass"\n') });
    const pids = execFileSync('pgrep', ['-P', `${process.pid}`, '-f', 'engine-process'], { encoding: 'utf8' });
    const running = Array.from({ length: 6 }, () => statusOf(engine, benign));
    for (const pid of pids.trim().split('\n')) process.kill(Number(pid), 'SIGKILL');
    const answers = await Promise.all(running);
    expect(answers.filter((answer) => answer === 200).length).toBeGreaterThanOrEqual(5);
    expect(await statusOf(engine, benign)).toBe(200);
    await engine.close();
  });

  const costly = Array.from(
    { length: 3000 },
    (_, i) => `SecRule ARGS:text "@rx (?:a|b|ab)*[cd]" "id:${i + 1},phase:2,pass"\n`,
  );
  const telling = `SecRule ARGS:q "@contains plain" "id:9001,phase:2,deny,log,msg:'told'"\n`;
  const endless = form(['text', 'ab'.repeat(60_000)]);

  it('because a request takes too long gives that request a reason, and the others their answers', async () => {
    const engine = await startTestEngine({ workers: 1, timeoutMs: 2500, crs: ruleFolder(costly.join('')) });
    const requests = [benign, benign, endless, benign, benign, benign];
    const answers = await Promise.all(requests.map((request) => statusOf(engine, request)));
    expect(answers.join()).toBe('200,200,timeout,200,200,200');
    await engine.close();
  });

  it('leaves nothing that the next request could be taken for', async () => {
    const crs = ruleFolder(`${telling}${costly.join('')}`);
    const engine = await startTestEngine({ workers: 1, timeoutMs: 2500, crs });
    const hitsOf = async (request: WireRequest, id: string) =>
      (await engine.evaluate(request, id)).record?.hits.map(({ ruleId }) => ruleId);
    const hits = [benign, endless, benign, attack, endless, benign, benign].map((request, i) =>
      hitsOf(request, `w${i}`),
    );
    expect(await Promise.all(hits)).toEqual([[9001], undefined, [9001], [], undefined, [9001], [9001]]);
    await engine.close();
  });

  it('whose folder is gone, as where temporary files are tidied up, is started again', async () => {
    const place = await folderOf({});
    const crs = ruleFolder(telling);
    vi.stubEnv('TMPDIR', place);
    const engine = await startTestEngine({ workers: 1, crs }).finally(() => vi.unstubAllEnvs());
    rmSync(place, { recursive: true });
    mkdirSync(place);
    killProcesses();
    for (let status: number | string = ''; status !== 403; ) status = await statusOf(engine, benign);
    expect((await engine.evaluate(benign, 'w7-again')).record?.hits.map(({ ruleId }) => ruleId)).toEqual([9001]);
    await engine.close();
  });

  it('and cannot be started again ends the job', async () => {
    const library = join(dirname(ruleFile('unused.conf', '')), 'libmodsecurity.so.3');
    copyFileSync(findLibrary(undefined), library);
    const engine = await startTestEngine({ workers: 1, crs: ruleFolder(telling), library });
    rmSync(library);
    killProcesses();
    await expect(statusAfterDeath(engine)).rejects.toMatchObject({ code: 'ENGINE_START' });
    await engine.close();
  });
});

/** Ends the engine's processes of this one. */
function killProcesses(): void {
  const pids = execFileSync('pgrep', ['-P', `${process.pid}`, '-f', 'engine-process'], { encoding: 'utf8' });
  for (const pid of pids.trim().split('\n')) process.kill(Number(pid), 'SIGKILL');
}

/** Asks until the process that was asked last is one that could not be started. */
async function statusAfterDeath(engine: EmbeddedEngine): Promise<never> {
  for (;;) await statusOf(engine, benign);
}
