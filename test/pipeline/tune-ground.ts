import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EngineOptions } from '../../src/model/options.js';
import type { RunReport } from '../../src/model/report.js';
import type { TuneSettings } from '../../src/model/tune-options.js';
import { check } from '../../src/pipeline/check.js';
import { type Tuned, tuneReport } from '../../src/pipeline/tune/tune.js';
import type { World } from '../../src/pipeline/world.js';

export const tuneSettings: TuneSettings = {
  attacks: ['attacks.txt'],
  dialects: [],
  engines: [],
  endpoints: [],
  servers: [],
  firstId: 10_000,
};

export const shapes = resolve('test/fixtures/tune/shapes.yaml');

const attacks = "1' or 'x'='x\n<svg onload=alert(1)>\n1 union select password from users\n; cat /etc/shadow\n";
const progress = { stage() {}, start() {}, done() {}, warn() {}, end() {} };

export interface TuneGround {
  readonly world: World;
  readonly engine: EngineOptions;
  /** What `check` says of a suite, given as a path or as YAML. */
  check(suite: string): Promise<RunReport>;
  tune(report: RunReport, settings?: Partial<TuneSettings>, rules?: Partial<EngineOptions>): Promise<Tuned>;
}

/** A folder of a test's own, with a few attacks, and an engine at a paranoia level. */
export function tuneGround(paranoia: number, signal: AbortSignal = new AbortController().signal): TuneGround {
  const folder = mkdtempSync(join(tmpdir(), 'wafproof-tune-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'attacks.txt'), attacks);
  const world: World = { cwd: folder, env: {}, signal, progress };
  const engine = { rulesBefore: [], rulesAfter: [], workers: 1, paranoia };
  return {
    world,
    engine,
    check(suite) {
      const path = suite.includes('\n') ? join(folder, 's.yaml') : suite;
      if (path !== suite) writeFileSync(path, suite);
      return check({ suites: [path], select: { tags: [] }, engine, timeoutMs: 60_000 }, world);
    },
    tune: (report, settings = {}, rules = {}) =>
      tuneReport(report, { ...tuneSettings, ...settings, engine: { ...engine, ...rules }, out: 'out' }, world),
  };
}
