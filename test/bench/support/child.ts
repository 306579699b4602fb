import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ended {
  /** What it wrote to standard output. */
  readonly output: string;
  readonly seconds: number;
}

/** Runs a program to its end. Exit code 1 is no failure: `check` tells of false positives by it. */
export async function runProgram(program: string, parameters: readonly string[], cwd?: string): Promise<Ended> {
  const began = performance.now();
  const child = spawn(program, parameters, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code]: unknown[] = await once(child, 'close');
  if (code !== 0 && code !== 1) throw new Error(`${program} ${parameters.join(' ')} ended with ${code}`);
  return { output: Buffer.concat(chunks).toString(), seconds: (performance.now() - began) / 1000 };
}

/** Runs a program to its end, without its output, and tells the CPU seconds that it and all that it started have taken. */
export async function cpuSecondsOf(program: string, parameters: readonly string[], cwd?: string): Promise<number> {
  const { output } = await runProgram('sh', ['-c', '"$@" >/dev/null; times', 'sh', program, ...parameters], cwd);
  const [, ofChildren = ''] = output.trim().split('\n');
  const times = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)];
  return times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
