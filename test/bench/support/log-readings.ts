import { open, stat } from 'node:fs/promises';
import { createFileLogSource } from '../../../src/evidence/file-log-source.js';
import { readUnwrapped } from '../../../src/evidence/unwrap/read-unwrapped.js';
import { LineSplitter } from '../../../src/util/split-lines.js';
import { createLogReader } from '../../../src/waf/modsecurity/logs/log-reader.js';
import { runProgram } from './child.js';

/** One reading of a log. */
export interface Reading {
  readonly megabytesPerSecond: number;
  /** Of a second of CPU time, which other work on the machine does not lengthen. */
  readonly megabytesPerCpuSecond: number;
  /** What was found: lines, values, or transactions. */
  readonly found: number;
}

/** Reads a log as `run` does. */
export async function readLog(path: string, prefix: string): Promise<Reading> {
  const createReader = () => readUnwrapped(() => createLogReader({ prefix }));
  const source = await createFileLogSource({ path, createReader, from: 'start' });
  try {
    return await timedHere(path, async () => {
      let [found, last] = [0, ''];
      for await (const { transactionId = '' } of source.records()) {
        if (transactionId !== last) found++;
        last = transactionId;
      }
      return found;
    });
  } finally {
    await source.close();
  }
}

/** The least that a reader of JSON lines can do. */
export async function parseEveryLine(path: string): Promise<Reading> {
  const file = await open(path);
  const splitter = new LineSplitter(2 ** 24);
  const buffer = Buffer.allocUnsafeSlow(1024 * 1024);
  try {
    return await timedHere(path, async () => {
      let found = 0;
      for (let { bytesRead } = await file.read(buffer); bytesRead > 0; { bytesRead } = await file.read(buffer)) {
        splitter.each(buffer.subarray(0, bytesRead), (bytes, start, end) => {
          if (JSON.parse(bytes.toString('latin1', start, end)) !== null) found++;
        });
      }
      return found;
    });
  } finally {
    await file.close();
  }
}

/** Counts lines with `grep`, as bytes. The shell tells the CPU time of what it has run. */
export function grep(path: string, option: '-F' | '-E', pattern: string): Promise<Reading> {
  const script = 'LC_ALL=C grep -c "$1" -e "$2" "$3"; times';
  return timed(path, async () => {
    const { output } = await runProgram('bash', ['-c', script, 'bash', option, pattern, path]);
    const [count, , ofChildren = ''] = output.split('\n');
    return { found: Number(count), cpuSeconds: secondsIn(ofChildren) };
  });
}

/** `0m0.120000s 0m0.050000s`: in user mode and in system calls. */
function secondsIn(times: string): number {
  const parts = [...times.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

async function timedHere(path: string, count: () => Promise<number>): Promise<Reading> {
  return timed(path, async () => {
    const before = process.cpuUsage();
    const found = await count();
    const { user, system } = process.cpuUsage(before);
    return { found, cpuSeconds: (user + system) / 1e6 };
  });
}

async function timed(path: string, read: () => Promise<{ found: number; cpuSeconds: number }>): Promise<Reading> {
  const megabytes = (await stat(path)).size / 1e6;
  const began = performance.now();
  const { found, cpuSeconds } = await read();
  const seconds = (performance.now() - began) / 1000;
  return { found, megabytesPerSecond: megabytes / seconds, megabytesPerCpuSecond: megabytes / cpuSeconds };
}
