import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { start } from '../e2e/command.js';

/** What a lab before an application is given beside where that is. */
export interface GuardOptions {
  readonly waf?: 'embedded' | 'nginx' | 'apache';
  /** More options of `wafproof lab`. */
  readonly more?: readonly string[];
}

export interface GuardedSite {
  /** By a name: an address in the place of one is a finding of its own. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A lab before an application, which writes `audit.log` into a folder, until the test ends. */
export async function guard(upstream: string, folder: string, options: GuardOptions = {}): Promise<GuardedSite> {
  const { waf = 'embedded', more = [] } = options;
  const log = ['--audit-log', join(folder, 'audit.log')];
  const lab = start(['lab', '--waf', waf, '--port', '0', '--upstream', upstream, ...log, ...more]);
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
