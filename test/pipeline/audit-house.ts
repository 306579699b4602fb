import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineOptions } from '../../src/model/options.js';
import type { RunReport } from '../../src/model/report.js';
import type { AuditOptions } from '../../src/model/tune-options.js';
import { audit } from '../../src/pipeline/audit.js';
import { check } from '../../src/pipeline/check.js';
import type { World } from '../../src/pipeline/world.js';

/** Cases of which all but the last are refused, each for a reason of its own. */
const suite = `
suite: House
defaults: { headers: { Host: app.example.com } }
cases:
  - { id: note, path: /notes, form: { note: "1' or '1'='1" } }
  - { id: page, path: /pages, form: { html: "<script>alert(1)</script>" } }
  - { id: cookie, path: /prefs, method: POST, cookies: { prefs: "1' or '1'='1" } }
  - { id: fine, path: /notes, form: { note: a plain sentence } }
`;
export const files = ['exclusions-before.conf', 'exclusions-after.conf'];

export const folder = mkdtempSync(join(tmpdir(), 'wafproof-house-'));
export const warnings: string[] = [];
const progress = { stage() {}, start() {}, done() {}, warn: (text: string) => void warnings.push(text), end() {} };
export const world: World = { cwd: folder, env: {}, signal: new AbortController().signal, progress };
export const engine: EngineOptions = { rulesBefore: [], rulesAfter: [], workers: 1 };
export const options: AuditOptions = {
  reports: ['report.json'],
  audit: files,
  engine,
  attacks: ['attacks.txt'],
  dialects: [],
  engines: [],
  endpoints: [],
  servers: [],
  firstId: 10_000,
};

/** Puts suite, exclusion files and a report into the folder. */
export async function furnish(): Promise<void> {
  writeFileSync(join(folder, 's.yaml'), suite);
  writeFileSync(join(folder, 'attacks.txt'), "1' or 'x'='x\n<svg onload=alert(1)>\n../../../etc/passwd\n");
  for (const file of files) cpSync(join(import.meta.dirname, '../fixtures/audit', file), join(folder, file));
  writeFileSync(join(folder, 'report.json'), await checked('s.yaml'));
}

/** The report of a suite, as it is saved. */
export async function checked(name: string, engineOptions = engine): Promise<string> {
  const select = { tags: [] };
  return JSON.stringify(await check({ suites: [name], select, engine: engineOptions, timeoutMs: 60_000 }, world));
}

/** Audits other text under a name of its own. */
export function auditOf(text: string, more: Partial<AuditOptions> = {}): Promise<RunReport> {
  const name = `${mkdtempSync(join(folder, 'case-'))}/rules.conf`;
  writeFileSync(name, text);
  return audit({ ...options, audit: [name], ...more }, world);
}

export async function verdictsOf(text: string, more: Partial<AuditOptions> = {}) {
  const { audit: entries = [] } = await auditOf(text, more);
  return entries.map(({ verdict, reason }) => ({ verdict, reason }));
}

/** A report of other cases. */
export async function reportOf(...cases: readonly string[]): Promise<string> {
  const own = mkdtempSync(join(folder, 'case-'));
  const lines = cases.map((text, i) => `  - { id: c${i}, method: POST, ${text} }`);
  writeFileSync(join(own, 's.yaml'), `suite: Other\ncases:\n${lines.join('\n')}\n`);
  writeFileSync(join(own, 'report.json'), await checked(join(own, 's.yaml')));
  return join(own, 'report.json');
}

export const quoted = "\"1' or '1'='1\"";
