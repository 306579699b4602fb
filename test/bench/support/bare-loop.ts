import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BareRun, BareSetup } from './bare-loop-process.js';

/** Runs the bare loop once, in a process of its own that works in `folder`. */
export function runBareLoop(setup: BareSetup, folder: string): Promise<BareRun> {
  const child = fork(fileURLToPath(new URL('./bare-loop-process.js', import.meta.url)), {
    cwd: folder,
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (run: BareRun) => resolve(run));
    child.once('exit', (code) => reject(new Error(`the bare loop ended with code ${code}`)));
    child.send(setup);
  });
}
