import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import type { LabOptions } from '../../src/model/options.js';
import type { RunReport } from '../../src/model/report.js';
import type { TargetOptions } from '../../src/model/target-options.js';
import { check } from '../../src/pipeline/check.js';
import type { RunningLab } from '../../src/pipeline/lab.js';
import { run } from '../../src/pipeline/run.js';
import type { World } from '../../src/pipeline/world.js';
import { folderOf } from '../suite/suite-folder.js';
import { type LabWish, type ServerName, testFolder, testLab } from '../waf/modsecurity/lab/server-fixture.js';
import type { Comparison } from './comparison.js';
import { addRow } from './table.js';

export type LogFormat = NonNullable<LabOptions['logFormat']>;

export const logFormats: readonly LogFormat[] = ['json', 'native', 'concurrent', 'error'];

/** How many cases: enough to overlap in every way, or what `WAFPROOF_STRESS` says. */
export const stressSize = Number(process.env['WAFPROOF_STRESS'] ?? 1000);

/** 10,000 cases of a one-at-a-time run take minutes. */
export const stressTimeout = 120_000 + stressSize * 100;

const atOnce = 64;

export interface StressLab extends RunningLab {
  readonly log: string;
}

/** A lab on two workers whose log lies in a folder of its own. */
export async function stressLab(waf: ServerName, logFormat: LogFormat, wish: LabWish = {}): Promise<StressLab> {
  const folder = testFolder('wafproof-stress-');
  chmodSync(folder, 0o755);
  const log = wish.auditLog ?? join(folder, 'waf.log');
  const lab = await testLab(waf, { logFormat, ...wish, auditLog: log, engine: { workers: 2, ...wish.engine } });
  return { ...lab, log };
}

/** Writes the suite down; the path of its file. */
export async function suiteFile(suite: string): Promise<string> {
  return join(await folderOf({ 's.yaml': suite }), 's.yaml');
}

export type Watch = Partial<World['progress']>;

/** Replays a suite through a lab, 64 requests at once unless told otherwise. */
export function replay(
  { url, log }: Pick<StressLab, 'url' | 'log'>,
  suite: string,
  target: Partial<TargetOptions> = {},
  watch: Watch = {},
): Promise<RunReport> {
  const waf = { kind: 'modsecurity', log };
  const place = { name: 'lab', url, waf, host: 'localhost', connections: atOnce, timeoutMs: 30_000, logWaitMs: 5000 };
  const options = { ...place, attacks: true, insecure: false, ...target };
  return run({ suites: [suite], select, target: options }, { ...world, progress: { ...world.progress, ...watch } });
}

const references = new Map<string, Promise<RunReport>>();

/**
 * What a suite of some size comes to where nothing disturbs it: for version 3 as the embedded engine says, for version 2
 * as a server answers one request after the other.
 */
export function reference(waf: ServerName, size: number, suite: string): Promise<RunReport> {
  const key = `${waf} ${size}`;
  const known = references.get(key) ?? (waf === 'nginx' ? checked(suite) : oneAtATime(waf, suite));
  references.set(key, known);
  return known;
}

async function oneAtATime(waf: ServerName, suite: string): Promise<RunReport> {
  const lab = await stressLab(waf, 'json');
  const report = await replay(lab, suite, { connections: 1 });
  await lab.close();
  return report;
}

/** What the embedded engine says of a suite. */
function checked(suite: string): Promise<RunReport> {
  const engine = { rulesBefore: [], rulesAfter: [] };
  return check({ suites: [suite], select, engine, timeoutMs: 30_000 }, world);
}

const select = { tags: [] };

const world: World = {
  cwd: '/',
  env: {},
  signal: new AbortController().signal,
  progress: { stage() {}, start() {}, done() {}, warn() {}, end() {} },
};

/** Keeps the figures of a run for the table at the end. */
export function tell(run: string, { durationMs, results }: RunReport, found: Comparison, remark: string): void {
  const { exact, vague, lost, unanswered, wrong } = found;
  const perSecond = Math.round((results.length * 1000) / durationMs);
  const amiss = { vague: vague.length, lost: lost.length, unanswered: unanswered.length, wrong: wrong.length };
  addRow({ run, perSecond, exact, ...amiss, remark });
}
