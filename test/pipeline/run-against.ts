import { join } from 'node:path';
import type { RunOptions } from '../../src/model/options.js';
import type { CaseResult, RunReport } from '../../src/model/report.js';
import type { TargetOptions } from '../../src/model/target-options.js';
import { run } from '../../src/pipeline/run.js';
import { folderOf } from '../suite/suite-folder.js';
import { watchedWorld } from './cases.js';

type Options = Partial<Omit<RunOptions, 'target'>> & {
  readonly target?: Partial<TargetOptions>;
  readonly env?: Record<string, string>;
  readonly world?: ReturnType<typeof watchedWorld>;
};

/** Runs `s.yaml`, given as text, against a server. */
export async function runAgainst(
  { url, log }: { readonly url: string; readonly log: string },
  suite: string,
  { target, env = {}, world = watchedWorld(), ...options }: Options = {},
): Promise<RunReport> {
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
  return run(
    { suites: [join(cwd, 's.yaml')], select: { tags: [] }, ...options, target: { ...place, ...target } },
    { cwd, env, signal: world.signal, progress: world.progress },
  );
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
