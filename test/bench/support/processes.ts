import { readdirSync, readFileSync } from 'node:fs';

/** The processes that this one has started and that still run. Linux only, like the rest of this file. */
export function childPids(): readonly number[] {
  const tasks = readdirSync('/proc/self/task');
  return tasks.flatMap((task) => numbers(readFileSync(`/proc/self/task/${task}/children`, 'utf8')));
}

function numbers(text: string): readonly number[] {
  return text.split(' ').filter(Boolean).map(Number);
}

/** CPU time that a process has used in all its threads, in microseconds. */
export function cpuMicros(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanos = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanos.reduce((sum, each) => sum + each, 0) / 1000;
}

/** Memory of a process that is in RAM, in bytes. */
export function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}
