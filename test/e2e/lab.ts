import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { RunReport } from '../../src/model/report.js';
import { start } from './command.js';

/** Starts a lab that writes its log into a folder; the address that it prints. */
export async function startLab(folder: string): Promise<{ readonly url: string; stop(): Promise<number | null> }> {
  const lab = start(['lab', '--port', '0', '--audit-log', join(folder, 'audit.log')]);
  const { stdout } = lab.process;
  if (stdout === null) throw new Error('the lab has no output');
  for await (const line of createInterface({ input: stdout })) {
    return { url: line.split(' ')[0] ?? '', stop: () => stopLab(lab) };
  }
  throw new Error((await lab.ended).stderr);
}

async function stopLab({ process, ended }: ReturnType<typeof start>): Promise<number | null> {
  process.kill('SIGINT');
  return (await ended).code;
}

export type Outcomes = ReadonlyMap<string, string>;

/** What a report says of its cases apart from when, how long and over which way they were sent. */
export function outcomes({ results }: RunReport): Outcomes {
  return new Map(
    results.map(({ id, verdict, score, hits }) => [id, JSON.stringify({ verdict, score, hits }, null, 1)]),
  );
}

/** Cases that came out otherwise, the first few of them in full: thousands of lines help nobody. */
export function differences(one: Outcomes, other: Outcomes): readonly string[] {
  const different = [...other].filter(([id, outcome]) => one.get(id) !== outcome);
  return different.map(([id, outcome], i) => (i < 3 ? `${id}\n${one.get(id)}\n${outcome}` : id));
}
