import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatVariable } from '../../src/model/evidence.js';
import type { RunReport } from '../../src/model/report.js';
import type { RequestSpec } from '../../src/model/request.js';
import { check } from '../../src/pipeline/check.js';
import { tune } from '../../src/pipeline/tune/tune.js';
import type { World } from '../../src/pipeline/world.js';
import { encodeRequest } from '../../src/request/encode-request.js';
import { variableOf } from '../exclude/exclusions.js';
import { startTestEngine } from '../waf/modsecurity/engine-fixture.js';

const suite = `
suite: Shapes
defaults: { headers: { Host: app.example.com } }
cases:
  - { id: form, path: /a, because: People quote SQL, form: { note: "1' or '1'='1", other: fine } }
  - { id: nested, path: /b, json: { items: [ { note: "union select a from b" }, { note: fine } ] } }
  - { id: cookie, path: /c, method: POST, cookies: { prefs: "a' or 1=1 --" } }
  - { id: odd-name, path: /d, form: { "user[pass word]": "1' or '1'='1" } }
  - { id: query, path: /e, query: { q: "<script>alert(1)</script>" } }
  - { id: method, path: /f, method: PUT, form: { a: fine } }
  - { id: chained, path: /g, form: { next: "http://localhost:4200/x" } }
  - { id: several, path: /h, form: { a: "1' or '1'='1", b: "1' or '1'='1" } }
  - { id: fine, path: /a, form: { note: a plain sentence } }
`;

const folder = mkdtempSync(join(tmpdir(), 'wafproof-tune-test-'));
const progress = { stage() {}, start() {}, done() {}, warn() {}, end() {} };
const world: World = { cwd: folder, env: {}, signal: new AbortController().signal, progress };
const engine = { rulesBefore: [], rulesAfter: [], workers: 1, paranoia: 2 };
const settings = {
  attacks: ['attacks.txt'],
  dialects: [],
  engines: [],
  endpoints: [],
  servers: [],
  firstId: 10_000,
};

let checked: RunReport;
let tuned: RunReport;
let files: readonly string[];

beforeAll(async () => {
  writeFileSync(join(folder, 's.yaml'), suite);
  writeFileSync(join(folder, 'attacks.txt'), "1' or 'x'='x\n<svg onload=alert(1)>\n");
  checked = await check({ suites: ['s.yaml'], select: { tags: [] }, engine, timeoutMs: 60_000 }, world);
  writeFileSync(join(folder, 'report.json'), JSON.stringify(checked));
  const options = { ...settings, reports: ['report.json'], engine, out: 'out' };
  ({ report: tuned, files } = await tune(options, world));
});

async function replayWithFiles(request: RequestSpec): Promise<number> {
  const [before = '', after = ''] = files;
  const fresh = await startTestEngine({ paranoia: 2, rulesBefore: [before], rulesAfter: [after] });
  try {
    const { exchange } = await fresh.evaluate(encodeRequest(request), 'w7-fresh');
    return exchange.outcome.kind === 'answered' ? exchange.outcome.status : 0;
  } finally {
    await fresh.close();
  }
}

function requestOf(id: string): RequestSpec {
  const found = checked.results.find((result) => result.id === `s/${id}`);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found.request;
}

describe('tune', () => {
  it('clears every false positive, and says so', () => {
    const blocked = checked.results.filter(({ verdict }) => verdict.kind === 'false-positive').map(({ id }) => id);
    expect(blocked).toHaveLength(8);
    expect(tuned.verification).toMatchObject({
      cleared: blocked.sort(),
      stillBlocked: [],
      newlyBlocked: [],
      tooBroad: [],
    });
  });

  it('names a field at an endpoint wherever the engine can be told one', () => {
    const wide = tuned.exclusions?.filter(({ widerBecause }) => widerBecause !== undefined) ?? [];
    expect(wide.map(variableOf).map((variable) => variable && formatVariable(variable))).toEqual([
      'ARGS:user[pass word]',
    ]);
    expect(tuned.exclusions?.filter(({ effect }) => effect === 'remove-rule')).toEqual([]);
  });

  it('writes files with which another engine lets the cases through, and an attack elsewhere not', async () => {
    expect(await replayWithFiles(requestOf('nested'))).toBe(200);
    expect(await replayWithFiles(requestOf('odd-name'))).toBe(200);
    const neighbour = { ...requestOf('form'), path: '/elsewhere' };
    expect(await replayWithFiles(neighbour)).toBe(403);
  });

  it('gives each exclusion its findings, its price and its reasons', () => {
    const form = tuned.exclusions?.find(({ scope }) => scope.path === '/a');
    expect(form?.findings.length).toBeGreaterThan(0);
    expect(form?.detectionLoss).toEqual({
      lost: 1,
      blockedBefore: 2,
      attacks: [0],
      classes: [{ className: 'attacks', lost: 1, blockedBefore: 2, example: "1' or 'x'='x" }],
    });
    expect(tuned.verification?.attacksLost).toContain("attacks: 1' or 'x'='x");
    expect(readFileSync(files[0] ?? '', 'utf8')).toContain('s/form (People quote SQL)');
  });

  it('writes nothing outside of the output folder', () => {
    expect(readdirSync(folder).sort()).toEqual(['attacks.txt', 'out', 'report.json', 's.yaml']);
    expect(files.map((file) => file.replace(`${folder}/`, ''))).toEqual([
      'out/modsecurity/REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf',
      'out/modsecurity/RESPONSE-999-EXCLUSION-RULES-AFTER-CRS.conf',
    ]);
  });

  it('stops where a corpus of attacks is missing', async () => {
    const options = { ...settings, reports: ['report.json'], engine, attacks: ['nothing.txt'], out: 'out' };
    await expect(tune(options, world)).rejects.toMatchObject({ code: 'CORPUS_MISSING' });
  });
});
