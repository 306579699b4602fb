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
