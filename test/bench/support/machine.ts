import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';

/** Whether fewer and shorter rounds will do: `npm run bench -- --quick`. */
export const isQuick = process.argv.includes('--quick');

/** The first line that a program prints about its version; nothing where it is not installed. */
export function versionOf(program: string, argument: string): string | undefined {
  try {
    const output = execFileSync('sh', ['-c', `${program} ${argument} 2>&1 || true`], { encoding: 'utf8' });
    return /\d+\.\d+(\.\d+)?/.exec(output)?.[0];
  } catch {
    return undefined;
  }
}

/** What the figures were measured on. */
export function describeMachine(): string {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const load = loadavg()[0]?.toFixed(1);
  return `${cpus().length} x ${cpu?.model.trim()}, ${memory}, load ${load}; Node ${process.version}`;
}
