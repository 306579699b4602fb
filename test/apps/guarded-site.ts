import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { start } from '../e2e/command.js';

/** A lab before an application. */
export interface GuardedSite {
  /** By a name: an address in the place of one is a finding of its own. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The embedded engine before an application, which writes `audit.log` into a folder, until the test ends. */
export function guard(upstream: string, folder: string): Promise<GuardedSite> {
  return guardBy(['lab', '--port', '0', '--upstream', upstream, '--audit-log', join(folder, 'audit.log')], folder);
}

/** A lab by its command, which names its address first. */
export async function guardBy(words: readonly string[], cwd: string): Promise<GuardedSite> {
  const lab = start(words, { cwd });
  const { stdout } = lab.process;
  if (stdout === null) throw new Error('the lab has no output');
  for await (const line of createInterface({ input: stdout })) {
    const { port } = new URL(line.split(' ')[0] ?? '');
    return { url: `http://localhost:${port}`, stop: () => stopped(lab) };
  }
  throw new Error((await lab.ended).stderr);
}

async function stopped({ process, ended }: ReturnType<typeof start>): Promise<void> {
  process.kill('SIGINT');
  await ended;
}
