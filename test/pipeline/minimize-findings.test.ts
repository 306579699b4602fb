import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatVariable } from '../../src/model/evidence.js';
import type { Minimal } from '../../src/model/minimal.js';
import type { CaseResult, RunReport } from '../../src/model/report.js';
import { check } from '../../src/pipeline/check.js';
import { minimizeFindings } from '../../src/pipeline/tune/minimize-findings.js';
import { openProbeEngine, type ProbeEngine } from '../../src/pipeline/tune/probe-engine.js';
import type { World } from '../../src/pipeline/world.js';
import { modsecurityFieldNames } from '../../src/waf/modsecurity/field-names.js';
import { ruleFile } from '../waf/modsecurity/engine-fixture.js';

const talk = 'The talk of last night was about how to write UNION ALL SELECT in a query, and what it is good for.';
const page = '<p>Never paste this:</p>\\n<script src=\\"https://example.org/a.js\\">go()</script>\\n<p>Thanks.</p>';

const suite = `
suite: Places
defaults: { headers: { Host: app.example.com, User-Agent: Test, Accept: "*/*" } }
cases:
  - { id: form, path: /a, form: { title: All is Fine here, note: "${talk}", other: fine } }
  - { id: nested, path: /b, json: { id: 7, items: [ { note: fine }, { note: "${page}", by: ada } ] } }
  - { id: parts, path: /c, method: POST, multipart: [ { name: title, value: Fine }, { name: note, value: "${talk}" } ] }
  - { id: cookie, path: /d, cookies: { session: abc, prefs: "theme:dark union all select night" } }
  - { id: header, path: /e, headers: { User-Agent: "Browser 1.0 (a <script> bot) Engine/7" } }
  - { id: query, path: /f?page=2, query: { q: "how to write union all select", lang: en } }
  - { id: twice, path: /g, form: [ [tag, fine], [tag, "${talk}"], [tag, also fine] ] }
  - { id: file, path: /h, method: POST, multipart: [ { name: up, filename: "report.php", value: fine } ] }
  - { id: graphql, path: /i, headers: { Content-Type: application/graphql }, method: POST, body: "query { user(id: \\"1 union all select it\\") { name } }" }
  - { id: method, path: /j, method: PUT, form: { note: fine } }
  - { id: fine, path: /a, form: { note: a plain sentence } }
`;

const folder = mkdtempSync(join(tmpdir(), 'wafproof-minimize-test-'));
const warnings: string[] = [];
const progress = { stage() {}, start() {}, done() {}, warn: (text: string) => warnings.push(text), end() {} };
const world: World = { cwd: folder, env: {}, signal: new AbortController().signal, progress };
// A rule of the user's own that needs two fields.
const own = `SecRule ARGS:title "@contains Fine" "id:5001,phase:2,pass,log,msg:'own',severity:CRITICAL,chain"
  SecRule ARGS:note "@rx last\\s+night" "t:none"
`;
const engine = { rulesBefore: [ruleFile('own.conf', own)], rulesAfter: [], workers: 1, paranoia: 1 };

let checked: RunReport;
let minimized: RunReport;
let full: ProbeEngine;

beforeAll(async () => {
  writeFileSync(join(folder, 's.yaml'), suite);
  checked = await check({ suites: ['s.yaml'], select: { tags: [] }, engine, timeoutMs: 60_000 }, world);
  minimized = await minimizeFindings(checked, engine, world, modsecurityFieldNames);
  full = await openProbeEngine(engine);
});
afterAll(() => full.close());

function resultOf(id: string): CaseResult {
  const found = minimized.results.find((result) => result.id === `s/${id}`);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}

function minimalOf(id: string): Minimal {
  const { minimal } = resultOf(id);
  if (minimal === undefined) throw new Error(`case ${id} has no minimal`);
  return minimal;
}

describe('the smallest request of a false positive', () => {
  it.each([
    ['nested', 'ARGS:json.items.array_1.note', '<script'],
    ['parts', 'ARGS:note', 'UNION SELECT'],
    ['cookie', 'REQUEST_COOKIES:prefs', 'union select'],
    ['header', 'REQUEST_HEADERS:User-Agent', '<script'],
    ['query', 'ARGS:q', 'union select'],
    ['twice', 'ARGS:tag', 'UNION SELECT'],
    ['file', 'FILES:up', '.php'],
  ])('in a %s is %s with what matters of it', (id, variable, value) => {
    const minimal = minimalOf(id);
    expect(formatVariable(minimal.variable)).toBe(variable);
    expect(minimal.value).toBe(value);
    expect(minimal.probes).toBeLessThanOrEqual(15);
  });

  it('has nothing in it that does not matter', () => {
    expect(minimalOf('nested').request).toMatchObject({
      headers: [],
      body: { kind: 'json', value: { items: [null, { note: '<script' }] } },
    });
    expect(minimalOf('twice').request.body).toEqual({ kind: 'form', fields: [['tag', 'UNION SELECT']] });
  });

  it('still fires its rule on an engine with all rules', async () => {
    for (const { minimal } of [...minimized.results, ...minimized.findings]) {
      if (minimal === undefined) continue;
      const fired = (await full.hits(minimal.request)).map(
        ({ ruleId, variable }) => `${ruleId} ${formatVariable(variable)}`,
      );
      expect(fired).toContain(`${minimal.ruleId} ${formatVariable(minimal.variable)}`);
    }
  });

  it('knows where its value stands in the original one', () => {
    const { value, ranges, context } = minimalOf('parts');
    expect(ranges.map(([start, end]) => talk.slice(start, end)).join('')).toBe(value);
    expect(context?.filter(({ isTrigger }) => isTrigger).map(({ text }) => text)).toEqual(['UNION', 'SELECT']);
  });

  it('keeps a second field that the rule needs too', () => {
    const finding = minimized.findings.find(({ ruleId }) => ruleId === 5001);
    expect(finding?.minimal?.value).toBe('Fine');
    expect(finding?.minimal?.request.body).toEqual({
      kind: 'form',
      fields: [
        ['title', 'Fine'],
        ['note', talk],
      ],
    });
  });

  it('does not exist where the hit is about no value, and where nothing is blocked', () => {
    expect(resultOf('method').minimal).toBeUndefined();
    expect(resultOf('fine').minimal).toBeUndefined();
  });
});

describe('the smallest request of a finding', () => {
  it('is about its own rule and variable, with a case several times if it has several findings', () => {
    const nested = minimized.findings.filter(({ path }) => path === '/b');
    expect(new Set(nested.map(({ ruleId }) => ruleId))).toEqual(new Set([941100, 941110, 941160]));
    expect(nested.map(({ minimal }) => minimal?.ruleId)).toEqual(nested.map(({ ruleId }) => ruleId));
    expect(nested.find(({ ruleId }) => ruleId === 941110)?.minimal?.value).toBe('<script >');
  });

  it('is of the same text as that of a case', () => {
    const finding = minimized.findings.find(({ path }) => path === '/d');
    expect(finding?.minimal).toEqual(minimalOf('cookie'));
  });
});

describe('a report', () => {
  it('stays as it is beside that', () => {
    const plain = <T extends { minimal?: Minimal }>({ minimal: _minimal, ...rest }: T) => rest;
    expect(minimized.results.map(plain)).toEqual(checked.results);
    expect(minimized.findings.map(plain)).toEqual(checked.findings);
  });

  it('of another engine, which saw what this one does not, gets none', async () => {
    const [result] = checked.results.filter(({ id }) => id === 's/query');
    if (result === undefined) throw new Error('no case');
    const hits = result.hits.map((hit) => ({ ...hit, ruleId: 942200 }));
    const { results } = await minimizeFindings(
      { results: [{ ...result, hits }], findings: [] },
      engine,
      world,
      modsecurityFieldNames,
    );
    expect(results[0]?.minimal).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it('without false positives starts no engine', async () => {
    const results = checked.results.filter(({ id }) => id === 's/fine');
    const missing = { ...engine, library: '/nowhere' };
    expect(await minimizeFindings({ results, findings: [] }, missing, world, modsecurityFieldNames)).toEqual({
      results,
      findings: [],
    });
  });

  it('keeps what is done where the user wants an end', async () => {
    const stopped = { ...world, signal: AbortSignal.abort() };
    const { results } = await minimizeFindings(checked, engine, stopped, modsecurityFieldNames);
    expect(results).toEqual(checked.results);
  });
});
