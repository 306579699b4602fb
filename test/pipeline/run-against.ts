import { join } from 'node:path';
import type { RunOptions } from '../../src/model/options.js';
import type { CaseResult, RunReport } from '../../src/model/report.js';
import type { TargetOptions } from '../../src/model/target-options.js';
import type { ResultStore } from '../../src/pipeline/result-store.js';
import { run, runInto } from '../../src/pipeline/run.js';
import type { World } from '../../src/pipeline/world.js';
import { folderOf } from '../suite/suite-folder.js';
import { watchedWorld } from './cases.js';

type Options = Partial<Omit<RunOptions, 'target'>> & {
  readonly target?: Partial<TargetOptions>;
  readonly env?: Record<string, string>;
  readonly world?: ReturnType<typeof watchedWorld>;
};

/** Runs `s.yaml`, given as text, against a server. */
export async function runAgainst(server: Server, suite: string, options: Options = {}): Promise<RunReport> {
  return run(...(await jobAgainst(server, suite, options)));
}

/** The same, with its results in a store. */
export async function runIntoAgainst(store: ResultStore, server: Server, suite: string, options: Options = {}) {
  return runInto(store, ...(await jobAgainst(server, suite, options)));
}

type Server = { readonly url: string; readonly log: string };

async function jobAgainst(
  { url, log }: Server,
  suite: string,
  { target, env = {}, world = watchedWorld(), ...options }: Options,
): Promise<[RunOptions, World]> {
  const cwd = await folderOf({ 's.yaml': suite });
  const place = {
    name: 'test',
    url,
    waf: { kind: 'modsecurity', log },
    connections: 4,
    timeoutMs: 10_000,
    logWaitMs: 300,
    attacks: true,
    insecure: false,
  };
  return [
    { suites: [join(cwd, 's.yaml')], select: { tags: [] }, ...options, target: { ...place, ...target } },
    { cwd, env, signal: world.signal, progress: world.progress },
  ];
}

/** A suite of GETs `/1`, `/2`, …, with ids `s/1`, `s/2`, …. */
export function suiteOfGets(count: number): string {
  const cases = Array.from({ length: count }, (_, i) => `  - { id: '${i + 1}', path: /${i + 1} }`);
  return `suite: S\ncases:\n${cases.join('\n')}\n`;
}

/** The same with POSTs. */
export function suiteOfPosts(count: number): string {
  return suiteOfGets(count).replaceAll('path:', 'method: POST, path:');
}

export function verdictsOf({ results }: RunReport): readonly string[] {
  return results.map(({ verdict }) => verdict.kind);
}

export function resultOf({ results }: RunReport, id: string): CaseResult {
  const found = results.find((result) => result.id === id);
  if (found === undefined) throw new Error(`no result of ${id}`);
  return found;
}
