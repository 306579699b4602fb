import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { packageRoot } from '../../src/util/package-root.js';
import { type Files, folderOf } from '../suite/suite-folder.js';

/** What the built command wrote, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

type Options = Pick<SpawnOptions, 'cwd' | 'env' | 'detached'>;

/** Starts the built command; it is gone when the test ends. */
export function start(words: readonly string[], options: Options = {}): Started {
  const command = join(packageRoot, 'dist/cli/main.js');
  const child = spawn(process.execPath, [command, ...words], { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  onTestFinished(() => void child.kill('SIGKILL'));
  const code = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const ended = Promise.all([code, text(child.stdout), text(child.stderr)]);
  return { process: child, ended: ended.then(([code, stdout, stderr]) => ({ code, stdout, stderr })) };
}

/** Runs the built command to its end, in a folder with these files. */
export async function wafproof(
  words: readonly string[],
  files: Files = {},
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  return start(words, { cwd: await folderOf(files), env: { ...process.env, ...env } }).ended;
}

/** The report that a command wrote into its output folder. */
export async function reportIn(folder: string): Promise<RunReport> {
  return JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'));
}

/** A suite of cases with these ids, each sent to its own path. */
export function suiteOf(...ids: readonly string[]): string {
  return `suite: S\ncases:\n${ids.map((id) => `  - { id: ${id}, path: /${id} }\n`).join('')}`;
}
